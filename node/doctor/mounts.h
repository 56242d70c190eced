// Mounts: on which file system a folder lies, as the kernel tells it.
//
// What        Reads the lines of /proc/self/mountinfo; the innermost mount that holds the folder.
// Errors      none: what is not found is absent.
// Source      proc(5), mountinfo.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace yizhan::node {

struct Mount {
  std::string point;    // /var/lib/yizhan
  std::string kind;     // ext4
  std::string source;   // /dev/sda2
  std::string options;  // those of the mount and of the file system: rw,relatime,data=ordered

  bool has(std::string_view option) const;
};

// `folder`: absolute and without links.
std::optional<Mount> mount_in(std::string_view mountinfo, const std::filesystem::path& folder);
std::optional<Mount> mount_of(const std::filesystem::path& folder);

}  // namespace yizhan::node
