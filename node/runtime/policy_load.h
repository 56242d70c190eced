// Policy load: the policy and calendar that the configuration names.
//
// Errors      NotFound (a named file cannot be read), and those of node/policy/policy_file.h; every
//             field begins with "policy.".
#pragma once
#include "node/policy/policy.h"
#include "node/runtime/config.h"

namespace yizhan::node {

Result<Policy> load_policy(const Config& config);

}  // namespace yizhan::node
