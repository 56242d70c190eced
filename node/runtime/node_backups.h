// NodeBackups: BackupService over the engine loop, and the backups that nobody asks for.
//
// What        Reads a snapshot on a thread of its own; looks once a minute whether one is due. One
//             that nobody asked for is opened again beside the data and recomputed: what cannot be
//             restored is no backup.
// Invariants  I1  one backup at a time.
//             I2  a node that stops does not wait for a backup: it is given up, and leaves nothing.
// Errors      See node/app/backup_service.h. What fails by itself is logged, and tried again.
// Source      design.md section 9; ux.md ST-11; ADR-0012.
#pragma once
#include <atomic>
#include <mutex>

#include "node/app/backup_service.h"
#include "node/app/health.h"
#include "node/backup/make_backup.h"
#include "node/runtime/backup_hours.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeBackups final : public BackupService {
 public:
  using BoxKey = std::function<sync::Secret32()>;
  // `calls` outlives this. A plan without a data folder makes none by itself. `box_key` opens the
  // backups of this node; any thread.
  NodeBackups(LoopCalls& calls, BackupPlan plan, BoxKey box_key)
      : calls_(calls), plan_(std::move(plan)), box_key_(std::move(box_key)) {}

  void back_up(Done<BackupDone> done) override;
  void on_turn(const Core& core);  // on the loop's thread
  void stop();                     // before the loop is stopped
  // Of this node, as they lie there now: on a thread that may wait for a medium.
  BackupFacts see(NodeId node, WallMs now) const;

 private:
  void look_at_shelf(NodeId node, WallMs now);
  void make(const SqliteStore& snapshot, const Done<BackupDone>& done);
  void note(const Result<BackupMade>& made);
  void back_up_by_itself();
  void verify_made(const std::filesystem::path& file);

  LoopCalls& calls_;
  BackupPlan plan_;
  BoxKey box_key_;
  std::atomic<bool> busy_{false};
  std::atomic<bool> stopping_{false};
  bool looked_ = false;       // on the loop's thread, as the next
  std::int64_t minute_ = 0;   // since 1970, of the last turn
  mutable std::mutex mutex_;  // for what follows
  BackupHours hours_;
  std::string bad_file_;  // the last one made, when it was found bad
  Worker worker_;         // last: its jobs use everything above
};

}  // namespace yizhan::node
