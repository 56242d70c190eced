// Backup hours: when the node makes a backup by itself.
//
// What        In the night; soon after a start when the last is older than a day, for machines that
//             are switched off in the evening; in the day only when none was made for a day and a
//             half.
// Invariants  I1  an attempt that failed is repeated after an hour, not sooner.
//             I2  a clock that steps back makes none.
// Units       WallMs, minutes.
// Errors      none.
// Source      design.md section 9; ux.md ST-10.
#pragma once
#include <optional>

#include "crdt/base/time.h"

namespace yizhan::node {

struct BackupHours {
  std::optional<WallMs> last;    // that succeeded
  std::optional<WallMs> failed;  // since then
  int minutes = 0;               // that the node has served
};

bool is_backup_due(const BackupHours& hours, WallMs now);

}  // namespace yizhan::node
