// Assets: the pages of station-ui, in memory since the build.
//
// What        Looks up a path: a built file by its name, or the page of a surface. A surface
//             answers every path below its own (`/s/book`), so that a page may be reloaded where it
//             is.
// Invariants  I1  the etag is a hash of the bytes.
//             I2  a hashed file has its hash in its name: what it holds never changes.
// Errors      none.
#pragma once
#include <optional>
#include <string_view>

namespace yizhan::node::http {

struct Asset {
  std::string_view path;
  std::string_view content_type;
  std::string_view hash;
  bool hashed = false;  // see I2
  std::string_view bytes;
  std::string_view gzip;  // empty when it would hardly be smaller
};

const Asset* find_asset(std::string_view path);  // null when there is none

}  // namespace yizhan::node::http
