// NodeRecords: RecordsService over the engine loop.
#pragma once
#include "node/app/records_service.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeRecords final : public RecordsService {
 public:
  explicit NodeRecords(LoopCalls& calls) : calls_(calls) {}

 private:
  [[maybe_unused]] LoopCalls& calls_;
};

}  // namespace yizhan::node
