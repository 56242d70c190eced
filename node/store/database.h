// Database: the open file, its lock and its one writing connection.
//
// What        Locks the folder, opens or creates the file, checks that it is ours, sets the pragmas
//             that durability rests on, and checkpoints by itself after commits.
// Invariants  I1  one process, one writing connection, which alone checkpoints (ADR-0004).
//             I2  a file that is not ours is never written.
//             I3  a reading connection never writes and never checkpoints.
//             I4  what a stop left in the log is written to the file before anything else: an
//                 earlier sync may have failed, and the system forgets what it could not write.
//             I5  a damaged page is met as an error, or told by damaged_pages() (page_tags.h).
// Units       Pages of 4,096 bytes, unless a new file is given others.
// Errors      Busy with the holder's process id, StorageCorrupt, UnknownVersion, StorageIo.
// Source      design.md section 8; reliability.md F8; Rebello et al. 2020.
#pragma once
#include <filesystem>
#include <memory>

#include "crdt/base/result.h"
#include "node/store/disk.h"
#include "node/store/page_tags.h"

namespace SQLite {
class Database;
}

namespace yizhan::node {

class FolderLock {
 public:
  static Result<FolderLock> take(const std::filesystem::path& folder);
  // With others who only read, of a folder that nobody writes: nothing in it is changed.
  // NotFound: no node has ever been in it.
  static Result<FolderLock> share(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

// Throws SQLite::Exception on I/O errors; the caller maps them.
class Database {
 public:
  enum class Access : std::uint8_t {
    Read,   // one transaction from the opening to the end: what was committed then
    Still,  // the same of a file that nobody writes and that has no log: nothing is made beside it
    Write,  // the one writer
    Create  // the one writer, also of a new file
  };
  struct Pages {
    Damage damage = Damage::Refuse;
    int bytes = 4096;  // of a new file
  };
  Database(const std::filesystem::path& file, Access access, const Disk& disk, Pages pages);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  SQLite::Database& sql() { return *sql_; }
  void begin();
  void commit();    // then checkpoints when the log has grown
  void rollback();  // nothing happens when no transaction is open
  bool in_transaction() const { return open_; }
  // A write or sync failed: from then on nothing more is written, not even at the end.
  bool failed() const { return failed_; }
  // Of those that were read so far.
  const std::set<std::uint32_t>& damaged_pages() const { return tags_.damaged(); }

 private:
  Access access_;
  PageTags tags_;
  std::unique_ptr<SQLite::Database> sql_;
  void checkpoint(int mode);

  bool open_ = false;
  bool failed_ = false;
  int wal_pages_ = 0;
};

enum class FileKind : std::uint8_t {
  Unborn,  // does not exist, is empty, or a crash left it before its tables were made
  Ours
};

// Looks at a file without writing to it.
// Errors: StorageCorrupt (foreign or damaged), UnknownVersion (of a newer program).
Result<FileKind> look_at(const std::filesystem::path& file, const Disk& disk);

}  // namespace yizhan::node
