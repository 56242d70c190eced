#include "node/paper/slip_shelf.h"

namespace yizhan::node::paper {

void SlipShelf::forget(MonoMs now) {
  while (!kept_.empty() &&
         (now - kept_.front().at >= kKeptFor || kept_.size() > kSlipsMax || bytes_ > kBytesMax)) {
    bytes_ -= kept_.front().pdf.size();
    kept_.pop_front();
  }
}

void SlipShelf::put(std::uint64_t intent, const MadeSlip& made, std::string pdf, MonoMs now) {
  const std::lock_guard lock(mutex_);
  bytes_ += pdf.size();
  kept_.push_back({intent, made, std::move(pdf), now});
  forget(now);
}

std::optional<std::string> SlipShelf::pdf(const std::string& slip, MonoMs now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  for (const Kept& one : kept_) {
    if (one.made.slip == slip) return one.pdf;
  }
  return std::nullopt;
}

std::optional<MadeSlip> SlipShelf::made_for(std::uint64_t intent, MonoMs now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  for (const Kept& one : kept_) {
    if (one.intent == intent) return one.made;
  }
  return std::nullopt;
}

}  // namespace yizhan::node::paper
