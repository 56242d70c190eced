// Temp folder: a folder of its own for one test, removed at the end.
#pragma once
#include <filesystem>

namespace yizhan::node::test {

namespace fs = std::filesystem;

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace yizhan::node::test
