#include "node/runtime/node_backups.h"

#include "node/runtime/log.h"

namespace yizhan::node {
namespace {
constexpr std::int64_t kMinuteMs = 60'000;
}

std::optional<WallMs> NodeBackups::last() const {
  const std::lock_guard hold(mutex_);
  return hours_.last;
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
  back_up([](const Result<BackupDone>& made) {
    if (!made && made.error().code != Errc::Busy) {
      return log_error("backup: " + made.error().detail);
    }
    if (made) log_info("backup: " + std::to_string(made->bytes) + " bytes in " + made->file);
  });
}

// What an earlier run made; a medium may be slow to answer, so it is not the loop that asks.
void NodeBackups::look_at_shelf(NodeId node, WallMs now) {
  worker_.post([this, node, now] {
    const auto newest = BackupShelf(plan_.shelf).newest(node, now);
    const std::lock_guard hold(mutex_);
    if (!hours_.last) hours_.last = newest;
  });
}

}  // namespace yizhan::node
