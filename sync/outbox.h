// Outbox: keeps frames back until the writes they depend on are durable.
//
// What        The one place that decides when a frame may leave; both drivers (node/runtime and the
//             simulator) use it.
// Invariants  I1  a frame leaves only after a commit that began after its step's writes were
//                 applied.
// Units       none.
// Errors      none.
// Source      design.md section 10 "released ⇒ durable"; ADR-0005.
#pragma once
#include <vector>

#include "sync/engine.h"

namespace yizhan::sync {

class Outbox {
 public:
  // Takes the sends of a step whose writes have been applied. Returns those that may leave at
  // once: none, for they wait for the commit.
  std::vector<SendFrame> hold(std::vector<SendFrame> sends);
  // After a successful commit of everything applied so far.
  std::vector<SendFrame> release();
  // After a rollback or a crash: nothing of it was ever true.
  void drop() { held_.clear(); }
  bool empty() const { return held_.empty(); }

 private:
  std::vector<SendFrame> held_;
};

}  // namespace yizhan::sync
