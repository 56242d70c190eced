// DiskVfs: SQLite's door to a CrashDisk.
//
// What        Registers a VFS under a name of its own; a database opened through it has its file,
//             its log and its rollback journal on the disk. The log's index is memory of the
//             process, which a crash loses.
// Invariants  I1  one process, one connection: locks are granted and exclude nobody.
//             I2  as SQLite's own VFS for Unix does, the first sync of a new log or rollback
//                 journal makes the names in its folder durable; a database's own does not.
//             I3  says SQLITE_IOCAP_POWERSAFE_OVERWRITE only of a disk that is so.
// Errors      SQLITE_IOERR_*, SQLITE_FULL, from the disk's faults.
// Source      https://www.sqlite.org/vfs.html
#pragma once
#include <sqlite3.h>

#include "tests/storage/crash_disk.h"

namespace yizhan::storage {

class DiskVfs {
 public:
  // REQUIRES: the disk outlives this, and this the connections opened through it.
  // `root`: what stands before the disk's names in the paths that SQLite is given.
  DiskVfs(std::string name, CrashDisk& disk, std::string root = {});
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  const char* name() const { return name_.c_str(); }

 private:
  std::string name_;
  struct Impl;
  std::unique_ptr<Impl> door_;
  sqlite3_vfs vfs_;
};

}  // namespace yizhan::storage
