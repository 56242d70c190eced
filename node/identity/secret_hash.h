// Secret hash: what is kept of a secret, and of a one-time code.
//
// What        tag = BLAKE2b-256(key: node pepper, argon2id(secret, salt, cost)). A stolen database
//             without the pepper gives nothing to guess against. One-time codes have 80 random
//             bits, so a keyed BLAKE2b alone keeps them.
// Invariants  I1  the same secret, salt, cost and pepper give the same tag.
//             I2  comparisons take the same time whatever they compare.
// Units       memory_kib in KiB.
// Errors      Busy: there was no memory for the hash; this says nothing about the secret.
// Source      reliability.md D9; libsodium crypto_pwhash (RFC 9106).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "crdt/base/ids.h"
#include "crdt/base/result.h"

namespace yizhan::node {

struct HashCost {
  std::uint64_t ops = 3;
  std::uint64_t memory_kib = 64 * 1024;
  friend bool operator==(const HashCost&, const HashCost&) = default;
};

// The node's own key; kept beside the database, never in it, never replicated.
struct Pepper {
  Hash32 bytes{};
  Pepper() = default;
  explicit Pepper(const Hash32& key) : bytes(key) {}
  Pepper(const Pepper&) = default;
  Pepper& operator=(const Pepper&) = default;
  ~Pepper();
};

struct SecretHash {
  Id16 salt{};
  HashCost cost;
  Hash32 tag{};
  friend bool operator==(const SecretHash&, const SecretHash&) = default;
};

Result<SecretHash> hash_secret(std::string_view secret, const Id16& salt, const HashCost& cost,
                               const Pepper& pepper);

using CodeEntropy = std::array<std::uint8_t, 10>;
std::string make_code(const CodeEntropy& entropy);              // abcd-efgh-ijkl-mnop
Hash32 hash_code(std::string_view code, const Pepper& pepper);  // case and hyphens do not matter

bool same(const Hash32& a, const Hash32& b);  // I2
void wipe(std::string& secret);

}  // namespace yizhan::node
