// Contact: a person's name and phone as they are kept, and as they may be shown.
//
// What        Validators, and the masks for lists that several people can see.
// Invariants  I1  a name keeps every character of its owner; only the separators that look like ·
//                 become U+00B7, and spaces around are dropped.
//             I2  no error holds the value.
// Units       Code points.
// Errors      BadFormat or LimitExceeded, field "name" or "phone".
// Source      domain.md 9.6 (phones), 9.7 (names), section 5 `privacy.mask`.
#pragma once
#include <string>
#include <string_view>

#include "crdt/base/result.h"

namespace yizhan::node {

constexpr std::size_t kNameCharsMax = 64;

Result<std::string> parse_person_name(std::string_view name);
// A mobile as 11 digits, a fixed line as digits with its extension after a hyphen, or 12345.
Result<std::string> parse_phone(std::string_view phone);

std::string mask_name(std::string_view name);    // 张*, 欧**
std::string mask_phone(std::string_view phone);  // 138****5678
std::string phone_tail(std::string_view phone);  // last four digits

}  // namespace yizhan::node
