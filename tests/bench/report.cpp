#include "tests/bench/report.h"

#include <unistd.h>

#include <algorithm>

namespace yizhan::bench {

double now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

WorkFolder::WorkFolder()
    : path_(std::filesystem::temp_directory_path() /
            ("yizhan-bench-" + std::to_string(::getpid()))) {
  std::filesystem::remove_all(path_);
}
WorkFolder::~WorkFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}
std::filesystem::path WorkFolder::sub(const std::string& name) const {
  std::filesystem::create_directories(path_ / name);
  return path_ / name;
}

}  // namespace yizhan::bench
