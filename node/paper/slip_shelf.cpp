#include "node/paper/slip_shelf.h"

namespace yizhan::node::paper {

void SlipShelf::forget(MonoMs now) {
  while (!kept_.empty() &&
         (now - kept_.front().at >= kKeptFor || kept_.size() > kSlipsMax || bytes_ > kBytesMax)) {
    bytes_ -= kept_.front().pdf.size();
    kept_.pop_front();
  }
}

void SlipShelf::put(const Wish& wish, const MadeSlip& made, std::string pdf, MonoMs now) {
  const std::lock_guard lock(mutex_);
  bytes_ += pdf.size();
  kept_.push_back({wish, made, std::move(pdf), now});
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

Result<std::optional<MadeSlip>> SlipShelf::made_for(const Wish& wish, MonoMs now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  for (const Kept& one : kept_) {
    if (one.wish.intent != wish.intent) continue;
    if (one.wish.request != wish.request) {
      return fail(Errc::Conflict, "the key was used for another request", "Idempotency-Key");
    }
    return std::optional(one.made);
  }
  return std::optional<MadeSlip>();
}

}  // namespace yizhan::node::paper
