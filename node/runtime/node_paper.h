// NodePaper: PaperService over the engine loop.
#pragma once
#include "node/app/paper_service.h"
#include "node/policy/policy.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodePaper final : public PaperService {
 public:
  // All outlive this.
  NodePaper(LoopCalls& calls, const Policy& policy, std::string station_name)
      : calls_(calls), policy_(policy), station_name_(std::move(station_name)) {}

  void policy(Done<PolicyFacts> done) override;
  void calendar(CalendarQuery query, Done<std::vector<CalendarRow>> done) override;

 private:
  LoopCalls& calls_;
  const Policy& policy_;
  std::string station_name_;
};

}  // namespace yizhan::node
