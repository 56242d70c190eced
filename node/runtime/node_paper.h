// NodePaper: PaperService over the engine loop.
#pragma once
#include "node/app/paper_service.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodePaper final : public PaperService {
 public:
  explicit NodePaper(LoopCalls& calls) : calls_(calls) {}

 private:
  [[maybe_unused]] LoopCalls& calls_;
};

}  // namespace yizhan::node
