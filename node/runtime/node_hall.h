// NodeHall: HallService over the engine loop.
#pragma once
#include "node/app/hall_service.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeHall final : public HallService {
 public:
  explicit NodeHall(LoopCalls& calls) : calls_(calls) {}

 private:
  [[maybe_unused]] LoopCalls& calls_;
};

}  // namespace yizhan::node
