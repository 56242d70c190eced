// Slow sync: holds a process up inside fsync and fdatasync, so that a test can kill it there.
//
// What        Loaded with LD_PRELOAD into a real node by tests/prove/rungs. While the file named by
//             YZ_SLOW_SYNC exists, each call waits before it is made, and meanwhile a file beside
//             it with the suffix .inside exists: what the node received is then written, but not
//             durable, and no acknowledgement has left.
// Units       The wait is kWaitMs.
// Errors      Those of the real calls.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace {

constexpr std::chrono::milliseconds kWaitMs{3'000};

void hold_up() {
  const char* path = std::getenv("YZ_SLOW_SYNC");
  if (path == nullptr || ::access(path, F_OK) != 0) return;
  const std::string inside = std::string(path) + ".inside";
  const int fd = ::open(inside.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
  std::this_thread::sleep_for(kWaitMs);
  ::unlink(inside.c_str());
}

using Sync = int (*)(int);

Sync next(const char* name) { return reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name)); }

}  // namespace

extern "C" {

int fsync(int fd) {
  static const Sync real = next("fsync");
  hold_up();
  return real(fd);
}

int fdatasync(int fd) {
  static const Sync real = next("fdatasync");
  hold_up();
  return real(fd);
}
}
