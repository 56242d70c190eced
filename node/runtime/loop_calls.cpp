#include "node/runtime/loop_calls.h"

namespace yizhan::node {

void LoopCalls::attach(EngineLoop* loop, PageEvents* events) {
  loop_ = loop;
  events_ = events;
}

void LoopCalls::stop() { reading_.stop(); }

}  // namespace yizhan::node
