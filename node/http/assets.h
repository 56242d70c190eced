// Assets: the pages of station-ui, in memory since the build.
//
// What        Looks up a path; "/" is index.html.
// Invariants  I1  the etag is a hash of the bytes.
// Errors      none.
#pragma once
#include <optional>
#include <string_view>

namespace yizhan::node::http {

struct Asset {
  std::string_view path;
  std::string_view content_type;
  std::string_view etag;  // quoted
  std::string_view bytes;
};

const Asset* find_asset(std::string_view path);  // null when there is none

}  // namespace yizhan::node::http
