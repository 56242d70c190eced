#include "node/runtime/hash_worker.h"

namespace yizhan::node {

HashWorker::HashWorker() : thread_([this] { run(); }) {}

HashWorker::~HashWorker() { stop(); }

void HashWorker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void HashWorker::post(const std::function<void()>& job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      jobs_.push_back(job);
      changed_.notify_one();
      return;
    }
  }
  job();
}

void HashWorker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace yizhan::node
