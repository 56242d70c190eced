#include "node/store/place.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr long kXfsMagic = 0x58465342;  // not in linux/magic.h
constexpr int kDisksAboveEachOther = 8;

// The others make numbers up when they are mounted.
bool keeps_inodes(const fs::path& file) {
  struct statfs about {};
  if (::statfs(file.c_str(), &about) != 0) return false;
  const std::array<long, 5> kinds{EXT4_SUPER_MAGIC, kXfsMagic, BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC,
                                  TMPFS_MAGIC};
  return std::find(kinds.begin(), kinds.end(), about.f_type) != kinds.end();
}

std::uint64_t fact(std::string_view said) {
  const Hash32 hash = hash32("yz.place", view(said));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | hash[i];
  return number;
}

std::string line_of(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\0')) line.pop_back();
  return line;
}

// The one that a volume or an encrypted one lies on; empty when it lies on several.
fs::path below(const fs::path& device) {
  std::error_code none;
  fs::path found;
  for (const auto& entry : fs::directory_iterator(device / "slaves", none)) {
    if (!found.empty()) return {};
    found = fs::canonical(entry.path(), none);
  }
  return found;
}

// Of a device, or of the disk that it is a part of.
std::string serial_of(const fs::path& device) {
  for (const fs::path& at : {device, device.parent_path()}) {
    for (const char* name : {"wwid", "device/wwid", "serial", "device/serial", "device/cid"}) {
      std::string serial = line_of(at / name);
      if (!serial.empty()) return serial;
    }
  }
  return {};
}

std::string disk_below(const struct statx& file, const fs::path& system) {
  std::error_code unknown;
  const std::string number =
      std::to_string(file.stx_dev_major) + ":" + std::to_string(file.stx_dev_minor);
  fs::path device = fs::canonical(system / "sys/dev/block" / number, unknown);
  for (int i = 0; i < kDisksAboveEachOther && !unknown && !device.empty(); ++i) {
    const fs::path under = below(device);
    if (under.empty()) break;
    device = under;
  }
  return unknown || device.empty() ? std::string() : serial_of(device);
}

}  // namespace

bool differ(const Place& one, const Place& other) {
  return std::any_of(one.begin(), one.end(), [&other](const auto& known) {
    const auto same = other.find(known.first);
    return same != other.end() && same->second != known.second;
  });
}

Place place_of(const fs::path& file, const fs::path& system) {
  Place place;
  struct statx about {};
  if (::statx(AT_FDCWD, file.c_str(), 0, STATX_INO | STATX_BTIME, &about) != 0) return place;
  if (keeps_inodes(file)) place[PlaceFact::Inode] = about.stx_ino;
  if ((about.stx_mask & STATX_BTIME) != 0) {
    place[PlaceFact::Born] = static_cast<std::uint64_t>(about.stx_btime.tv_sec) * 1'000'000'000 +
                             about.stx_btime.tv_nsec;
  }
  const std::array<std::pair<PlaceFact, std::string>, 3> said{
      {{PlaceFact::Disk, disk_below(about, system)},
       {PlaceFact::Machine, line_of(system / "etc/machine-id")},
       {PlaceFact::Board, line_of(system / "sys/class/dmi/id/product_uuid")}}};
  for (const auto& [name, text] : said) {
    if (!text.empty()) place[name] = fact(text);
  }
  return place;
}

}  // namespace yizhan::node
