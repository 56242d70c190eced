#include "node/http/assets.h"

#include <algorithm>
#include <array>

// NOLINTBEGIN(readability-identifier-naming): names that the assembler file knows
extern "C" {
#define ASSET(number, path, type, hash, hashed) \
  extern const char yz_asset_##number[];        \
  extern const char yz_asset_##number##_end[];
#define ASSET_GZ(number, path, type, hash, hashed) \
  ASSET(number, path, type, hash, hashed)          \
  extern const char yz_asset_##number##_gz[];      \
  extern const char yz_asset_##number##_gz_end[];
#include "node/http/asset_table.inc"
#undef ASSET
#undef ASSET_GZ
}
// NOLINTEND(readability-identifier-naming)

namespace yizhan::node::http {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

const auto& all_assets() {
  static const std::array assets = {
#define ASSET(number, path, type, hash, hashed) \
  Asset{path, type, hash, hashed, between(yz_asset_##number, yz_asset_##number##_end), {}},
#define ASSET_GZ(number, path, type, hash, hashed)           \
  Asset{path,                                                \
        type,                                                \
        hash,                                                \
        hashed,                                              \
        between(yz_asset_##number, yz_asset_##number##_end), \
        between(yz_asset_##number##_gz, yz_asset_##number##_gz_end)},
#include "node/http/asset_table.inc"
#undef ASSET
#undef ASSET_GZ
  };
  return assets;
}

const Asset* file_at(std::string_view path) {
  const auto& all = all_assets();
  const auto* found =
      std::find_if(all.begin(), all.end(), [&](const Asset& asset) { return asset.path == path; });
  return found == all.end() ? nullptr : found;
}

struct Surface {
  std::string_view path;
  std::string_view page;
};

constexpr std::array kSurfaces = {
    Surface{"/s", "/counter.html"}, Surface{"/display", "/display.html"},
    Surface{"/eval", "/eval.html"}, Surface{"/ticket", "/ticket.html"},
    Surface{"/h", "/hub.html"},
};

bool is_within(std::string_view path, std::string_view surface) {
  return path.starts_with(surface) &&
         (path.size() == surface.size() || path[surface.size()] == '/');
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  if (path == "/") return file_at("/counter.html");
  for (const Surface& surface : kSurfaces) {
    if (is_within(path, surface.path)) return file_at(surface.page);
  }
  return path.ends_with(".html") ? nullptr : file_at(path);
}

}  // namespace yizhan::node::http
