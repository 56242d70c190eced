#include "node/identity/secret_hash.h"

#include <sodium.h>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"

namespace yizhan::node {

Pepper::~Pepper() { sodium_memzero(bytes.data(), bytes.size()); }

Result<SecretHash> hash_secret(std::string_view secret, const Id16& salt, const HashCost& cost,
                               const Pepper& pepper) {
  static_assert(crypto_pwhash_SALTBYTES == std::tuple_size_v<Id16>);
  Hash32 raw{};
  const int failed =
      crypto_pwhash(raw.data(), raw.size(), secret.data(), secret.size(), salt.data(), cost.ops,
                    cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return fail(Errc::Busy, "no memory for the hash of a secret");
  SecretHash hash{.salt = salt, .cost = cost, .tag = {}};
  hash.tag = Hasher("yizhan secret", 32, pepper.bytes).add(raw).finish32();
  sodium_memzero(raw.data(), raw.size());
  return hash;
}

std::string make_code(const CodeEntropy& entropy) {
  const std::string letters = to_base32(entropy);
  YZ_CHECK(letters.size() == 16);
  std::string code;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != 0 && i % 4 == 0) code += '-';
    code += letters[i];
  }
  return code;
}

Hash32 hash_code(std::string_view code, const Pepper& pepper) {
  std::string letters;
  for (char c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != '-') letters += c;
  }
  return Hasher("yizhan one-time code", 32, pepper.bytes).add(view(letters)).finish32();
}

bool same(const Hash32& a, const Hash32& b) {
  return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace yizhan::node
