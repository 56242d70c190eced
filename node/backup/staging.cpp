#include "node/backup/staging.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "node/backup/files.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kField = "data_dir";
constexpr const char* kMark = "restoring";

bool is_there(const fs::path& path) {
  std::error_code absent;
  return fs::exists(fs::symlink_status(path, absent));
}

tl::unexpected<Error> failed_with(const std::error_code& error) {
  return fail(Errc::StorageIo, error.message(), kField);
}

// The mark goes last: a folder half removed is still known as one that was being filled.
Result<void> remove_marked(const fs::path& folder) {
  std::error_code failed;
  fs::directory_iterator it(folder, failed);
  for (const fs::directory_iterator end; !failed && it != end; it.increment(failed)) {
    if (it->path().filename() == kMark) continue;
    std::error_code stays;
    fs::remove_all(it->path(), stays);
    if (stays) return failed_with(stays);
  }
  if (failed) return failed_with(failed);
  fs::remove_all(folder, failed);
  if (failed) return failed_with(failed);
  return {};
}

fs::path followed(const fs::path& path) {
  std::error_code unknown;
  const fs::path real = fs::weakly_canonical(path, unknown);
  const fs::path& whole = unknown ? path : real;
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

std::string time_stamp(WallMs at) {
  const ChinaMoment moment = china_moment(at);
  const CivilDate date = civil_date(moment.day);
  const std::int64_t second = (at.value / 1000 % 60 + 60) % 60;
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02u-%02d%02d%02d", date.year, date.month, date.day,
                static_cast<int>(moment.minute / 60), static_cast<int>(moment.minute % 60),
                static_cast<int>(second));
  return text;
}

Staging::Staging(const fs::path& data)
    : data_(followed(data)), folder_(data_.string() + ".restoring") {}

Result<std::optional<fs::path>> Staging::settle(WallMs now) {
  std::optional<fs::path> old;
  if (is_there(folder_)) {
    if (is_there(folder_ / kMark) || ::rmdir(folder_.c_str()) == 0) {
      if (is_there(folder_)) {
        if (auto removed = remove_marked(folder_); !removed) return fail(removed);
      }
    } else {
      auto kept = keep_old(now);
      if (!kept) return kept;
      old = std::move(*kept);
    }
  }
  if (auto done = unmark(data_); !done) return fail(done);
  return old;
}

Result<void> Staging::begin() {
  if (::mkdir(folder_.c_str(), 0700) != 0) return tl::unexpected<Error>(io_error(kField));
  auto mark = OpenFile::to_write(folder_ / kMark, kField);  // at once: it is there or it is not
  if (!mark) return fail(mark);
  if (auto durable = mark->sync(); !durable) return durable;
  return sync_folder(folder_, kField);
}

void Staging::abandon() const { static_cast<void>(remove_marked(folder_)); }

Result<void> Staging::swap() {
  if (auto durable = sync_folder(folder_, kField); !durable) return durable;
  const int done = is_there(data_) ? ::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, data_.c_str(),
                                                 RENAME_EXCHANGE)
                                   : ::rename(folder_.c_str(), data_.c_str());
  if (done != 0) {
    Error error = io_error(kField);
    if (errno == EBUSY || errno == EXDEV) {
      error.detail = "the data folder is a mount point: name a folder inside it as data_dir";
    } else if (errno == EINVAL || errno == ENOSYS) {
      error.detail = "this file system cannot exchange two folders";
    }
    return tl::unexpected<Error>(error);
  }
  return sync_folder(data_.parent_path(), kField);
}

Result<std::optional<fs::path>> Staging::finish(WallMs now) {
  auto old = keep_old(now);
  if (!old) return old;
  if (auto done = unmark(data_); !done) return fail(done);
  return old;
}

Result<std::optional<fs::path>> Staging::keep_old(WallMs now) const {
  if (!is_there(folder_)) return std::optional<fs::path>();
  std::error_code
      ignored;  // an empty folder, but for a lock that nobody holds, is not worth keeping
  std::size_t others = 0;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    if (entry.path().filename() != "yizhan.lock") ++others;
  }
  if (others == 0) {
    fs::remove_all(folder_, ignored);
    if (!is_there(folder_)) return std::optional<fs::path>();
  }
  const std::string stem = data_.string() + ".before-" + time_stamp(now);
  fs::path kept = stem;
  for (int more = 2; is_there(kept); ++more) kept = stem + "-" + std::to_string(more);
  if (::rename(folder_.c_str(), kept.c_str()) != 0) {
    return tl::unexpected<Error>(io_error(kField));
  }
  if (auto durable = sync_folder(data_.parent_path(), kField); !durable) return fail(durable);
  return std::optional(kept);
}

Result<void> Staging::unmark(const fs::path& folder) const {
  if (!is_there(folder / kMark)) return {};
  if (::unlink((folder / kMark).c_str()) != 0) return tl::unexpected<Error>(io_error(kField));
  return sync_folder(folder, kField);
}

}  // namespace yizhan::node
