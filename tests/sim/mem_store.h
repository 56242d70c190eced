// MemStore: the store of a simulated node, with a disk that forgets what was not committed.
//
// What        Two images of the same tables: `live` has every applied write, `durable` every
//             committed one. A commit replays the pending writes on the durable image; a crash
//             puts the durable image in the place of the live one.
// Invariants  I1  durable() never holds a part of what a commit holds.
//             I2  the semantics of each write are those of sync/store.h.
// Units       See sync/store.h.
// Errors      none: this disk is never damaged.
#pragma once
#include <map>
#include <set>

#include "sync/store.h"

namespace yizhan::sim {

// The tables, as one state of the disk.
class Image final : public sync::StoreView {
 public:
  explicit Image(std::uint64_t log_instance) : log_instance_(log_instance) {}
  void apply(const sync::Write& write);
  void renew(std::uint64_t log_instance) { log_instance_ = log_instance; }

  std::uint64_t log_instance() const override { return log_instance_; }
  std::uint64_t arrivals() const override { return arrivals_; }
  crdt::Hlc hlc_floor() const override { return hlc_floor_; }
  std::vector<sync::StreamRow> streams() const override;
  std::vector<sync::Certificate> certificates() const override;
  std::vector<sync::Revocation> revocations() const override;
  std::vector<sync::ScopeKeyOp> scope_keys() const override;
  std::vector<std::pair<sync::Scope, sync::ScopeDigest>> digests() const override;
  std::vector<sync::Receipt> receipts() const override;
  std::vector<sync::Cursor> cursors() const override;
  std::vector<sync::PeerAck> acks() const override;
  std::vector<sync::Ahead> ahead() const override;
  Result<sync::StatePtr> entity(const sync::Scope& scope, const crdt::Dot& dot) const override;
  Result<std::vector<sync::SegmentRow>> segments(StreamId stream, std::uint64_t from,
                                                 std::size_t bytes_max) const override;
  Result<std::vector<sync::TailRow>> tail(StreamId stream, std::uint64_t from) const override;
  std::vector<sync::KeyRow> key_rows(StreamId stream, std::uint64_t from,
                                     std::uint64_t to) const override;
  std::vector<sync::KeyRow> rows_of_key(const crdt::Dot& key) const override;
  std::vector<Arrived> arrived_after(std::uint64_t arrival) const override;
  std::vector<sync::SegmentRow> covers_after(std::uint64_t arrival,
                                             std::size_t most) const override;

  // What the oracles and the clerks look at.
  struct SegmentKey {
    StreamId stream;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend auto operator<=>(const SegmentKey&, const SegmentKey&) = default;
  };
  using EntityKey = std::pair<sync::Scope, crdt::Dot>;
  const std::map<SegmentKey, sync::SegmentRow>& all_segments() const { return segments_; }
  const std::map<EntityKey, sync::StatePtr>& all_entities() const { return entities_; }
  const std::set<sync::KeyRow>& all_key_rows() const { return key_rows_; }
  const sync::StreamRow* stream(StreamId id) const;
  const sync::IdempotencyRow* idempotency(std::uint64_t key) const;
  std::uint64_t dead_letters() const { return dead_letters_; }

 private:
  void put(const sync::PutStream& write) { streams_[write.row.id] = write.row; }
  void put(const sync::PutTail& write);
  void put(const sync::PutSegment& write);
  void put(const sync::PutEntity& write);
  void put(const sync::PutKeyRow& write) { key_rows_.insert(write.row); }
  void put(const sync::PutCertificate& write);
  void put(const sync::PutScopeKey& write);
  void put(const sync::PutRevocation& write);
  void put(const sync::DropCertificate& write) { certificates_.erase(write.node); }
  void put(const sync::DropRevocation& write) { revocations_.erase(write.node); }
  void put(const sync::DropScopeKey& write) { scope_keys_.erase({write.scope, write.generation}); }
  void put(const sync::PutDigest& write) { digests_[write.scope] = write.digest; }
  void put(const sync::PutReceipt& write) { receipts_[write.receipt.scope] = write.receipt; }
  void put(const sync::PutCursor& write) { cursors_[write.cursor.peer] = write.cursor; }
  void put(const sync::PutAck& write) { acks_[{write.ack.peer, write.ack.stream}] = write.ack; }
  void put(const sync::PutAhead& write) { ahead_[write.row.stream] = write.row; }
  void put(const sync::DropAhead& write) { ahead_.erase(write.stream); }
  void put(const sync::PutIdempotency& write) { idempotency_[write.row.key] = write.row; }
  void put(const sync::PutHlcFloor& write) { hlc_floor_ = write.floor; }
  void put(const sync::PutDeferred&) {}
  void put(const sync::PutDeadLetter&) { ++dead_letters_; }
  void put(const sync::PutTask&) {}
  void put(const sync::JournalChange&) {}

  std::uint64_t log_instance_;
  std::uint64_t arrivals_ = 0;
  std::uint64_t dead_letters_ = 0;
  crdt::Hlc hlc_floor_;
  std::map<StreamId, sync::StreamRow> streams_;
  std::map<std::pair<StreamId, std::uint64_t>, Bytes> tail_;
  std::map<SegmentKey, sync::SegmentRow> segments_;
  std::map<EntityKey, sync::StatePtr> entities_;
  std::set<sync::KeyRow> key_rows_;  // by key first
  std::map<NodeId, sync::Certificate> certificates_;
  std::map<NodeId, sync::Revocation> revocations_;
  std::map<std::pair<sync::Scope, std::uint32_t>, sync::ScopeKeyOp> scope_keys_;
  std::map<sync::Scope, sync::ScopeDigest> digests_;
  std::map<sync::Scope, sync::Receipt> receipts_;
  std::map<NodeId, sync::Cursor> cursors_;
  std::map<std::pair<NodeId, StreamId>, sync::PeerAck> acks_;
  std::map<StreamId, sync::Ahead> ahead_;
  std::map<std::uint64_t, sync::IdempotencyRow> idempotency_;
};

class MemStore {
 public:
  explicit MemStore(std::uint64_t log_instance) : live_(log_instance), durable_(log_instance) {}
  void apply(std::vector<sync::Write> writes);
  bool dirty() const { return !pending_.empty(); }
  std::vector<sync::Write> commit();  // what became durable, in order
  void crash();
  const Image& live() const { return live_; }
  const Image& durable() const { return durable_; }
  Image fork() const { return durable_; }  // a backup, or the disk of a clone
  void put_back(const Image& earlier) { live_ = durable_ = earlier; }
  void renew(std::uint64_t log_instance);

 private:
  Image live_;
  Image durable_;
  std::vector<sync::Write> pending_;
};

}  // namespace yizhan::sim
