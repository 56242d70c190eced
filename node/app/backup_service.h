// BackupService: a backup of this node, made while it serves.
//
// What        One method; as in node/app/service.h, whose invariants hold here too.
// Units       Bytes, wall time.
// Errors      Busy (one is being made, or the node stops), StorageFull, StorageIo, StorageCorrupt.
#pragma once
#include <string>

#include "node/app/service.h"

namespace yizhan::node {

struct BackupDone {
  std::string file;
  std::int64_t bytes = 0;
  WallMs taken_at;
  std::int64_t removed = 0;  // older ones that made room
};

class BackupService {
 public:
  virtual ~BackupService() = default;
  virtual void back_up(Done<BackupDone> done) = 0;
};

}  // namespace yizhan::node
