// Stream: the ordered changes of one node epoch in one scope, as a hash chain.
//
// What        Names, first heads and the chain step; EPOCH_OPEN, by which every receiver recomputes
//             a stream's id before it admits the first change.
// Invariants  I1  stream_id depends on a random nonce: a restore or clone cannot reuse a stream.
//             I2  the chain hashes the expanded change, so it does not depend on where segments
//             begin.
// Units       seq from 1.
// Errors      BadFormat; WrongStream when an id is not its author's.
// Source      design.md section 5; sync-notes.md C1, C2.
#pragma once
#include "crdt/change.h"
#include "sync/scope.h"

namespace yizhan::sync {

using HeadTag = std::array<std::uint8_t, 8>;  // first bytes of a head

struct Epoch {
  std::uint32_t counter = 1;
  std::array<std::uint8_t, 8> nonce{};
  friend auto operator<=>(const Epoch&, const Epoch&) = default;
};

struct EpochOpen {
  NetworkId network;
  NodeId node;
  Epoch epoch;
  Scope scope;
  friend bool operator==(const EpochOpen&, const EpochOpen&) = default;
};

StreamId stream_id(const EpochOpen& open);
Head first_head(StreamId stream);
Head next_head(const Head& previous, std::uint64_t seq, ByteView expanded);
HeadTag head_tag(const Head& head);

Bytes encode(const EpochOpen& open);
Result<EpochOpen> decode_epoch_open(ByteView payload);
// The EPOCH_OPEN of a stream's first change; WrongStream unless it yields the stream's own id.
Result<EpochOpen> epoch_open_of(const crdt::Change& first);

}  // namespace yizhan::sync
