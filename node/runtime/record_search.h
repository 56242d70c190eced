// Record search: the index of this run, and who asks it.
//
// What        Builds the index on a thread of its own from a snapshot, then keeps it in step on the
//             loop. What is asked before it is there waits for it.
// Invariants  I1  every question is answered exactly once, also when the node stops.
//             I2  an answer reflects every commit before it.
//             I3  a turn of the loop decrypts at most kKeptPerTurn records for the index; only a
//                 question waits for more.
// Errors      Those of node/app/record_finder.h; Busy when the node stops.
// Source      design.md section 8.
#pragma once
#include <atomic>

#include "node/app/record_finder.h"
#include "node/policy/policy.h"
#include "node/runtime/loop_calls.h"
#include "node/runtime/worker.h"

namespace yizhan::node {

class RecordSearch {
 public:
  using MakeIdentity = std::function<sync::Identity()>;

  // `calls` and `policy` outlive this; `make_identity` is called on another thread.
  RecordSearch(LoopCalls& calls, const Policy& policy, MakeIdentity make_identity);

  void build();  // once, when the loop has been made; before it turns
  void stop();   // before the loop is stopped
  void on_turn(const Core& core, const std::vector<crdt::Dot>& changed);  // on the loop's thread

  void search(RecordQuery wish, const Done<RecordPage>& done);
  void lookup(LookupQuestion wish, const Done<Lookup>& done);

 private:
  using Ask = std::function<void(const Core& core, RecordFinder& finder)>;
  using Refuse = std::function<void(const Error&)>;
  struct Waiting {
    Ask ask;
    Refuse refuse;
  };
  void ask(Ask ask, Refuse refuse);
  void read_all(const SqliteStore& snapshot);
  void take(const Core& core, Result<SearchIndex> built);

  LoopCalls& calls_;
  const Policy& policy_;
  MakeIdentity make_identity_;
  std::atomic<bool> stopping_{false};
  std::optional<RecordFinder> finder_;  // these three: on the loop's thread
  std::optional<Error> failed_;
  std::vector<Waiting> waiting_;
  std::set<crdt::Dot> missed_;  // changed since the snapshot was asked for
  Worker building_;             // last: its job uses everything above
};

}  // namespace yizhan::node
