// Secret rules: what a person may choose as PIN or passphrase.
//
// What        Counter staff: a PIN of at least 6 digits that is no run and no repeat, or a
//             passphrase. Leads and the levels above: a passphrase of at least 10 characters. No
//             forced expiry, no composition rules.
// Units       Characters are Unicode code points.
// Errors      BadFormat, LimitExceeded, with field "new_secret"; the detail never holds the secret.
// Source      design.md section 13 (sign-in secret).
#pragma once
#include <string_view>

#include "crdt/base/result.h"
#include "node/app/service_types.h"

namespace yizhan::node {

constexpr std::size_t kPinDigitsMin = 6;
constexpr std::size_t kPassphraseCharsMin = 10;
constexpr std::size_t kSecretBytesMax = 512;  // 128 characters of four bytes

Result<void> check_new_secret(std::string_view secret, StaffRole role);

}  // namespace yizhan::node
