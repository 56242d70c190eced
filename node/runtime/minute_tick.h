// Minute tick: what time alone changes.
//
// What        Once a minute, notes who did not come, and has pages show the period, the waits and
//             the chip as they are now.
// Invariants  I1  nothing is marked while the clock cannot be right.
// Errors      A mark that fails is logged and tried again in the next minute.
// Source      ux.md W1, W4, W8 (a period begins on time); node/app/no_show.h.
#pragma once
#include "node/app/no_show.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class MinuteTick {
 public:
  // Both outlive the tick.
  MinuteTick(LoopCalls& calls, const Policy& policy) : calls_(calls), policy_(policy) {}

  void on_turn(const Core& core);  // on the loop's thread

 private:
  Result<std::vector<crdt::Dot>> mark(Core& core, sync::Effects& effects) const;
  void tell(const Core& core, const std::vector<crdt::Dot>& marked);

  LoopCalls& calls_;
  const Policy& policy_;
  RunWatch watch_;
  std::optional<Period> period_;
};

}  // namespace yizhan::node
