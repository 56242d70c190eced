// Database copy: everything a snapshot sees, as one file.
//
// What        SQLite's online backup, in steps of 1 MiB, from a snapshot's own connection: whoever
//             writes meanwhile is not held up, and the copy is of one moment.
// Invariants  I1  the copy is a whole database without a log beside it.
// Units       Bytes.
// Errors      StorageIo, StorageFull, StorageCorrupt; Busy: `go_on` said no. What was written
//             so far is the caller's to remove.
// Source      sqlite.org/backup.html; reliability.md D2.
#pragma once
#include "node/store/sqlite_store.h"

namespace yizhan::node {

// `go_on` is asked after each step.
Result<void> copy_database(const SqliteStore& snapshot, const std::filesystem::path& to,
                           const std::function<bool()>& go_on);

}  // namespace yizhan::node
