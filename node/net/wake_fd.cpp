#include "node/net/wake_fd.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "crdt/base/check.h"

namespace yizhan::node {

WakeFd::WakeFd() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { YZ_CHECK(fd_ >= 0); }

WakeFd::~WakeFd() { close(fd_); }

// Both fail only where that is right: raising an unread descriptor for the 2^64th time, clearing
// one that nobody raised.
void WakeFd::raise() const { static_cast<void>(eventfd_write(fd_, 1)); }

void WakeFd::clear() const {
  eventfd_t raised = 0;
  static_cast<void>(eventfd_read(fd_, &raised));
}

}  // namespace yizhan::node
