#include "node/identity/secret_rules.h"

#include <algorithm>

namespace yizhan::node {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 123456, 654321, and over the end of the keypad: 890123.
bool is_run(std::string_view s) {
  auto steps_by = [&](int step) {
    for (std::size_t i = 1; i < s.size(); ++i) {
      if ((s[i - 1] - '0' + step + 10) % 10 != s[i] - '0') return false;
    }
    return true;
  };
  return steps_by(1) || steps_by(-1);
}

// 111111, 121212, 123123: one block said again and again.
bool is_repeat(std::string_view s) {
  for (std::size_t block = 1; block <= s.size() / 2; ++block) {
    if (s.size() % block == 0 && s.substr(block) == s.substr(0, s.size() - block)) return true;
  }
  return false;
}

std::size_t code_points(std::string_view s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

tl::unexpected<Error> refused(Errc code, const char* why) { return fail(code, why, "new_secret"); }

Result<void> check_pin(std::string_view pin) {
  if (pin.size() < kPinDigitsMin) return refused(Errc::BadFormat, "PIN has fewer than 6 digits");
  if (is_run(pin)) return refused(Errc::BadFormat, "PIN is a run of digits");
  if (is_repeat(pin)) return refused(Errc::BadFormat, "PIN repeats itself");
  return {};
}

}  // namespace

Result<void> check_new_secret(std::string_view secret, StaffRole role) {
  if (secret.size() > kSecretBytesMax) return refused(Errc::LimitExceeded, "secret is too long");
  const bool digits = std::all_of(secret.begin(), secret.end(), is_digit);
  if (digits && role == StaffRole::Clerk) return check_pin(secret);
  if (code_points(secret) < kPassphraseCharsMin) {
    return refused(Errc::BadFormat, "passphrase has fewer than 10 characters");
  }
  if (is_repeat(secret) || (digits && is_run(secret))) {
    return refused(Errc::BadFormat, "passphrase repeats itself or is a run of digits");
  }
  return {};
}

}  // namespace yizhan::node
