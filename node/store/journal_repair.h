// Journal repair: at a start, database and journal are made to hold the same changes.
//
// What        A database behind its journal (a write-ahead log that lost its end) takes the changes
//             back; a journal behind its database (the last second before a power cut, a damaged
//             file) is completed from it.
// Invariants  I1  a change is taken back only where it extends the chain that the database holds.
//             I2  after a change was taken back the log has a new instance: what arrived from
//                 others may be missing as well, and peers compare everything anew.
//             I3  on success the store has its journal attached.
// Units       none.
// Errors      StorageCorrupt (field "journal"): it belongs to another database, or holds another
//             history than it; those of the store.
// Source      design.md sections 7 "Boot" and 8.
#pragma once
#include "node/store/journal_scan.h"
#include "node/store/sqlite_store.h"
#include "node/store/verify_journal.h"
#include "sync/engine.h"

namespace yizhan::node {

struct JournalRepair {
  std::uint64_t taken_back = 0;  // changes that the database had lost
  std::uint64_t completed = 0;   // changes that the journal lacked
  std::uint64_t damaged = 0;     // places in journal files that were no whole record
};

struct RepairTime {
  WallMs wall;
  MonoMs mono;
};

// `make_identity` gives this node's, for an engine that takes changes back. Newest reads what a
// start needs; Every also heals older files.
Result<JournalRepair> open_with_journal(SqliteStore& store, JournalOwner owner,
                                        const std::function<sync::Identity()>& make_identity,
                                        sync::Entropy& entropy, RepairTime now, ScanDepth depth);

}  // namespace yizhan::node
