// Loop calls: the three ways in which a service uses the engine loop.
//
// What        change() writes and answers after the commit; look() reads what is durable; study()
//             reads a snapshot on a thread of its own, for what takes as long as there is history.
// Invariants  I1  every call is answered exactly once, also when the loop stops.
//             I2  can_save() tells how the last commit of a write ended.
// Errors      Those of the work, or of the commit.
// Source      style.md section 6; ADR-0008.
#pragma once
#include <atomic>

#include "node/app/service.h"
#include "node/runtime/engine_loop.h"
#include "node/runtime/worker.h"

namespace yizhan::node {

class LoopCalls {
 public:
  template <class T>
  using Work = std::function<Result<T>(Core& core, sync::Effects& effects)>;
  template <class T>
  using Read = std::function<Result<T>(const Core& core)>;
  template <class T>
  using Study = std::function<Result<T>(const SqliteStore& snapshot)>;

  // Both outlive the calls. `events` may be null: nobody is told.
  void attach(EngineLoop* loop, PageEvents* events);
  void stop();  // before the loop is stopped
  // `told` runs on the loop's thread after each commit that holds a write.
  void when_written(std::function<void()> told) { written_ = std::move(told); }

  // Runs `work` as a task and answers after the commit.
  template <class T>
  void change(Done<T> done, Work<T> work);
  // Runs `read` after a commit, so that it sees what is durable.
  template <class T>
  void look(Done<T> done, Read<T> read);
  // Runs `read` over what was durable when it was asked for, so that no clerk waits for it.
  template <class T>
  void study(Done<T> done, Study<T> read, Damage damage = Damage::Refuse);

  void tell_written() {
    if (written_) written_();
  }

  // The queue, its windows or who is expected changed: pages load anew. On the loop's thread.
  void queue_touched();
  std::int64_t queue_revision() const { return queue_revision_; }
  // Another seat holds a window now; empty: none.
  void window_changed(std::int64_t number, const std::string& seat);

  EngineLoop& loop() { return *loop_; }
  WallMs time() const { return loop_->time(); }
  PageEvents* events() { return events_; }
  bool can_save() const { return can_save_; }
  void note_commit(const Result<void>& committed) { can_save_ = committed.has_value(); }

 private:
  EngineLoop* loop_ = nullptr;
  PageEvents* events_ = nullptr;
  std::atomic<bool> can_save_{true};
  std::function<void()> written_;
  std::atomic<std::int64_t> queue_revision_{0};
  Worker reading_;  // last: its jobs use everything above
};

// Some reads give no error; what they met on a damaged page would be missing from the answer.
// Nothing waits for a commit here, so nobody else has to hear of it.
template <class T>
Result<T> unless_damaged(SqliteStore& store, Result<T> answer) {
  if (const auto damage = store.take_damage()) return tl::unexpected<Error>(*damage);
  return answer;
}

template <class T>
void LoopCalls::change(Done<T> done, Work<T> work) {
  loop_->post([this, done = std::move(done), work = std::move(work)](
                  Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    auto value = std::make_shared<Result<T>>(work(core, effects));
    return [this, done, value](const Result<void>& committed, const Core&) {
      if (*value) note_commit(committed);  // what was refused says nothing of the disk
      if (*value && !committed) return done(fail(committed));
      const bool written = value->has_value();
      done(std::move(*value));
      if (written) tell_written();
    };
  });
}

template <class T>
void LoopCalls::look(Done<T> done, Read<T> read) {
  loop_->post([done = std::move(done), read = std::move(read)](
                  Core&, sync::Effects&) -> EngineLoop::Answer {
    return [done, read](const Result<void>&, const Core& core) {
      done(unless_damaged<T>(core.store, read(core)));
    };
  });
}

template <class T>
void LoopCalls::study(Done<T> done, Study<T> read, Damage damage) {
  loop_->post([this, done = std::move(done), read = std::move(read), damage](
                  Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this, done, read, damage](const Result<void>&, const Core& core) {
      auto snapshot = core.store.snapshot(damage);
      if (!snapshot) return done(fail(snapshot));
      reading_.post([done, read, held = std::shared_ptr<SqliteStore>(std::move(*snapshot))] {
        done(unless_damaged<T>(*held, read(*held)));
      });
    };
  });
}

}  // namespace yizhan::node
