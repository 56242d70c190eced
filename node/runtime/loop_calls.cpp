#include "node/runtime/loop_calls.h"

namespace yizhan::node {

void LoopCalls::attach(EngineLoop* loop, PageEvents* events) {
  loop_ = loop;
  events_ = events;
}

void LoopCalls::queue_touched() {
  const std::int64_t revision = ++queue_revision_;
  if (events_ != nullptr) events_->queue_changed(revision);
}

// A page knows its own seat by the first digits, which are of no use to anyone else.
void LoopCalls::window_changed(std::int64_t number, const std::string& seat) {
  if (events_ != nullptr) events_->window_changed(number, seat.substr(0, 8));
}

void LoopCalls::stop() { reading_.stop(); }

}  // namespace yizhan::node
