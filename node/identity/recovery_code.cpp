#include "node/identity/recovery_code.h"

#include <sodium.h>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroup = 4;
constexpr std::size_t kSeedLetters = 32;
constexpr std::size_t kCheckLetters = 4;
constexpr std::size_t kTextMax = 128;  // with whatever stands between the letters

std::uint32_t value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = kLetters.find(c);
  return at == std::string_view::npos ? UINT32_MAX : static_cast<std::uint32_t>(at);
}

bool is_between(char c) { return c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Five bits a letter, first letter first.
std::string letters_of(ByteView bytes, std::size_t count) {
  std::string letters;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t value = 0;
    for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit) {
      value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1U);
    }
    letters += kLetters[value];
  }
  return letters;
}

std::string check_letters(const RecoverySeed& seed) {
  return letters_of(hash32("yz.recovery.check", seed), kCheckLetters);
}

}  // namespace

std::string recovery_text(const RecoverySeed& seed) {
  const std::string letters = letters_of(seed, kSeedLetters) + check_letters(seed);
  std::string text;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != 0 && i % kGroup == 0) text += '-';
    text += letters[i];
  }
  return text;
}

Result<RecoverySeed> parse_recovery(std::string_view text) {
  if (text.size() > kTextMax) return fail(Errc::BadFormat, "is longer than a code", "code");
  RecoverySeed seed{};
  std::string check;
  std::size_t count = 0;
  for (const char c : text) {
    if (is_between(c)) continue;
    const std::uint32_t value = value_of(c);
    if (value == UINT32_MAX) {
      return fail(Errc::BadFormat, "has a character that no code has", "code");
    }
    if (count >= kSeedLetters) check += kLetters[value];
    for (std::size_t bit = 0; bit < 5 && count < kSeedLetters; ++bit) {
      const std::size_t at = count * 5 + bit;
      const std::uint32_t one = value >> (4 - bit) & 1U;
      seed[at / 8] = static_cast<std::uint8_t>(seed[at / 8] | one << (7 - at % 8));
    }
    ++count;
  }
  if (count != kSeedLetters + kCheckLetters) {
    return fail(Errc::BadFormat, "has not nine groups of four characters", "code");
  }
  if (check != check_letters(seed)) {
    return fail(Errc::BadFormat, "has a mistyped character", "code");
  }
  return seed;
}

sync::Secret32 recovery_secret(const RecoverySeed& seed) {
  return sync::Secret32(Hasher("yz.recovery", 32, seed).finish32());
}

Result<std::string> new_recovery(const NodeFiles& files, sync::Entropy& entropy) {
  RecoverySeed seed{};
  entropy.fill(seed);
  const auto saved = files.save_recovery(sync::x25519_public(recovery_secret(seed)));
  std::string code = recovery_text(seed);
  sodium_memzero(seed.data(), seed.size());
  if (!saved) return fail(saved);
  return code;
}

}  // namespace yizhan::node
