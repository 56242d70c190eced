// Fail sync: makes fsync and fdatasync of chosen files fail, as a disk that gives out does.
//
// What        Loaded with LD_PRELOAD into a real node by tests/e2e/disk_fails. While the file named
//             by YZ_FAIL_SYNC exists, each call on a file whose path ends as that file's text says
//             gives EIO, and nothing is synced.
// Errors      EIO; else those of the real calls.
#include <dlfcn.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

std::string path_of(int fd) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

bool fails(int fd) {
  const char* wish = std::getenv("YZ_FAIL_SYNC");
  if (wish == nullptr || ::access(wish, F_OK) != 0) return false;
  std::string ending;
  std::ifstream(wish) >> ending;
  return !ending.empty() && path_of(fd).ends_with(ending);
}

using Sync = int (*)(int);

Sync next(const char* name) { return reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name)); }

int sync_or_fail(Sync real, int fd) {
  if (!fails(fd)) return real(fd);
  errno = EIO;
  return -1;
}

}  // namespace

extern "C" {

int fsync(int fd) {
  static const Sync real = next("fsync");
  return sync_or_fail(real, fd);
}

int fdatasync(int fd) {
  static const Sync real = next("fdatasync");
  return sync_or_fail(real, fd);
}
}
