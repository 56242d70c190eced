// NodeBackups: BackupService over the engine loop, and the backups that nobody asks for.
//
// What        Reads a snapshot on a thread of its own; looks once a minute whether one is due.
// Invariants  I1  one backup at a time.
//             I2  a node that stops does not wait for a backup: it is given up, and leaves nothing.
// Errors      See node/app/backup_service.h. What fails by itself is logged, and tried again.
// Source      design.md section 9; ADR-0012.
#pragma once
#include <atomic>
#include <mutex>

#include "node/app/backup_service.h"
#include "node/backup/make_backup.h"
#include "node/runtime/backup_hours.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeBackups final : public BackupService {
 public:
  // `calls` outlives this. A plan without a data folder makes none by itself.
  NodeBackups(LoopCalls& calls, BackupPlan plan) : calls_(calls), plan_(std::move(plan)) {}

  void back_up(Done<BackupDone> done) override;
  void on_turn(const Core& core);  // on the loop's thread
  void stop();                     // before the loop is stopped
  // Of this node; empty: none is known.
  std::optional<WallMs> last() const;

 private:
  void look_at_shelf(NodeId node, WallMs now);
  void make(const SqliteStore& snapshot, const Done<BackupDone>& done);
  void note(const Result<BackupMade>& made);

  LoopCalls& calls_;
  BackupPlan plan_;
  std::atomic<bool> busy_{false};
  std::atomic<bool> stopping_{false};
  bool looked_ = false;       // on the loop's thread, as the next
  std::int64_t minute_ = 0;   // since 1970, of the last turn
  mutable std::mutex mutex_;  // for what follows
  BackupHours hours_;
  Worker worker_;  // last: its jobs use everything above
};

}  // namespace yizhan::node
