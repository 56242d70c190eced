// CrashDisk: files in memory that forget what was not synced, as a power cut makes a disk forget.
//
// What        Each file has what a program reads now, and what the platter holds; between the two
//             stand the writes and truncations since its last sync, in their order. Names are made,
//             moved and removed at once, and stand on the platter when their folder was synced.
//             after_crash() draws one of the states that a crash may leave.
// Invariants  I1  what was synced stands in every state, and so does a name whose folder was.
//             I2  an unsynced write is kept, dropped, torn at a sector's border or garbage, each by
//                 itself; a truncation is kept or dropped; of the names a prefix is kept.
//             I3  the state depends on the disk and the chance given to it alone.
// Units       Bytes; sectors of 512.
// Errors      As Fault says; a fault that fails an operation leaves the file as it was.
// Not here    SQLite's door to it: disk_vfs.h.
// Source      design.md section 10; Pillai et al. 2014, "All file systems are not created equal".
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crdt/base/bytes.h"
#include "tests/sim/prng.h"

namespace yizhan::storage {

constexpr std::size_t kSectorBytes = 512;

enum class Fault : std::uint8_t {
  WriteFails,  // EIO
  NoSpace,     // ENOSPC
  SyncFails,   // EIO; what was not synced is dropped from then on, as Linux does
  SyncLies,    // says done, and did nothing
  ReadFails,   // EIO
  ReadsShort,  // fewer bytes than there are
  ReadFlips    // one bit
};

enum class DiskError : std::uint8_t { None, Io, NoSpace };

struct FileChange {
  std::size_t at = 0;
  std::optional<Bytes> bytes;  // none: a truncation to `at`
};

struct DiskFile {
  Bytes now;
  Bytes durable;
  std::vector<FileChange> unsynced;
};
using FilePtr = std::shared_ptr<DiskFile>;

class CrashDisk {
 public:
  using Names = std::map<std::string, FilePtr>;

  FilePtr find(const std::string& name) const;  // null: there is none
  FilePtr make(const std::string& name);        // empty; in place of one that has the name
  void remove(const std::string& name);
  void sync_names();

  DiskError write(DiskFile& file, std::size_t at, ByteView bytes);
  DiskError truncate(DiskFile& file, std::size_t size);
  DiskError sync(DiskFile& file);
  // Copies at most out.size() bytes; `got` says how many.
  DiskError read(const DiskFile& file, std::size_t at, std::span<std::uint8_t> out,
                 std::size_t& got);

  // The fault strikes the operation of its kind that follows after `passed` others; once.
  void plant(Fault fault, std::uint64_t passed);
  bool struck() const { return struck_; }
  std::uint64_t steps() const { return steps_; }  // changes and syncs so far: where to crash

  CrashDisk after_crash(sim::Prng& chance) const;

 private:
  struct NameChange {
    std::string name;
    FilePtr file;  // null: removed
  };
  bool strikes(Fault fault);

  Names names_;
  Names durable_names_;
  std::vector<NameChange> unsynced_names_;
  std::optional<std::pair<Fault, std::uint64_t>> planted_;
  bool struck_ = false;
  std::uint64_t steps_ = 0;
};

}  // namespace yizhan::storage
