// Replica: what one node holds in memory of its own store, and the batch of one step.
//
// What        Tables of streams, members, scope keys, digests, receipts, cursors and
//             acknowledgements, loaded at start and kept equal to the store; `Batch` gathers what a
//             step changes and turns it into writes once.
// Invariants  I1  after flush() the tables equal the store with the step's writes applied.
//             I2  the digest of a scope has one term per stream with seq > 0 and one per keyring
//             row.
//             I3  nothing here grows with history.
// Units       See sync/store.h.
// Errors      Those of StoreView reads.
// Source      design.md sections 3, 5 and 7.
#pragma once
#include <map>
#include <set>

#include "sync/engine.h"

namespace yizhan::sync {

// The scope keys of one (scope, generation): the merged operation, and the secret where we read.
// `info` is made when the key is first asked for: opening a box costs more than loading a hundred.
struct KnownScopeKey {
  ScopeKeyOp op;
  mutable std::optional<ScopeKeyInfo> info;
};

class Replica {
 public:
  Replica(Identity identity, const StoreView& store, Entropy& entropy);

  const Certificate& self() const { return identity.certificate; }
  NodeId node() const { return self_node; }
  bool is_hub() const { return self().role == Role::Hub; }
  bool is_own_current(const StreamRow& row) const;
  bool is_own_current(StreamId id, const Scope& scope) const;
  // A segment of an own stream came from a peer: what it holds is no tail any more.
  void sealed_elsewhere(const SegmentHeader& header);
  const Certificate* member(NodeId node) const;
  const Certificate* member_by_curve(const Key32& curve) const;
  const StreamRow* stream(StreamId id) const;
  // This node's stream of its present epoch in a scope; null when it never wrote there.
  const StreamRow* own_stream(const Scope& scope) const;
  const KnownScopeKey* newest_key(const Scope& scope) const;
  const KnownScopeKey* scope_key(const Scope& scope, std::uint32_t generation) const;
  Result<Secret32> data_key(const KeyRow& row) const;
  ScopeDigest digest(const Scope& scope) const;
  crdt::Hlc receipt_stamp(const Scope& scope) const;
  std::vector<Scope> common_scopes(const Certificate& peer) const;
  Id16 folded_digest(const Certificate& peer) const;
  std::vector<VectorEntry> vector(const Scope& scope) const;
  // Highest seq of a stream that the parent is known to hold durably.
  std::uint64_t carried(StreamId stream) const;
  std::uint64_t received(const StreamRow& row) const;
  bool admitted(const Scope& scope, const crdt::ChangeId& id) const;
  // The head tag of an admitted change, recomputed from the stored segments when needed.
  std::optional<HeadTag> tag_at(StreamId stream, std::uint64_t seq) const;

  Identity identity;
  NodeId self_node;
  const StoreView& store;
  Entropy& entropy;
  crdt::HlcClock clock;
  bool clock_suspect = false;  // nobody has told this node the time
  std::uint64_t log_instance = 0;
  std::uint64_t arrivals = 0;
  std::map<StreamId, StreamRow> streams;
  std::map<Scope, ScopeDigest> digests;
  std::map<NodeId, Certificate> members;
  std::map<std::pair<Scope, std::uint32_t>, KnownScopeKey> scope_keys;
  std::map<Scope, Receipt> receipts;
  std::map<NodeId, Cursor> cursors;
  std::map<std::pair<NodeId, StreamId>, std::uint64_t> acks;
  // Own changes not yet in a segment, by stream: at most one segment's worth each.
  std::map<StreamId, std::vector<ChainedChange>> tails;
  std::map<StreamId, Head> sealed_heads;  // head after the last sealed change of an own stream

 private:
  void load_tails();
  const KnownScopeKey* opened(const KnownScopeKey& known) const;
  friend class Batch;
};

// What one step changes. Create, use, flush() once.
class Batch {
 public:
  Batch(Replica& replica, Effects& out);

  // Opens a stream row; REQUIRES: the id is new.
  void open_stream(const StreamRow& row);
  // Moves a stream's head; keeps the scope's digest in step.
  void advance(StreamId stream, std::uint64_t seq, const Head& head);
  void set_sealed(StreamId stream, std::uint64_t sealed);
  // Applies one admitted change (the stream's head must not yet include it).
  Result<void> apply(const StreamRow& row, const crdt::Change& change);
  void put_segment(SegmentRow row);     // numbers the arrival
  bool put_key_row(const KeyRow& row);  // false: already held, or too many for one key
  void put_certificate(const Certificate& certificate);
  void put_scope_key(const ScopeKeyOp& op);
  void put_receipt(const Receipt& receipt);
  void put_cursor(const Cursor& cursor);
  void put_ack(NodeId peer, StreamId stream, std::uint64_t seq);
  void put(Write write) { out_.writes.push_back(std::move(write)); }
  void notice(Notice notice) { out_.notices.push_back(std::move(notice)); }
  // Leaves this node's streams as they are: what it writes from now on stands in new ones.
  void open_epoch(LinkId link, NodeId peer, const Scope& scope);
  void flush();

  Effects& out() { return out_; }
  const std::set<Scope>& changed_scopes() const { return changed_scopes_; }
  bool members_changed() const { return members_changed_; }

 private:
  struct Touched {
    StatePtr before;
    std::shared_ptr<crdt::EntityState> after;
  };
  Result<crdt::EntityState*> touch(const Scope& scope, const crdt::Dot& dot);
  void apply_control(const StreamRow& row, const crdt::Change& change, std::size_t index,
                     const crdt::Opaque& op);
  void admit_certificate(const StreamRow& row, const crdt::Dot& dot, ByteView payload);
  void admit_scope_key(const StreamRow& row, const crdt::Dot& dot, ByteView payload);
  void dead_letter(const Scope& scope, const crdt::Dot& dot, std::string reason);

  Replica& replica_;
  Effects& out_;
  std::map<std::pair<Scope, crdt::Dot>, Touched> touched_;
  std::set<StreamId> changed_streams_;
  std::set<Scope> changed_scopes_;
  crdt::Hlc floor_before_;
  std::set<std::pair<crdt::Dot, Bytes>> new_keys_;
  bool members_changed_ = false;
};

}  // namespace yizhan::sync
