// DiskVfs: SQLite's door to a CrashDisk.
//
// What        Registers a VFS under a name of its own; a database opened through it has its file,
//             its log and its rollback journal on the disk. The log's index is memory of the
//             process, which a crash loses.
// Invariants  I1  one process, one connection: locks are granted and exclude nobody.
//             I2  a file that SQLite makes is found again after a crash once it was synced, as
//                 SQLite's own VFS for Unix sees to by a sync of the folder.
// Errors      SQLITE_IOERR_*, SQLITE_FULL, from the disk's faults.
// Source      https://www.sqlite.org/vfs.html
#pragma once
#include <sqlite3.h>

#include "tests/storage/crash_disk.h"

namespace yizhan::storage {

class DiskVfs {
 public:
  // REQUIRES: the disk outlives this, and this the connections opened through it.
  DiskVfs(std::string name, CrashDisk& disk);
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  const char* name() const { return name_.c_str(); }

 private:
  std::string name_;
  sqlite3_vfs vfs_;
};

}  // namespace yizhan::storage
