// Backup shelf: the folder of a node's backups.
//
// What        Names files, lists them newest first, remembers which were verified, and removes the
//             oldest.
// Invariants  I1  only files of the same node are removed, and never the newest that was verified.
//             I2  a mark counts only for the very file that was verified.
//             I3  what a kill left half written is removed before the next backup is made.
// Units       Bytes, wall time.
// Errors      NotFound, StorageFull, StorageIo (field "backup.dir").
// Source      design.md section 9; ux.md section 8.
#pragma once
#include <optional>

#include "node/backup/backup_head.h"

namespace yizhan::node {

enum class BackupState : std::uint8_t {
  Unverified,
  Verified,
  Bad,        // a verify found something
  Unreadable  // no backup, or its head is damaged
};

struct BackupRow {
  std::filesystem::path file;
  std::uint64_t bytes = 0;
  NodeId node;  // this and the next two: unless Unreadable
  std::string name;
  WallMs taken_at;
  BackupState state = BackupState::Unverified;
  std::optional<WallMs> verified_at;
};

class BackupShelf {
 public:
  static constexpr const char* kEnding = ".yzb";
  static constexpr const char* kPart = ".part";

  explicit BackupShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<void> make();  // the folder, and no remains in it
  std::filesystem::path name_for(NodeId node, WallMs taken_at) const;
  Result<std::vector<BackupRow>> rows() const;  // newest first, unreadable ones last
  // Of the backups of this node that are not of the future: the newest, when one was last found
  // good, and whether the newest of all was found bad.
  struct Sight {
    std::optional<WallMs> made_at;
    std::optional<WallMs> verified_at;
    std::string bad_file;
  };
  Sight sight(NodeId node, WallMs now) const;
  std::size_t keep_newest(NodeId node, std::size_t keep) const;  // how many were removed

 private:
  std::filesystem::path folder_;
};

// The row of one file, wherever it lies.
BackupRow look_at_backup(const std::filesystem::path& file);
// Beside the file, for `look_at_backup`.
Result<void> mark_verified(const std::filesystem::path& file, const BackupHead& head, bool good,
                           WallMs now);

}  // namespace yizhan::node
