#include "node/runtime/node_backups.h"

#include "node/backup/backup_file.h"
#include "node/runtime/log.h"

namespace yizhan::node {
namespace {
constexpr std::int64_t kMinuteMs = 60'000;

}

// What was found bad is known here also when its mark could not be written.
BackupFacts NodeBackups::see(NodeId node, WallMs now) const {
  BackupShelf::Sight sight = BackupShelf(plan_.shelf).sight(node, now);
  const std::lock_guard hold(mutex_);
  if (sight.bad_file.empty()) sight.bad_file = bad_file_;
  return {sight.made_at, sight.verified_at, std::move(sight.bad_file)};
}

void NodeBackups::stop() {
  stopping_ = true;
  worker_.stop();
}

void NodeBackups::back_up(Done<BackupDone> done) {
  if (busy_.exchange(true)) {
    return done(fail(Errc::Busy, "another backup is being made", "backup"));
  }
  // The snapshot is taken after a commit, on the loop; the rest is none of the loop's business.
  calls_.loop().post([this, done = std::move(done)](Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this, done](const Result<void>&, const Core& core) {
      auto snapshot = core.store.snapshot();
      if (!snapshot) {
        busy_ = false;
        return done(fail(snapshot));
      }
      worker_.post([this, done, held = std::shared_ptr<SqliteStore>(std::move(*snapshot))] {
        make(*held, done);
      });
    };
  });
}

void NodeBackups::make(const SqliteStore& snapshot, const Done<BackupDone>& done) {
  SystemEntropy entropy;
  const auto made =
      make_backup(snapshot, plan_, entropy, calls_.time(), [this] { return !stopping_; });
  note(made);
  busy_ = false;
  if (!made) return done(fail(made));
  done(BackupDone{made->file.string(), static_cast<std::int64_t>(made->bytes), made->taken_at,
                  static_cast<std::int64_t>(made->removed)});
}

void NodeBackups::note(const Result<BackupMade>& made) {
  const std::lock_guard hold(mutex_);
  if (made) {
    hours_.last = made->taken_at;
    hours_.failed.reset();
    bad_file_.clear();
  } else {
    hours_.failed = calls_.time();
  }
}

void NodeBackups::on_turn(const Core& core) {
  if (plan_.data.empty()) return;
  const std::int64_t minute = core.wall.value / kMinuteMs;
  if (!looked_) {
    looked_ = true;
    minute_ = minute;
    return look_at_shelf(core.engine.node(), core.wall);
  }
  if (minute == minute_) return;
  minute_ = minute;
  {
    const std::lock_guard hold(mutex_);
    ++hours_.minutes;
    if (!is_backup_due(hours_, core.wall)) return;
  }
  back_up_by_itself();
}

void NodeBackups::back_up_by_itself() {
  back_up([this](const Result<BackupDone>& made) {
    if (!made && made.error().code != Errc::Busy) {
      return log_error("backup: " + made.error().detail);
    }
    if (!made) return;
    log_info("backup: " + std::to_string(made->bytes) + " bytes in " + made->file);
    worker_.post([this, file = std::filesystem::path(made->file)] { verify_made(file); });
  });
}

// Busy: the node stops, or somebody verifies just now; the next night comes.
void NodeBackups::verify_made(const std::filesystem::path& file) {
  SystemEntropy entropy;
  const auto verified = verify_and_mark(file, box_key_(), plan_.data / "verify.scratch", entropy,
                                        calls_.time(), [this] { return !stopping_; });
  if (verified) {
    log_info("backup: " + file.string() + " was opened and agrees");
  } else if (verified.error().code != Errc::Busy) {
    log_error("backup: " + file.string() + " was opened: " + verified.error().detail);
  }
  if (verified || !speaks_of_file(verified.error())) return;
  const std::lock_guard hold(mutex_);
  bad_file_ = file.filename().string();
}

// What an earlier run made; a medium may be slow to answer, so it is not the loop that asks.
void NodeBackups::look_at_shelf(NodeId node, WallMs now) {
  worker_.post([this, node, now] {
    const auto newest = see(node, now).made_at;
    const std::lock_guard hold(mutex_);
    if (!hours_.last) hours_.last = newest;
  });
}

}  // namespace yizhan::node
