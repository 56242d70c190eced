// CrashFiles: the store's door to a CrashDisk, and the clock by which its syncs wait.
//
// What        A disk as journal and guard know it (node/store/disk.h), over the same CrashDisk as
//             the database. What waits is done when the clock is moved past its time: the journal
//             itself decides what waits and how long.
// Invariants  I1  one thread; the same calls do the same things in the same order.
// Units       Milliseconds.
// Errors      Those of node/store/disk.h, from the disk's faults.
#pragma once
#include <vector>

#include "node/store/disk.h"
#include "tests/storage/disk_vfs.h"

namespace yizhan::storage {

class CrashFiles final : public node::Disk {
 public:
  // `root`: what stands before the disk's names in the paths of the store.
  CrashFiles(CrashDisk& disk, const std::filesystem::path& root);

  void move_clock(std::chrono::milliseconds by);

  Result<std::shared_ptr<node::DiskFile>> open(const std::filesystem::path& file,
                                               Open how) override;
  std::optional<std::uint64_t> size(const std::filesystem::path& file) const override;
  Result<Bytes> read(const std::filesystem::path& file, std::size_t from,
                     std::size_t most) const override;
  std::vector<std::string> names(const std::filesystem::path& folder) const override;
  Result<bool> make_folder(const std::filesystem::path& folder) override;
  Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
  Result<void> remove(const std::filesystem::path& file) override;
  Result<void> sync_folder(const std::filesystem::path& folder) override;
  std::unique_ptr<node::Later> later(std::chrono::milliseconds delay,
                                     std::function<void()> work) override;
  node::Place place(const std::filesystem::path& file) const override;
  std::string vfs() const override { return vfs_.name(); }

 private:
  class Waiting;
  std::string inside(const std::filesystem::path& path) const;
  FilePtr find(const std::filesystem::path& path) const { return disk_.find(inside(path)); }

  CrashDisk& disk_;
  std::string root_;
  DiskVfs vfs_;
  std::chrono::milliseconds now_{0};
  std::vector<Waiting*> waiting_;  // those that live
};

}  // namespace yizhan::storage
