// SQLite store: everything a node holds, in one file with one writer.
//
// What        Segments as received, the tail, entity states, thin projections, keyring, cursors and
//             acknowledgements; one user action is one transaction. Implements what the engine
//             reads and writes (sync/store.h).
// Invariants  I1  exactly one connection writes and checkpoints (the WAL-reset bug needs two:
//                 ADR-0004); an exclusive lock keeps other processes out.
//             I2  after commit() returned, everything applied survives a power cut (WAL, FULL).
//             I3  after a failed commit() or a rollback() nothing applied since the last commit is
//                 left, in the file or in memory.
//             I4  a read that met a damaged row is remembered: the next apply() or commit() fails.
//                 What stands on a page whose tag does not fit is read only by a store that was
//                 opened to tell of damage (page_tags.h), and nobody is answered from it.
//             I5  with a journal attached, commit() succeeded only after the changes of this node
//                 stand in it too.
//             I6  after a write or sync of database or journal failed, nothing more is accepted:
//                 only another start can tell what stands (failure()).
// Units       Bytes.
// Errors      Busy (another process), NotFound (no database here), StorageCorrupt (foreign or
//             damaged file), UnknownVersion (newer), StorageFull, StorageIo.
// Not here    Local numbers: numbering.h. Recomputing everything: verify.h.
// Source      design.md section 8; storage-notes.md.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "node/store/guard.h"
#include "node/store/page_tags.h"
#include "sync/store.h"

namespace SQLite {
class Database;
}

namespace yizhan::node {

class Journal;
class FeedbackTables;
class QueueTables;

// A place in the newest journal file.
struct JournalEnd {
  std::filesystem::path path;
  std::size_t at = 0;
};

struct StoreOptions {
  std::filesystem::path folder;
  bool create = false;
  Disk* disk = &system_disk();  // outlives the store
  Damage damage = Damage::Refuse;
  int page_bytes = 4096;  // of a database that is created
};

class SqliteStore final : public sync::StoreView {
 public:
  // `entropy` names a database that is created: its nonce and its log instance, 8 bytes each.
  static Result<std::unique_ptr<SqliteStore>> open(const StoreOptions& options,
                                                   sync::Entropy& entropy);
  // Of a folder in which no node runs, to look at: nothing is written, made or repaired, and
  // damaged pages are told. Busy
  // (field "process", its id in the detail); Unsupported: the last stop left a log that the next
  // start reads.
  static Result<std::unique_ptr<SqliteStore>> look_into(const std::filesystem::path& folder);
  ~SqliteStore() override;

  // Applies writes at once inside the open transaction (begun when there is none).
  Result<void> apply(const std::vector<sync::Write>& writes);
  Result<void> commit();
  void rollback();
  bool dirty() const;
  // What the disk refused, with field "disk"; the process has to end. Whether the changes of a
  // commit that failed with it stand, the next start finds out.
  std::optional<Error> failure() const;

  // A store of its own over what is committed now, for a long read on another thread: it stays as
  // it is while this one goes on, cannot be written to, and ends before this one.
  // REQUIRES: nothing is waiting for a commit.
  Result<std::unique_ptr<SqliteStore>> snapshot(Damage damage = Damage::Refuse) const;
  // How far the journal reaches that belongs to a snapshot; empty: all of it.
  const std::optional<JournalEnd>& journal_end() const;

  // From now on the changes of this node itself go to the journal as well.
  void attach(std::unique_ptr<Journal> journal);
  // A new log instance, in the open transaction: what peers knew of this log no longer holds.
  Result<void> renew_log_instance(sync::Entropy& entropy);
  // Names a start, durably, so that a later look at the database tells whether it is of the last
  // one; another epoch than that of the last start makes a new log instance.
  // `guarded`: the run that the guard names; it stays known until a guard names this one.
  Result<std::uint64_t> begin_run(const sync::Epoch& epoch, sync::Entropy& entropy,
                                  std::optional<std::uint64_t> guarded = std::nullopt);
  bool knows_run(std::uint64_t run) const;  // the last start, or the one before it

  std::uint64_t database_nonce() const;
  Disk& disk() const;
  const std::filesystem::path& folder() const;
  std::filesystem::path file() const;

  std::uint64_t log_instance() const override;
  std::uint64_t arrivals() const override;
  crdt::Hlc hlc_floor() const override;
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

  // What the use cases read, as of everything applied.
  struct DayRow {
    crdt::Dot dot;
    std::int64_t window = 0;
    crdt::LifeState state = 0;
  };
  Result<std::vector<DayRow>> day(const sync::Scope& scope, std::int64_t date) const;
  Result<std::vector<crdt::Dot>> roster(const sync::Scope& scope) const;
  std::optional<sync::IdempotencyRow> idempotency(std::uint64_t key) const;
  // The hand-written forms whose range, issued on `day`, holds `counter`.
  Result<std::vector<crdt::Dot>> all_paper_forms(const sync::Scope& scope) const;
  Result<std::optional<crdt::Dot>> paper_forms(const sync::Scope& scope, std::int64_t day,
                                               std::int64_t counter) const;
  Result<std::int64_t> printed_highest(const sync::Scope& scope, std::int64_t day,
                                       std::int64_t mark) const;
  const QueueTables& queue() const;
  const FeedbackTables& feedback() const;
  // Every entity of a scope in dot order, for state roots.
  // REQUIRES: nothing is waiting for a commit.
  Result<void> for_each_entity(
      const sync::Scope& scope,
      const std::function<void(const crdt::Dot&, const crdt::EntityState&)>& visit) const;
  struct Counts {
    std::int64_t segments = 0;
    std::int64_t entities = 0;
    std::int64_t key_rows = 0;
    std::int64_t dead_letters = 0;
    std::int64_t bytes = 0;
  };
  Counts counts() const;

  // Idempotency rows are kept for 7 days. Removes older ones, some at a time, in the open
  // transaction.
  Result<void> forget_requests(WallMs now);

  // What a read that gives no error met since the last commit: its answer may lack something.
  std::optional<Error> met_damage() const;
  std::optional<Error> take_damage();  // and forgets it. REQUIRES: nothing waits for a commit
  // Pages whose tag does not fit, of those that were read so far.
  const std::set<std::uint32_t>& damaged_pages() const;

  // Writes of tables that the engine does not know, in the open transaction.
  Result<void> in_transaction(const std::function<void(SQLite::Database&)>& write);
  // For verify.h, which looks at rows that the reads above leave out.
  SQLite::Database& sql() const;

 private:
  struct Impl;
  explicit SqliteStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::node
