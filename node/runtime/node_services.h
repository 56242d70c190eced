// Node services: every service of one node, wired to its loop.
//
// What        Made before the loop and the listeners, attached to both; `serve` and the benchmark
//             build the same node.
// Invariants  I1  stop() leaves no job of a service running; call it before the loop is stopped.
// Errors      none.
#pragma once
#include "node/http/services.h"
#include "node/runtime/minute_tick.h"
#include "node/runtime/node_backups.h"
#include "node/runtime/node_feedback.h"
#include "node/runtime/node_hall.h"
#include "node/runtime/node_paper.h"
#include "node/runtime/node_queue.h"
#include "node/runtime/node_records.h"
#include "node/runtime/node_service.h"

namespace yizhan::node {

class NodeServices {
 public:
  // `store` and the policy of `facts` outlive this.
  // `make_identity` as for the loop; called on other threads.
  NodeServices(SqliteStore& store, NodeFacts facts, const Pepper& pepper,
               std::function<sync::Identity()> make_identity);

  void begin(EngineLoop& loop);  // when attached, before it turns
  // `events` may be null: nobody is told.
  void attach(EngineLoop* loop, PageEvents* events) { calls_.attach(loop, events); }
  void on_notices(const std::vector<sync::Notice>& notices);  // on the loop's thread
  void stop();

  Service& node() { return node_; }
  // The devices of the hall that may ask; before the loop is started.
  Result<std::vector<DevicePass>> passes() const { return hall_.passes(); }
  operator http::Services() {
    return {node_, queue_, hall_, feedback_, paper_, records_, backups_};
  }

 private:
  const Policy& policy_;
  std::string name_;
  std::string printer_;
  LoopCalls calls_;
  NodeBackups backups_;
  NodeDoctor doctor_;
  NodeService node_;
  NodeQueue queue_;
  NodeHall hall_;
  NodeFeedback feedback_;
  NodePaper paper_;
  NodeRecords records_;
  MinuteTick tick_;
};

}  // namespace yizhan::node
