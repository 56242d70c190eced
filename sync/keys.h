// Keys of a node and the few operations on them.
//
// What        Ed25519 for seals, X25519 for the CURVE link, X25519 for boxes. Secrets are wiped
// when
//             they go out of scope and cannot be copied by accident.
// Invariants  node id = BLAKE2b-128 of the Ed25519 public key.
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

struct SignKey {  // seed form; the public half is derived
  Secret32 seed;
  Key32 public_key() const;
  Signature sign(ByteView message) const;
};
bool verify(const Key32& public_key, ByteView message, const Signature& signature);

Key32 x25519_public(const Secret32& secret);

struct NodeSecrets {
  SignKey sign;
  Secret32 curve;
  Secret32 box;
};
NodeSecrets make_node_secrets(Entropy& entropy);
NodeId node_id(const Key32& sign_public);
NetworkId network_id(const Key32& root_public);

// Anonymous box to an X25519 public key (crypto_box_seal's construction, with the ephemeral key
// derived from `entropy` so that the simulator stays deterministic).
Bytes seal_box(const Key32& to, ByteView plain, Entropy& entropy);
Result<Bytes> open_box(const Secret32& secret, ByteView box);

}  // namespace yizhan::sync
