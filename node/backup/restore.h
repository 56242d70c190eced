// Restore: a node's backup becomes its data folder; replace: so on a machine that has none.
//
// What        Unpacks beside the data folder, verifies everything there, opens a new epoch, takes
//             over the journal and the guard of the old folder, brings the end of the journal back
//             into the database, and exchanges the two folders.
// Invariants  I1  killed at any moment, the data folder is the old one or the new one, whole; the
//                 same command again goes on from there.
//             I2  the old folder is never removed.
//             I3  the new one writes in an epoch that no folder of this node has had.
// Units       Wall and boot time.
// Errors      Busy (the node serves; or replace where there is a node), NotFound (restore where
//             there is none), Conflict (the backup of another node), those of backup_file.h and
//             unpack.h; storage errors. On error the data folder is as it was, unless the detail
//             says where the old one is.
// Source      design.md section 7 "Epochs"; sync-notes.md C8; ADR-0012.
#pragma once
#include "node/backup/backup_file.h"
#include "node/backup/staging.h"
#include "node/store/journal_repair.h"

namespace yizhan::node {

enum class RestoreStep : std::uint8_t {
  Settled,  // nothing of an earlier attempt is left
  Begun,    // there is a folder to fill
  Unpacked,
  Verified,
  TakenOver,
  Repaired,  // the end of the journal is in the database
  Swapped,   // the new folder is in place
  Kept       // the old one has its name
};

struct RestorePlan {
  std::filesystem::path file;
  std::filesystem::path data;
  bool replace = false;
};

struct Restored {
  BackupManifest manifest;
  sync::Epoch epoch;
  std::uint64_t taken_back = 0;  // changes since the backup, from the journal
  bool journal_left = false;     // the old journal does not belong to this backup
  VerifyReport report;
  std::optional<std::filesystem::path> old_folder;
};

Result<Restored> restore(const RestorePlan& plan, const sync::Secret32& secret,
                         sync::Entropy& entropy, RepairTime now,
                         const std::function<void(RestoreStep)>& on_step);

}  // namespace yizhan::node
