// Keyring: data keys of persons, wrapped for those who may read; personal fields encrypted with
// them.
//
// What        Each person's fields are one AEAD per change under a per-person data key. The data
//             keys live in rows of their own, wrapped under the scope key: writers without read
//             wrap as a sealed box to its public half, readers under a key derived from its secret
//             half.
// Invariants  I1  nonce = BLAKE2b-192(data key, change ‖ blob ‖ salt): clones at one dot share
//                 none.
//             I2  a ciphertext opens only at the change and blob number it was made for.
//             I3  a wrapped key opens only at the dot, scope and generation it was made for.
//             I4  no plaintext key or field leaves this module but through open_personal.
// Units       Bytes.
// Errors      BadFormat, LimitExceeded; BadSignature when an AEAD or box does not open.
// Source      design.md section 4; libsodium XChaCha20-Poly1305-IETF.
#pragma once
#include <optional>
#include <vector>

#include "crdt/change.h"
#include "sync/keys.h"
#include "sync/limits.h"
#include "sync/scope.h"

namespace yizhan::sync {

struct KeyRow {
  crdt::Dot key;  // change and blob number (as op) that first used the data key
  Scope scope;
  std::uint32_t generation = 1;  // of the scope key
  Bytes wrapped;                 // mode byte, then the wrapping
  friend auto operator<=>(const KeyRow&, const KeyRow&) = default;
};
Bytes encode(const KeyRow& row);
Result<KeyRow> decode_key_row(ByteView bytes);

// One generation of a scope's key as a node knows it; `secret` only where it may read.
struct ScopeKeyInfo {
  Scope scope;
  std::uint32_t generation = 1;
  Key32 public_key{};
  std::optional<Secret32> secret;
};

// SCOPE.key operation in the issuer's auth scope: the public half, and the secret half boxed to
// each node that may read.
struct ScopeKeyOp {
  Scope scope;
  std::uint32_t generation = 1;
  Key32 public_key{};
  std::vector<std::pair<NodeId, Bytes>> boxes;  // sorted by node
  friend bool operator==(const ScopeKeyOp&, const ScopeKeyOp&) = default;
};
Bytes encode(const ScopeKeyOp& op);
Result<ScopeKeyOp> decode_scope_key(ByteView payload);

// An unusable public half (sync/keys.h) gives a row that nobody opens.
Bytes wrap_data_key(const Secret32& data_key, const crdt::Dot& key, const ScopeKeyInfo& scope_key,
                    Entropy& entropy);
Result<Secret32> unwrap_data_key(const KeyRow& row, const ScopeKeyInfo& scope_key);

// LimitExceeded unless the fields of one person fit one blob (and there is one at least);
// BadFormat unless they are UTF-8.
Result<void> personal_fits(const std::vector<std::string>& fields);
// REQUIRES: personal_fits(fields).
crdt::SealedBlob seal_personal(const Secret32& data_key, const crdt::Dot& key,
                               const crdt::ChangeId& at, std::uint8_t blob_number,
                               const std::vector<std::string>& fields,
                               const std::array<std::uint8_t, 8>& salt);
Result<std::vector<std::string>> open_personal(const Secret32& data_key,
                                               const crdt::SealedBlob& blob,
                                               const crdt::ChangeId& at, std::uint8_t blob_number);

}  // namespace yizhan::sync
