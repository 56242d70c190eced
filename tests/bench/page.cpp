// page: what a clerk waits for at the screen, measured by page.mjs in a real browser.
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/bench/report.h"

namespace yizhan::bench {
namespace {

std::string output_of(const char* command) {
  std::FILE* pipe = ::popen(command, "r");
  if (pipe == nullptr) throw std::runtime_error("no process");
  std::string text;
  std::array<char, 4096> block{};
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe)) {
    text.append(block.data(), got);
  }
  if (::pclose(pipe) != 0) throw std::runtime_error("page.mjs failed");
  return text;
}

}  // namespace

std::vector<Report> page() {
  std::vector<Report> reports;
  const std::string text = output_of("node '" YZ_BENCH_PAGE "'");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const auto row = nlohmann::json::parse(text.substr(begin, end - begin));
    reports.push_back({row.at("scenario"), row.at("ours"), row.at("limit")});
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return reports;
}

}  // namespace yizhan::bench
