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
#include "sync/membership.h"
#include "sync/rederive.h"

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
  crdt::Hlc issue_stamp(WallMs now);
  const Certificate* member(NodeId node) const;
  bool revoked(NodeId node) const { return standing.revoked.contains(node); }
  // Whether this node lives in another epoch than its first since so short a time that what it has
  // forgotten may not have come back.
  bool reopened(WallMs now) const;
  // How far a stream counts; none: as far as it goes. All of it is cut where no certificate of its
  // author stands.
  std::optional<Cut> cut(const StreamRow& row) const;
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
  // The same of the hub, by a receipt of the log that it keeps now: what it said of a former one is
  // void, for it was put back, or rebuilt, since.
  std::uint64_t received(const StreamRow& row) const;
  bool admitted(const Scope& scope, const crdt::ChangeId& id) const;
  // The head tag of a stored change, recomputed from the segments when needed. Also of one that is
  // cut off by now: what was written before that may refer to it.
  std::optional<HeadTag> tag_at(StreamId stream, std::uint64_t seq) const;

  Identity identity;
  NodeId self_node;
  const StoreView& store;
  Entropy& entropy;
  crdt::HlcClock clock;
  bool clock_suspect = false;   // nobody has told this node the time
  bool clock_attested = false;  // it is the city's time
  std::uint64_t log_instance = 0;
  std::uint64_t arrivals = 0;
  std::map<StreamId, StreamRow> streams;
  std::map<Scope, ScopeDigest> digests;
  Membership membership;
  Standing standing;  // what it gives
  std::map<ScopeKeyId, KnownScopeKey> scope_keys;
  std::map<Scope, Receipt> receipts;
  crdt::Hlc receipts_until;   // of all of them, the newest stamp
  std::uint64_t hub_log = 0;  // and the log of that one
  std::map<NodeId, Cursor> cursors;
  std::map<std::pair<NodeId, StreamId>, std::uint64_t> acks;
  std::set<NodeId> compared;  // who has said since this start all that it had to say
  // Own changes not yet in a segment: at most one segment's worth a stream, none of what is cut
  // off. Read from the store when first asked for, so that no start waits for it.
  std::vector<ChainedChange>& tail(StreamId id) const;
  void forget_tail(StreamId id) { tails_[id].clear(); }
  std::map<StreamId, Head> sealed_heads;  // head after the last sealed change of an own stream

 private:
  void load_members();
  void load_sealed_heads();
  std::vector<ChainedChange> read_tail(const StreamRow& row) const;
  void keep(Receipt receipt);
  void adopt(Standing now);  // and what scope keys it gives
  const KnownScopeKey* opened(const KnownScopeKey& known) const;
  friend class Batch;

  mutable std::map<StreamId, std::vector<ChainedChange>> tails_;
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
  void put_receipt(const Receipt& receipt);
  void put_cursor(const Cursor& cursor);
  void put_ack(NodeId peer, StreamId stream, std::uint64_t seq);  // at least so much
  void set_ack(NodeId peer, StreamId stream, std::uint64_t seq);  // so much and no more
  void void_acks(NodeId peer);                                    // it may have lost all of it
  void put(Write write) { out_.writes.push_back(std::move(write)); }
  void notice(Notice notice) { out_.notices.push_back(std::move(notice)); }
  // Leaves this node's streams as they are: what it writes from now on stands in new ones.
  void open_epoch(LinkId link, NodeId peer, const Scope& scope);
  // What membership is now, and how far every stream counts by it; flush() does it at the latest.
  void settle();
  void flush();

  Effects& out() { return out_; }
  const std::set<Scope>& changed_scopes() const { return changed_scopes_; }
  bool members_changed() const { return members_changed_; }

 private:
  struct Touched {
    bool loaded = false;
    StatePtr before;
    std::shared_ptr<crdt::EntityState> after;  // null: nothing is left of it
  };
  Result<crdt::EntityState*> touch(const Scope& scope, const crdt::Dot& dot);
  void apply_control(const StreamRow& row, const crdt::Change& change, std::size_t index,
                     const crdt::Opaque& op);
  void admit_authority(const StreamRow& row, const crdt::Dot& dot, const crdt::Opaque& op);
  bool created_past_a_cut(const crdt::Dot& entity) const;
  Result<void> settle_members();
  void put_standing(const Standing& before);
  void restamp(const StampRanges& ranges);
  Result<void> restamp(const StreamRow& row, const crdt::Change& change);
  Result<void> settle_streams(bool auth);
  Result<void> retract(StreamRow& row, const Cut& cut, Undone& undone);
  Result<void> readmit(StreamRow& row, const std::optional<Cut>& cut);
  Result<void> replay(const Scope& scope, Undone& undone);
  void move(StreamRow& row, std::uint64_t seq, const Head& head);
  void count_keys(const StreamRow& row, std::uint64_t from, std::uint64_t to, bool counted);
  void dead_letter(const Scope& scope, const crdt::Dot& dot, std::string reason);

  Replica& replica_;
  Effects& out_;
  std::map<std::pair<Scope, crdt::Dot>, Touched> touched_;
  std::set<StreamId> changed_streams_;
  std::set<Scope> changed_scopes_;
  crdt::Hlc floor_before_;
  std::set<std::pair<crdt::Dot, Bytes>> new_keys_;
  std::set<StreamId> written_;      // what it holds of them is not in the store yet
  std::set<NodeId> certified_;      // by an operation of this step
  bool authority_changed_ = false;  // to be settled
  bool members_changed_ = false;
};

}  // namespace yizhan::sync
