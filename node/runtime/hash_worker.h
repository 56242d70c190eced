// Hash worker: the one thread on which secrets are hashed, so that nothing else waits for them.
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

class HashWorker {
 public:
  HashWorker();
  ~HashWorker();
  HashWorker(const HashWorker&) = delete;
  HashWorker& operator=(const HashWorker&) = delete;
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
