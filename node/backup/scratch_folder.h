// Scratch folder: a folder for one piece of work, gone at its end.
//
// What        Empty when it was made: what a kill left in it goes first.
// Invariants  I1  one process at a time: the lock ends with it.
// Errors      Busy (field "backup"): somebody works in it. StorageFull, StorageIo (field
//             "data_dir").
#pragma once
#include <filesystem>

#include "crdt/base/result.h"

namespace yizhan::node {

class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  Result<void> make();
  const std::filesystem::path& path() const { return path_; }

 private:
  Result<void> clear() const;
  std::filesystem::path path_;
  int fd_ = -1;
};

}  // namespace yizhan::node
