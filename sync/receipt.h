// Receipt: a hub-signed statement of what it holds durably in one scope.
//
// What        The full version vector of the scope with head tags, the hub's log instance, and the
//             number of machines that hold the copy. Relayed down unchanged; the rung 市级已收 is
//             derived from it and from nothing else.
// Invariants  I1  a receipt is made only over committed data.
//             I2  of two receipts of one scope the one with the greater stamp counts.
// Units       seq.
// Errors      BadFormat, LimitExceeded, BadSignature.
// Source      design.md sections 2 and 7.
#pragma once
#include <vector>

#include "crdt/hlc.h"
#include "sync/keys.h"
#include "sync/limits.h"
#include "sync/stream.h"

namespace yizhan::sync {

struct VectorEntry {
  StreamId stream;
  std::uint64_t seq = 0;
  HeadTag tag{};
  friend auto operator<=>(const VectorEntry&, const VectorEntry&) = default;
};

struct Receipt {
  NodeId hub;
  std::uint64_t log_instance = 0;
  Scope scope;
  crdt::Hlc issued;
  std::uint8_t machines = 1;
  std::vector<VectorEntry> entries;  // sorted by stream
  Signature signature{};
  friend bool operator==(const Receipt&, const Receipt&) = default;
  std::uint64_t seq(StreamId stream) const;  // 0: not covered
};

Bytes encode(const Receipt& receipt);
Result<Receipt> decode_receipt(ByteView bytes);
void sign(Receipt& receipt, const SignKey& hub_key);
Result<void> verify_receipt(const Receipt& receipt, const Key32& hub_key);

}  // namespace yizhan::sync
