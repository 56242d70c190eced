// Wake fd: ends another thread's wait.
//
// What        A file descriptor that is polled together with sockets. Any thread raises it; the
//             thread that waits clears it.
// Invariants  A raise before or during a wait is never lost; many raises count as one.
// Errors      The constructor stops the process when the system has no descriptor left: at start
//             only, when nothing has been promised yet.
// Source      eventfd(2).
#pragma once

namespace yizhan::node {

class WakeFd {
 public:
  WakeFd();
  ~WakeFd();
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  int fd() const { return fd_; }
  void raise() const;
  void clear() const;

 private:
  int fd_;
};

}  // namespace yizhan::node
