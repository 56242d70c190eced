// Journal: the second copy of every change this node commits, beside its database.
//
// What        Appends one record a change to files of 4 MB. The bytes reach the system before
//             anyone is told that the change is saved, and the disk within a second.
// Invariants  I1  stage() makes the room before the database commits: a full disk refuses the
//                 change, and never leaves one that is committed and not journaled.
//             I2  each file begins with how far every stream stood in the earlier ones, so that a
//                 start reads the newest only; after a clean stop, its closing record only.
//             I3  after an error nothing more is accepted: a sync that failed once is not repeated,
//                 for the system may have forgotten what it could not write.
// Units       Bytes, milliseconds.
// Errors      StorageFull, StorageIo.
// Not here    Reading: journal_scan.h. Completing and taking back: journal_repair.h.
// Source      design.md section 8; Rebello et al. 2020, "Can applications recover from fsync
//             failures?".
#pragma once
#include <memory>
#include <mutex>

#include "node/store/journal_scan.h"

namespace yizhan::node {

class Journal {
 public:
  // Goes on behind what `scan` found, in the newest file when it is whole, else in a new one.
  // `disk` outlives it.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& data,
                                               sync::Secret32 key, std::uint64_t nonce,
                                               const JournalScan& scan, Disk& disk = system_disk());
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Changes that it lacks and for which there is no room yet: they go before the next ones.
  void owe(std::vector<sync::JournalChange> changes) { owed_ = std::move(changes); }
  // Before the commit: encodes the changes and makes room for them.
  Result<void> stage(const std::vector<sync::JournalChange>& changes);
  // After it: writes what was staged.
  Result<void> append();
  // When the commit failed.
  void drop_staged() { staged_.clear(); }
  // Behind the last record; empty when there is no file yet.
  std::optional<JournalEnd> end() const;
  // Everything appended is on the disk.
  Result<void> sync();
  // Why nothing more is accepted; any thread.
  std::optional<Error> failure() const;

 private:
  Journal(std::filesystem::path data, sync::Secret32 key, std::uint64_t nonce, Disk& disk);
  void encode(const sync::JournalChange& change);
  Result<void> make_room(std::size_t bytes);
  Result<void> go_on();
  Result<void> begin_file();
  void close_file();
  Result<void> failed(const Error& error);

  std::filesystem::path data_;
  sync::Secret32 key_;
  std::uint64_t nonce_;
  Disk& disk_;
  std::uint64_t number_ = 0;
  std::map<StreamId, std::uint64_t> heads_;         // of what was appended
  std::map<StreamId, std::uint64_t> staged_heads_;  // of what is staged
  Bytes staged_;
  std::vector<sync::JournalChange> owed_;
  std::filesystem::path path_;             // of the file that is written
  std::size_t end_ = 0;                    // where the next record goes
  std::size_t room_ = 0;                   // allocated so far
  std::optional<JournalEnd> scanned_end_;  // until the first change

  mutable std::mutex mutex_;  // guards what follows
  std::shared_ptr<DiskFile> file_;
  std::optional<Error> error_;
  bool dirty_ = false;  // written since the last sync

  std::unique_ptr<Later> syncs_;
};

}  // namespace yizhan::node
