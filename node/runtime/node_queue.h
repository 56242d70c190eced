// NodeQueue: QueueService over the engine loop.
#pragma once
#include "node/app/queue_service.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeQueue final : public QueueService {
 public:
  explicit NodeQueue(LoopCalls& calls) : calls_(calls) {}

 private:
  [[maybe_unused]] LoopCalls& calls_;
};

}  // namespace yizhan::node
