// Engine loop: the one thread that owns the engine, the store and the links.
//
// What        Steps the engine with frames, timers and people's writes, in the order that the
//             engine's contract asks for: apply writes, commit, then release frames and answers.
//             What is already queued is gathered into one commit; it never waits for company.
// Invariants  I1  an answer is given only after the commit that made its write durable.
//             I2  a failed commit undoes every step since the last one: their answers are the
//                 error, links are dropped, and a new engine starts from what is durable.
//             I3  tasks run in the order in which they were posted.
//             I4  nothing leaves that the guard does not know (own_history.h).
//             I5  an error of the disk that ends the store is told within a turn, and every later
//                 answer is that error.
// Units       Milliseconds.
// Errors      Answers carry StorageFull, StorageIo or StorageCorrupt when a commit failed.
// Source      design.md sections 3 and 8; ADR-0005.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "node/net/curve_link.h"
#include "node/runtime/clocks.h"
#include "node/runtime/own_history.h"
#include "node/runtime/time_keeper.h"
#include "node/store/sqlite_store.h"
#include "sync/engine.h"
#include "sync/outbox.h"

namespace yizhan::node {

// What a task may use while it runs on the loop's thread.
struct Core {
  sync::Engine& engine;
  SqliteStore& store;
  WallMs wall;
  MonoMs mono;
  bool listening_ended = false;         // nobody below can connect until the node is started again
  TimeKeeper* time = nullptr;           // null: the machine's clock is taken as it is
  const OwnHistory* history = nullptr;  // none: nothing that was put back is noticed
};

class EngineLoop {
 public:
  // Called after the commit that holds what the task wrote, or with the error that undid it. It may
  // read, but not write.
  using Answer = std::function<void(const Result<void>& committed, const Core& core)>;
  // Runs on the loop. Writes it caused are in `effects`; the answer waits for the commit.
  using Task = std::function<Answer(Core&, sync::Effects&)>;
  using OnNotices = std::function<void(const std::vector<sync::Notice>&)>;
  // Once, when the disk refused what only another start can mend; on the loop's thread.
  using OnFailure = std::function<void(const Error& error)>;
  // After each turn of the loop, with the records that its commit changed.
  using OnTurn = std::function<void(const Core& core, const std::vector<crdt::Dot>& changed)>;

  // `store` outlives the loop. `on_notices` is called on the loop's thread. A node that talks to
  // nobody has a link that neither binds nor dials.
  EngineLoop(SqliteStore& store, std::function<sync::Identity()> make_identity,
             std::unique_ptr<CurveLink> link, OnNotices on_notices);
  ~EngineLoop();

  // Before start(); outlives the loop. Without one nothing that was put back is noticed.
  void guard_with(OwnHistory& history) { history_ = &history; }
  // Before start(); outlives the loop.
  void tell_time_by(TimeKeeper& time) { time_ = &time; }
  void watch(OnTurn on_turn) { on_turn_ = std::move(on_turn); }                   // before start()
  void on_failure(OnFailure on_failure) { on_failure_ = std::move(on_failure); }  // before start()
  void start();
  void stop();           // after everything queued has been answered
  WallMs time() const;   // any thread
  void post(Task task);  // any thread
  // Runs what is queued and due, once, on the caller's thread: for a node that does not serve.
  void run_once(std::chrono::milliseconds wait);

 private:
  void run();
  bool has_tasks();
  Core core();
  WallMs wall();
  void take_links(std::chrono::milliseconds wait);
  void end_listening();
  void set_allowed();
  void take_tasks();
  void take_timers();
  void commit();
  void settle(sync::Effects effects);
  void note_changed(const std::vector<sync::Write>& writes);
  bool guard_release();
  void take_epoch(const sync::Epoch& epoch);
  void enter_epoch();
  void restart_engine();
  void tell_failure();
  std::chrono::milliseconds wait_time();

  SqliteStore& store_;
  std::function<sync::Identity()> make_identity_;
  std::unique_ptr<CurveLink> link_;
  OnNotices on_notices_;
  OnTurn on_turn_;
  OnFailure on_failure_;  // empty once it was called
  OwnHistory* history_ = nullptr;
  TimeKeeper* time_ = nullptr;
  SystemEntropy entropy_;
  std::unique_ptr<sync::Engine> engine_;
  sync::Outbox outbox_;
  std::vector<Answer> answers_;  // of the open transaction
  std::vector<sync::Notice> notices_;
  std::vector<crdt::Dot> changed_;  // records that the open transaction writes
  std::optional<MonoMs> wake_at_;
  std::optional<Error> broken_;  // a step met a damaged store: roll back at the commit
  bool listening_ended_ = false;
  bool others_may_ = false;    // dial: keys that nobody here knows
  bool epoch_opened_ = false;  // durable, and to be entered after the commit

  std::mutex mutex_;
  std::deque<Task> tasks_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace yizhan::node
