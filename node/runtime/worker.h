// Worker: one thread for work that would hold everything else up, such as hashing a secret or
// reading all that is stored.
//
// Invariants  I1  jobs run one after another: one hash takes 64 MiB.
//             I2  every job that was posted runs, also those posted while it stops.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace yizhan::node {

class Worker {
 public:
  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  void post(const std::function<void()>& job);  // runs it here and now once stopped
  void stop();                                  // when every job has run

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yizhan::node
