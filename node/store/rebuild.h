// Rebuild: record states and lists anew from the stored segments.
//
// What        Replays the changes of every scope and replaces `ent`, `day`, `roster`, `printed` and
//             `paper_form`
//             in one transaction. Segments, keys and everything else stay as they are.
// Invariants  I1  on error the file is as it was.
//             I2  after it, verify finds nothing wrong with states and lists.
// Units       Records.
// Errors      StorageCorrupt (a segment does not open), StorageIo, StorageFull.
// Source      design.md section 8 ("rebuild runs as a migration").
#pragma once
#include "node/store/sqlite_store.h"

namespace yizhan::node {

// Of a store that was opened to tell of damage, before anything is written: a rebuild mends
// damaged pages of the tables that it replaces. StorageCorrupt: one of another table, or of a tree;
// a backup brings it back, and journal and peers what came since.
Result<void> may_rebuild(const SqliteStore& store);

// REQUIRES: nothing is waiting for a commit. Gives the number of records.
Result<std::int64_t> rebuild(SqliteStore& store);

}  // namespace yizhan::node
