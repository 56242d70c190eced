// NodeRecords: RecordsService over the engine loop.
//
// Invariants  I1  what takes as long as there is something pending is read beside the loop.
// Errors      See node/app/records_service.h.
#pragma once
#include <mutex>

#include "node/app/health.h"
#include "node/app/pending.h"
#include "node/app/records_service.h"
#include "node/policy/policy.h"
#include "node/runtime/fork_watch.h"
#include "node/runtime/node_doctor.h"
#include "node/runtime/node_hall.h"
#include "node/runtime/node_service.h"
#include "node/runtime/record_search.h"

namespace yizhan::node {

class NodeRecords final : public RecordsService {
 public:
  // All outlive this.
  NodeRecords(LoopCalls& calls, NodeService& node, const NodeHall& hall, NodeDoctor& doctor,
              const Policy& policy, RecordSearch::MakeIdentity make_identity)
      : calls_(calls),
        node_(node),
        hall_(hall),
        doctor_(doctor),
        policy_(policy),
        search_(calls, policy, std::move(make_identity)) {}

  void begin() { search_.build(); }  // once, when attached, before the loop turns
  void on_turn(const Core& core, const std::vector<crdt::Dot>& changed) {
    search_.on_turn(core, changed);
  }
  void on_notices(const std::vector<sync::Notice>& notices) { forks_.note(notices, calls_.time()); }
  void stop() { search_.stop(); }  // before the loop is stopped

  void sign_in_names(Done<std::vector<NameTile>> done) override;
  void sync_state(Done<SyncState> done) override;
  void health(Done<HealthReport> done) override;
  void health_package(Done<HealthPackage> done) override;
  void verify_now(Done<VerifyReport> done) override;
  void lookup(LookupQuestion wish, Done<Lookup> done) override;
  void overview(std::optional<std::string> date, Done<Overview> done) override;
  void station(std::string node, std::optional<std::string> date,
               Done<StationDetail> done) override;
  void search(RecordQuery wish, Done<RecordPage> done) override;

 private:
  // What is pending now, beside what `read` takes of the core at the same moment.
  template <class T>
  void with_pending(Done<T> done, std::function<T(const Core&)> read,
                    std::function<void(T&, Pending)> add);
  HealthFacts facts_of(const Core& core);

  LoopCalls& calls_;
  NodeService& node_;
  const NodeHall& hall_;
  NodeDoctor& doctor_;
  const Policy& policy_;
  std::mutex mutex_;  // for `last_verify_`, which the reading thread writes
  std::optional<std::pair<WallMs, VerifyReport>> last_verify_;
  ForkWatch forks_;
  RecordSearch search_;
};

}  // namespace yizhan::node
