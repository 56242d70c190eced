// Epoch check: at a start, is this database the one that this node last wrote?
//
// What        Compares database, guard and identity, after the journal was repaired into the
//             database. Where the database was put back to an earlier day, is another one, cannot
//             be shown to be the last, or lies in a folder that was copied, the node leaves its
//             streams as they are and opens a new epoch: it writes at once, in new streams, and
//             what the old ones lack comes back from whoever holds it.
// Invariants  I1  no place in a stream is written twice, whatever was put back.
//             I2  it never refuses to start: an epoch too many costs a few bytes, a refusal the
//                 day.
//             I3  on success the guard on the disk names the epoch, and the log of the database
//                 belongs to it.
// Units       none.
// Errors      Those of store, guard and `keep_epoch`.
// Source      design.md section 7 "Epochs", "Boot"; sync-notes.md C8.
#pragma once
#include "node/store/guard.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

enum class EpochReason : std::uint8_t {
  None,           // the database is the last one: go on
  Restored,       // the identity opens an epoch that the guard does not know: restore, replace
  GuardMissing,   // there are own changes and no readable guard
  OtherDatabase,  // the guard belongs to another one
  EarlierRun,     // the database is of an earlier start than the guard
  Behind,         // the database lacks changes that were committed
  Copied,         // all of the folder is of one day, but not where it was written
  OtherEpoch      // the identity is older than the guard
};
const char* words(EpochReason reason);  // for the log
const char* name(EpochReason reason);   // other_database

struct EpochChecked {
  EpochReason reason = EpochReason::None;
  sync::Epoch epoch;          // in which to write
  std::uint64_t lacking = 0;  // changes of this node that are known to have been, and are not here
};

// `epoch`: of the identity. `keep_epoch` makes another one durable.
Result<EpochChecked> check_epoch(SqliteStore& store, Guard& guard, NodeId node,
                                 const sync::Epoch& epoch, sync::Entropy& entropy,
                                 const std::function<Result<void>(const sync::Epoch&)>& keep_epoch);

}  // namespace yizhan::node
