#include "node/doctor/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 9;
constexpr std::size_t kPageBytes = 4096;
constexpr std::int64_t kSlowUs = 100'000;
constexpr std::int64_t kOneTurnUs = 1'000;  // a quarter of a turn at 15,000 a minute

template <std::size_t N>
bool is_one_of(std::string_view kind, const std::array<std::string_view, N>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

constexpr std::array<std::string_view, 5> kKept = {"ext4", "ext3", "xfs", "btrfs", "f2fs"};
constexpr std::array<std::string_view, 3> kMemory = {"tmpfs", "ramfs", "rootfs"};
constexpr std::array<std::string_view, 6> kFat = {"vfat", "msdos", "exfat",
                                                  "ntfs", "ntfs3", "fuseblk"};
constexpr std::array<std::string_view, 6> kFarAway = {"nfs",  "nfs4", "cifs",
                                                      "smb3", "9p",   "fuse.sshfs"};
// With these a sync returns before anything is durable.
constexpr std::array<std::string_view, 3> kUnsafe = {"nobarrier", "barrier=0", "volatile"};

const char* name_of_kind(std::string_view kind) {
  if (is_one_of(kind, kMemory)) return "memory";
  if (kind == "overlay") return "overlay";
  if (is_one_of(kind, kFat)) return "fat";
  if (is_one_of(kind, kFarAway)) return "far";
  return is_one_of(kind, kKept) ? "kept" : "unknown";
}

std::string word_in(const fs::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  return text;
}

// The folder in /sys of the whole disk under a partition.
std::optional<fs::path> sys_folder(const Mount& mount, const fs::path& folder) {
  struct stat facts {};
  const bool by_name = ::stat(mount.source.c_str(), &facts) == 0 && S_ISBLK(facts.st_mode);
  if (!by_name && ::stat(folder.c_str(), &facts) != 0) return std::nullopt;
  const dev_t device = by_name ? facts.st_rdev : facts.st_dev;
  std::error_code failed;
  const auto found = fs::canonical(
      "/sys/dev/block/" + std::to_string(major(device)) + ":" + std::to_string(minor(device)),
      failed);
  if (failed) return std::nullopt;
  return fs::exists(found / "partition", failed) ? found.parent_path() : found;
}

std::string in_ms(std::int64_t us) {
  return std::to_string(us / 1000) + "." + std::to_string(us / 100 % 10);
}

// A file without a name: it ends with its descriptor.
class Nameless {
 public:
  explicit Nameless(const fs::path& folder)
      : fd_(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {}
  ~Nameless() {
    if (fd_ >= 0) ::close(fd_);
  }
  Nameless(const Nameless&) = delete;
  Nameless& operator=(const Nameless&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> refused() {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  const bool unable = errno == EOPNOTSUPP || errno == EISDIR;
  const Errc code = full ? Errc::StorageFull : (unable ? Errc::Unsupported : Errc::StorageIo);
  return fail(code, std::generic_category().message(errno));
}

}  // namespace

DiskFacts disk_behind(const Mount& mount, const fs::path& folder) {
  DiskFacts disk;
  const auto sys = sys_folder(mount, folder);
  if (!sys) return disk;
  disk.rotates = word_in(*sys / "queue/rotational") == "1" &&
                 sys->string().find("/virtual/") == std::string::npos &&
                 sys->string().find("/virtio") == std::string::npos;
  disk.by_usb = sys->string().find("/usb") != std::string::npos;
  disk.device = "/dev/" + sys->filename().string();
  const std::string cache = word_in(*sys / "queue/write_cache");
  if (!cache.empty()) disk.write_cache = cache;
  return disk;
}

Result<std::vector<std::int64_t>> measure_sync(const fs::path& folder) {
  const Nameless file(folder);
  if (file.fd() < 0) return refused();
  const std::array<char, kPageBytes> page{};
  std::vector<std::int64_t> took;
  for (int i = 0; i < kTries; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto at = static_cast<off_t>(i) * static_cast<off_t>(kPageBytes);
    const ssize_t wrote = ::pwrite(file.fd(), page.data(), page.size(), at);
    if (wrote != static_cast<ssize_t>(page.size()) || ::fsync(file.fd()) != 0) return refused();
    const auto passed = std::chrono::steady_clock::now() - begun;
    took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
  }
  return took;
}

HealthCheck judge_file_system(const std::optional<Mount>& mount) {
  if (!mount) return {.id = "ST-01", .found = "not_seen"};
  HealthCheck check{.id = "ST-01",
                    .verdict = Verdict::Ok,
                    .found = name_of_kind(mount->kind),
                    .with = {{"kind", mount->kind}, {"where", mount->point}}};
  if (check.found == "unknown" || check.found == "far") check.verdict = Verdict::Warn;
  if (check.found == "memory" || check.found == "overlay" || check.found == "fat") {
    check.verdict = Verdict::Fail;
    return check;
  }
  for (const std::string_view option : kUnsafe) {
    if (!mount->has(option)) continue;
    check.verdict = Verdict::Fail;
    check.found = "unsafe";
    check.with["option"] = option;
  }
  return check;
}

HealthCheck judge_sync(const Result<std::vector<std::int64_t>>& sync_us, const DiskFacts& disk) {
  if (!sync_us) {
    if (sync_us.error().code == Errc::Unsupported) return {.id = "ST-03", .found = "not_measured"};
    const bool full = sync_us.error().code == Errc::StorageFull;
    return {.id = "ST-03",
            .verdict = Verdict::Fail,
            .found = full ? "full" : "refused",
            .with = {{"error", sync_us.error().detail}}};
  }
  std::vector<std::int64_t> sorted = *sync_us;
  std::sort(sorted.begin(), sorted.end());
  const std::int64_t median = sorted[sorted.size() / 2];
  HealthCheck check{
      .id = "ST-03",
      .verdict = Verdict::Ok,
      .value = median,
      .found = "durable",
      .with = {{"ms", in_ms(median)}, {"cache", disk.write_cache}, {"device", disk.device}}};
  if (median > kSlowUs) check.found = "slow";
  if (disk.by_usb) check.found = "usb";
  if (disk.rotates && median < kOneTurnUs) check.found = "too_fast";
  if (check.found != "durable") check.verdict = Verdict::Warn;
  return check;
}

std::vector<HealthCheck> disk_checks(const fs::path& folder) {
  const auto mount = mount_of(folder);
  const DiskFacts disk = mount ? disk_behind(*mount, folder) : DiskFacts{};
  return {judge_file_system(mount), judge_sync(measure_sync(folder), disk)};
}

}  // namespace yizhan::node
