// CrashDisk: files in memory that forget what was not synced, as a power cut makes a disk forget.
//
// What        Each file has what a program reads now, and what the platter holds; between the two
//             stand the writes and cuts since its last sync. Names are made, moved and removed at
//             once, and stand on the platter when their folder was synced. after_crash() draws one
//             of the states that a crash may leave.
// Invariants  I1  what was synced stands in every state, and so does a name whose folder was.
//             I2  each sector that was written and not synced holds, by itself, what it held after
//                 any number of those writes, or garbage; so writes are kept, dropped, torn and
//                 reordered. A file's size is one of those that it had since; of the changes of
//                 names a prefix is kept.
//             I3  the state depends on the disk and the chance given to it alone.
//             I4  a fault that struck goes on striking until mend(): a disk that gave an error
//                 gives it again. One that fails an operation leaves the file as it was.
// Units       Bytes; sectors of 512 or 4,096.
// Errors      As Fault says.
// Not here    The doors of SQLite and of the store to it: disk_vfs.h, crash_files.h.
// Source      design.md section 10; Pillai et al. 2014, "All file systems are not created equal".
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/prng.h"
#include "tests/storage/blocks.h"

namespace yizhan::storage {

enum class Fault : std::uint8_t {
  WriteFails,  // EIO
  NoSpace,     // ENOSPC
  SyncFails,   // EIO; what was not synced is dropped from then on, as Linux does
  SyncLies,    // says done, and did nothing
  ReadFails,   // EIO
  ReadsShort,  // fewer bytes than there are
  BitFlips     // one bit of what is read, on the platter
};

enum class DiskError : std::uint8_t { None, Io, NoSpace };

struct PlannedFault {
  Fault fault = Fault::WriteFails;
  std::string files;         // whose names contain this
  std::uint64_t passed = 0;  // so many operations of the kind are well yet
  std::string name{};        // by which struck() knows it
};

struct FileChange {
  std::size_t at = 0;
  std::optional<Bytes> bytes;  // none: a cut, or growth by zeros, to `at`
};

struct DiskFile {
  Blocks now;
  Blocks durable;
  std::vector<FileChange> unsynced;
  bool folder = false;
  std::uint64_t number = 0;  // by which a file is itself, whatever its name
};
using FilePtr = std::shared_ptr<DiskFile>;

struct DiskTraits {
  std::size_t sector_bytes = 512;
  // A sector that is torn loses no byte beside those that were being written.
  bool powersafe = true;
};

class CrashDisk {
 public:
  explicit CrashDisk(DiskTraits traits = {}) : traits_(traits) {}

  const DiskTraits& traits() const { return traits_; }
  FilePtr find(const std::string& name) const;  // null: there is none
  FilePtr make(const std::string& name);        // empty; in place of one that has the name
  bool make_folder(const std::string& name);    // false: it is there
  void move(const std::string& from, const std::string& to);
  void remove(const std::string& name);
  void sync_names(const std::string& folder);
  std::vector<std::string> names() const;

  DiskError write(const std::string& name, DiskFile& file, std::size_t at, ByteView bytes);
  DiskError resize(const std::string& name, DiskFile& file, std::size_t size);
  DiskError sync(const std::string& name, DiskFile& file);
  // Copies at most out.size() bytes; `got` says how many.
  DiskError read(const std::string& name, DiskFile& file, std::size_t at,
                 std::span<std::uint8_t> out, std::size_t& got);

  void plan(PlannedFault fault) { planned_.push_back(std::move(fault)); }
  const std::map<std::string, std::uint64_t>& struck() const { return struck_; }  // how often
  void mend() { planned_.clear(); }

  // Called before each change and sync: where a crash may come.
  void on_step(std::function<void()> look) { look_ = std::move(look); }
  std::uint64_t steps() const { return steps_; }

  CrashDisk after_crash(sim::Prng& chance) const;

 private:
  struct NameChange {
    std::string name;
    FilePtr file;           // null: removed
    std::string moved_off;  // the name that it had before; empty: none
  };
  using Names = std::map<std::string, FilePtr>;
  void step();
  bool strikes(Fault fault, const std::string& name);
  static void settle(Names& names, const NameChange& change);

  DiskTraits traits_;
  Names names_;
  Names durable_names_;
  std::vector<NameChange> unsynced_names_;
  std::vector<PlannedFault> planned_;
  std::function<void()> look_;
  std::map<std::string, std::uint64_t> struck_;
  std::uint64_t steps_ = 0;
  std::uint64_t files_made_ = 0;
};

}  // namespace yizhan::storage
