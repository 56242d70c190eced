#include "node/doctor/mounts.h"

#include <fstream>
#include <sstream>
#include <vector>

namespace yizhan::node {
namespace {

// Blanks and the like stand as \040.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 3 >= text.size()) {
      out += text[i];
      continue;
    }
    int code = 0;
    for (std::size_t k = 1; k <= 3; ++k) code = code * 8 + (text[i + k] - '0');
    out += static_cast<char>(code);
    i += 3;
  }
  return out;
}

// id parent major:minor root point options [more] - kind source options
std::optional<Mount> mount_on(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> before;
  std::string word;
  while (words >> word && word != "-") before.push_back(word);
  Mount mount;
  std::string of_system;
  if (before.size() < 6 || !(words >> mount.kind >> mount.source >> of_system)) return std::nullopt;
  mount.point = plain(before[4]);
  mount.source = plain(mount.source);
  mount.options = before[5] + "," + of_system;
  return mount;
}

bool holds(const std::string& point, const std::string& folder) {
  if (point == "/") return true;
  if (!folder.starts_with(point)) return false;
  return folder.size() == point.size() || folder[point.size()] == '/';
}

}  // namespace

bool Mount::has(std::string_view option) const {
  return ("," + options + ",").find("," + std::string(option) + ",") != std::string::npos;
}

std::optional<Mount> mount_in(std::string_view mountinfo, const std::filesystem::path& folder) {
  std::optional<Mount> found;
  std::istringstream lines{std::string(mountinfo)};
  for (std::string line; std::getline(lines, line);) {
    auto mount = mount_on(line);
    if (!mount || !holds(mount->point, folder.string())) continue;
    // Of two at one point the later covers the earlier.
    if (!found || mount->point.size() >= found->point.size()) found = std::move(mount);
  }
  return found;
}

std::optional<Mount> mount_of(const std::filesystem::path& folder) {
  std::error_code failed;
  const auto real = std::filesystem::canonical(folder, failed);
  std::ifstream file("/proc/self/mountinfo");
  if (failed || !file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return mount_in(text.str(), real);
}

}  // namespace yizhan::node
