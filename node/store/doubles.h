// Doubles: do two machines run under one name?
//
// What        Compares the epochs of each node in the streams that are held here: one that was
//             still written in after another had begun is the work of a second machine. A machine
//             that is restored, replaced or put back and stands alone ends one before the next.
// Invariants  I1  the answer is a function of the log, so that it is the same after a restart, and
//                 wherever the same streams are held.
// Units       Wall time of the stamps; one that lies in the future was a wrong clock's,
//             and shows nothing.
// Errors      Those of reading the log.
// Source      design.md section 7 "Epochs"; sync-notes.md C8.
#pragma once
#include "node/store/sqlite_store.h"

namespace yizhan::node {

// What is older is settled, or nobody will settle it now.
constexpr std::int64_t kDoubleShownMs = std::int64_t{14} * 24 * 3600 * 1000;

struct Double {
  NodeId node;
  WallMs seen;  // the last stamp that shows it
  friend bool operator==(const Double&, const Double&) = default;
};
Result<std::vector<Double>> doubles(const SqliteStore& store, WallMs now);

}  // namespace yizhan::node
