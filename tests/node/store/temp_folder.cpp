#include "tests/node/store/temp_folder.h"

#include <unistd.h>

#include <atomic>
#include <string>

namespace yizhan::node::test {

TempFolder::TempFolder() {
  static std::atomic<int> count{0};
  path_ = fs::temp_directory_path() /
          ("yizhan-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  fs::create_directories(path_);
}
TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace yizhan::node::test
