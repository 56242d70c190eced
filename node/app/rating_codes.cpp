#include "node/app/rating_codes.h"

#include "crdt/base/hash.h"
#include "node/app/record_id.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
constexpr std::size_t kHalf = 6;  // letters of one 64-bit number: no letter is favoured by 2^-34

Id16 derived(const RatingKey& key, std::string_view domain, const crdt::Dot& visit) {
  return Hasher(domain, 16, key.bytes).add(record_bytes(visit)).finish16();
}

std::uint64_t number_at(ByteView bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8U | bytes[at + i];
  return number;
}

}  // namespace

RatingKey rating_key(const Hash32& secret) {
  return {Hasher("yizhan rating key", 32, secret).finish32()};
}

std::string invitation_of(const RatingKey& key, const crdt::Dot& visit) {
  return to_hex(derived(key, "yizhan invitation", visit));
}

std::string rating_code(const RatingKey& key, const crdt::Dot& visit) {
  const Id16 bytes = derived(key, "yizhan rating code", visit);
  std::string code;
  for (const std::size_t at : {std::size_t{0}, std::size_t{8}}) {
    std::uint64_t number = number_at(bytes, at);
    for (std::size_t i = 0; i < kHalf; ++i, number /= kLetters.size()) {
      code += kLetters[static_cast<std::size_t>(number % kLetters.size())];
    }
  }
  return code;
}

Id16 rating_token(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (plain.starts_with("YZ1:")) plain.erase(0, 4);
  return hash16("yizhan rating token", view(plain));
}

std::int64_t token_number(ByteView token) {
  if (token.size() < 8) return 0;
  return static_cast<std::int64_t>(number_at(token, 0) >> 1U);
}

}  // namespace yizhan::node
