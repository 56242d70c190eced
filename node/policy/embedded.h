// Embedded: the data files of node/policy/data, in memory since the build.
#pragma once
#include <span>
#include <string_view>

namespace yizhan::node {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_files();  // the policy first, then calendars by year

}  // namespace yizhan::node
