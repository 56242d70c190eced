#include "node/backup/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "node/backup/files.h"

namespace yizhan::node {

Result<void> ScratchFolder::make() {
  if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) {
    return tl::unexpected<Error>(io_error("data_dir"));
  }
  const int fd = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected<Error>(io_error("data_dir"));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fail(Errc::Busy, "another backup is being made or verified", "backup");
  }
  fd_ = fd;
  return clear();
}

Result<void> ScratchFolder::clear() const {
  std::error_code failed;
  std::filesystem::directory_iterator it(path_, failed);
  for (const std::filesystem::directory_iterator end; !failed && it != end; it.increment(failed)) {
    std::error_code stays;
    std::filesystem::remove_all(it->path(), stays);
    if (stays) failed = stays;
  }
  if (failed) return fail(Errc::StorageIo, failed.message(), "data_dir");
  return {};
}

ScratchFolder::~ScratchFolder() {
  if (fd_ < 0) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  ::close(fd_);
}

}  // namespace yizhan::node
