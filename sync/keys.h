// Keys of a node and the few operations on them.
//
// What        Ed25519 for seals, X25519 for the CURVE link, X25519 for boxes. Secrets are wiped
//             when they go out of scope and cannot be copied by accident.
// Invariants  I1  node id = BLAKE2b-128 of the Ed25519 public key.
//             I2  a signing key never signs with another key's public half.
// Units       Bytes.
// Errors      BadSignature, BadFormat.
// Source      design.md section 4; libsodium.
#pragma once
#include <span>

#include "crdt/base/ids.h"
#include "crdt/base/result.h"

namespace yizhan::sync {

using Key32 = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// Where randomness comes from: the operating system in production, a seed in the simulator.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// 32 secret bytes, wiped on destruction.
class Secret32 {
 public:
  Secret32() = default;
  explicit Secret32(const Key32& bytes) : bytes_(bytes) {}
  ~Secret32();
  Secret32(const Secret32&) = delete;
  Secret32& operator=(const Secret32&) = delete;
  Secret32(Secret32&& other) noexcept;
  Secret32& operator=(Secret32&& other) noexcept;
  Secret32 clone() const { return Secret32(bytes_); }
  ByteView view() const { return bytes_; }
  const Key32& bytes() const { return bytes_; }

 private:
  Key32 bytes_{};
};

// An Ed25519 key as its seed. The public half is derived once: deriving it for every signature
// would make a signature twice as dear.
class SignKey {
 public:
  SignKey() = default;  // no key: assign one before use
  explicit SignKey(Secret32 seed);
  const Secret32& seed() const { return seed_; }
  const Key32& public_key() const { return public_; }
  Signature sign(ByteView message) const;

 private:
  Secret32 seed_;
  Key32 public_{};
};
bool verify(const Key32& public_key, ByteView message, const Signature& signature);

Key32 x25519_public(const Secret32& secret);
// False for the few public keys under which everyone shares one secret (points of small order).
bool usable_x25519(const Key32& key);

struct NodeSecrets {
  SignKey sign;
  Secret32 curve;
  Secret32 box;
};
NodeSecrets make_node_secrets(Entropy& entropy);
NodeId node_id(const Key32& sign_public);
NetworkId network_id(const Key32& root_public);

// Anonymous box to an X25519 public key (crypto_box_seal's construction, with the ephemeral key
// derived from `entropy` so that the simulator stays deterministic). An unusable key gives an
// empty box, which nobody opens: keys come from peers, and must neither stop us nor leak.
Bytes seal_box(const Key32& to, ByteView plain, Entropy& entropy);
Result<Bytes> open_box(const Secret32& secret, ByteView box);

}  // namespace yizhan::sync
