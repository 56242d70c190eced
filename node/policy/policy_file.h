// Policy file: from the text of a policy to its value.
//
// What        A strict reader of TOML: every key is needed, no other is known, every value has
//             limits. node/policy/data/policy.toml shows all keys.
// Errors      BadFormat with the key as field and the line in the detail; LimitExceeded.
// Not here    Signatures: a policy is trusted as the file that the operator named.
// Source      domain.md section 5.
#pragma once
#include <string_view>

#include "node/policy/policy.h"

namespace yizhan::node {

constexpr std::size_t kPolicyBytesMax = 64 * 1024;

// Without a calendar.
Result<Policy> parse_policy(std::string_view toml);
// The policy that is built in, with every built-in calendar.
const Policy& default_policy();
// Closures of the station stand in the policy; days of `calendar` replace the built-in ones.
Result<Policy> make_policy(std::string_view toml, std::string_view calendar);

}  // namespace yizhan::node
