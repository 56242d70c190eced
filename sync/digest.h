// Log digest of a scope: one term a stream and one a keyring row, updated in place.
//
// What        Sum modulo 2^256 of BLAKE2b-256 over (stream, last admitted seq, head) and over
//             keyring rows; equal sums mean, but for a hash collision, equal logs.
// Invariants  I1  order of updates does not matter; remove(add(x)) is the identity.
// Units       Bytes.
// Errors      none.
// Source      design.md section 5; sync-notes.md C5. A hint in HELLO; `verify` recomputes it.
#pragma once
#include "sync/keyring.h"
#include "sync/stream.h"

namespace yizhan::sync {

struct ScopeDigest {
  Hash32 sum{};
  std::uint64_t terms = 0;
  friend bool operator==(const ScopeDigest&, const ScopeDigest&) = default;

  void add(const Hash32& term);
  void remove(const Hash32& term);
  Id16 folded() const;  // what the wire carries
};

Hash32 stream_term(StreamId stream, std::uint64_t seq, const Head& head);
Hash32 key_term(const KeyRow& row);

}  // namespace yizhan::sync
