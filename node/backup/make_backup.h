// Make backup: one encrypted file of all that a node is, but for its journal.
//
// What        A copy of the database as a snapshot sees it, who the node is, its keys, and the
//             policy files that lie in its folder; for this node, those above it and the recovery
//             code to open.
// Invariants  I1  the file appears whole and durable, or not at all.
//             I2  whoever writes to the database meanwhile is not held up, nor left without room.
// Units       Bytes, wall time.
// Errors      Busy (stopped on the way), StorageFull, StorageIo, StorageCorrupt; those of
//             node/identity/node_files.h.
// Not here    Which backups are kept: backup_shelf.h.
// Source      design.md section 7 "Epochs"; ADR-0012.
#pragma once
#include "node/backup/backup_shelf.h"
#include "node/identity/node_files.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

struct BackupPlan {
  std::filesystem::path data;
  std::filesystem::path shelf;
  std::size_t keep = 7;
  std::vector<std::filesystem::path> policies;  // those that lie in `data` are backed up
  std::string program;                          // version
};

struct BackupMade {
  std::filesystem::path file;
  WallMs taken_at;
  std::uint64_t bytes = 0;
  std::size_t removed = 0;  // older ones that made room
};

Result<BackupMade> make_backup(const SqliteStore& snapshot, const BackupPlan& plan,
                               sync::Entropy& entropy, WallMs now,
                               const std::function<bool()>& go_on);

}  // namespace yizhan::node
