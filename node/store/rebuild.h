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

// REQUIRES: nothing is waiting for a commit. Gives the number of records.
Result<std::int64_t> rebuild(SqliteStore& store);

}  // namespace yizhan::node
