// Disk: the files that the store keeps beside SQLite's own, and the door that SQLite takes to its.
//
// What        What journal, guard and opening ask of a file system. The program has one disk, that
//             of the machine (system_disk); a test may put one below the store that forgets, lies
//             and fails.
// Invariants  I1  what was written is on the disk once sync() returned, a name once sync_folder()
//                 of its folder did; not before.
//             I2  what waits in a Later is done within `delay`, or when the Later ends.
// Units       Bytes, milliseconds.
// Errors      StorageFull, StorageIo, with the file's name as field; NotFound from read().
// Not here    The lock of the folder, which is of processes: database.h.
// Source      design.md sections 8 and 10.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crdt/base/bytes.h"
#include "crdt/base/result.h"
#include "node/store/place.h"

namespace yizhan::node {

class DiskFile {
 public:
  virtual ~DiskFile() = default;
  // Sets zeros aside; a file system that cannot is written to as it is.
  virtual Result<void> allocate(std::size_t from, std::size_t bytes) = 0;
  virtual Result<void> write(ByteView bytes, std::size_t at) = 0;
  virtual Result<void> cut(std::size_t size) = 0;
  virtual Result<void> sync() = 0;
};

// One piece of work that may wait a little, such as a sync nobody waits for.
class Later {
 public:
  virtual ~Later() = default;  // what is due is done at once
  virtual void ask() = 0;      // once, however often it is asked for meanwhile
};

class Disk {
 public:
  virtual ~Disk() = default;
  enum class Open : std::uint8_t { Existing, Anew };
  virtual Result<std::shared_ptr<DiskFile>> open(const std::filesystem::path& file, Open how) = 0;
  // Empty: there is no such file.
  virtual std::optional<std::uint64_t> size(const std::filesystem::path& file) const = 0;
  // At most `most` bytes from `from` on.
  virtual Result<Bytes> read(const std::filesystem::path& file, std::size_t from,
                             std::size_t most) const = 0;
  virtual std::vector<std::string> names(const std::filesystem::path& folder) const = 0;
  virtual Result<bool> make_folder(const std::filesystem::path& folder) = 0;  // false: it is there
  virtual Result<void> rename(const std::filesystem::path& from,
                              const std::filesystem::path& to) = 0;
  virtual Result<void> remove(const std::filesystem::path& file) = 0;
  virtual Result<void> sync_folder(const std::filesystem::path& folder) = 0;
  virtual std::unique_ptr<Later> later(std::chrono::milliseconds delay,
                                       std::function<void()> work) = 0;
  virtual Place place(const std::filesystem::path& file) const = 0;
  virtual std::string vfs() const = 0;  // by what name SQLite knows it; empty: the system's own
};

Disk& system_disk();

}  // namespace yizhan::node
