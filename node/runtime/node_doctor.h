// NodeDoctor: what a running node sees around itself, looked at now and then.
//
// What        The machine's checks and the backups on their medium, on a thread of their own: a
//             print queue or a stick may take seconds to answer.
// Invariants  I1  nothing is looked at twice within kFresh: pages ask often.
//             I2  every question is answered, also when the node stops.
// Errors      none.
// Source      ux.md W12, section 7 "doctor".
#pragma once
#include <atomic>
#include <functional>

#include "node/doctor/machine.h"
#include "node/runtime/node_backups.h"

namespace yizhan::node {

struct Surroundings {
  BackupFacts backups;
  std::vector<HealthCheck> checks;
};

class NodeDoctor {
 public:
  static constexpr std::int64_t kFreshMs = 20'000;
  using Told = std::function<void(const Surroundings&)>;

  // `backups` outlives this.
  NodeDoctor(const NodeBackups& backups, MachinePlan plan)
      : backups_(backups), plan_(std::move(plan)) {}

  void look_around(NodeId node, WallMs now, Told told);  // any thread
  void stop() { worker_.stop(); }                        // before the backups are stopped

 private:
  const NodeBackups& backups_;
  MachinePlan plan_;
  std::optional<MonoMs> looked_at_;  // on the worker's thread, as the next
  std::vector<HealthCheck> checks_;
  Worker worker_;  // last: its jobs use everything above
};

}  // namespace yizhan::node
