// History: every change that any node ever committed, as one outside observer knows it.
//
// What        Per stream the committed changes with payload hash and head. A change enters when its
//             author commits it: by then nobody else can have it.
// Invariants  I1  a (stream, seq) never changes once it is in.
//             I2  references to changes stay valid for the history's life.
// Errors      none.
#pragma once
#include <deque>
#include <map>

#include "sync/store.h"

namespace yizhan::sim {

struct KnownChange {
  crdt::Change change;
  Hash32 payload{};  // of the expanded bytes
  Head head;
};
struct KnownStream {
  sync::Scope scope;
  NodeId author;
  std::deque<KnownChange> changes;  // seq 1 first
};

class History {
 public:
  void open(const sync::StreamRow& row);
  enum class Entry : std::uint8_t { New, Same, OtherPayload, Gap, Unreadable };
  Entry enter(StreamId stream, std::uint64_t seq, ByteView expanded);
  // The machine that held the rest alone has lost it: what nobody else was sent never was.
  void lose_after(StreamId stream, std::uint64_t last);
  const KnownStream* stream(StreamId id) const;
  const KnownChange* change(const crdt::ChangeId& id) const;
  const Head* head(StreamId id, std::uint64_t seq) const;  // null: not known
  const std::map<StreamId, KnownStream>& streams() const { return streams_; }
  std::uint64_t size() const { return size_; }

 private:
  std::map<StreamId, KnownStream> streams_;
  std::uint64_t size_ = 0;
};

Hash32 payload_hash(ByteView expanded);

}  // namespace yizhan::sim
