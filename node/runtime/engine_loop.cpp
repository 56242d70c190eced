#include "node/runtime/engine_loop.h"

#include <algorithm>
#include <utility>

#include "node/runtime/log.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kTasksPerCommit = 256;  // bounds how long the first of a batch waits
constexpr int kTimerStepsPerCommit = 64;      // sealing, then sending, then covering, ...
constexpr std::chrono::milliseconds kIdleWait{1000};

}  // namespace

EngineLoop::EngineLoop(SqliteStore& store, std::function<sync::Identity()> make_identity,
                       std::unique_ptr<CurveLink> link, OnNotices on_notices)
    : store_(store),
      make_identity_(std::move(make_identity)),
      link_(std::move(link)),
      on_notices_(std::move(on_notices)) {
  restart_engine();
}

EngineLoop::~EngineLoop() { stop(); }

void EngineLoop::start() {
  thread_ = std::thread([this] { run(); });
}

void EngineLoop::stop() {
  stopping_ = true;
  link_->wake();
  if (thread_.joinable()) thread_.join();
}

void EngineLoop::post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  link_->wake();
}

bool EngineLoop::has_tasks() {
  const std::lock_guard lock(mutex_);
  return !tasks_.empty();
}

void EngineLoop::run() {
  while (!stopping_ || has_tasks()) run_once(wait_time());
}

void EngineLoop::run_once(std::chrono::milliseconds wait) {
  take_links(wait);
  take_tasks();
  take_timers();
  commit();
  if (time_ != nullptr) time_->keep();
}

std::chrono::milliseconds EngineLoop::wait_time() {
  if (has_tasks()) return std::chrono::milliseconds(0);
  if (!wake_at_) return kIdleWait;
  return std::clamp(*wake_at_ - mono_now(), std::chrono::milliseconds(0), kIdleWait);
}

Core EngineLoop::core() {
  return {*engine_, store_, wall(), mono_now(), listening_ended_, time_, history_};
}

WallMs EngineLoop::time() const { return time_ == nullptr ? wall_now() : time_->now(); }

// The engine marks what it writes while nobody can tell the time.
WallMs EngineLoop::wall() {
  const WallMs now = time();
  engine_->judge_clock(time_ == nullptr ? sync::ClockWorth::Unconfirmed : time_->state().worth);
  return now;
}

void EngineLoop::end_listening() {
  listening_ended_ = true;
  log_error(
      "link: the check of who connects has ended, so nobody below can; start this node again. What "
      "is written here is saved as before");
}

void EngineLoop::take_links(std::chrono::milliseconds wait) {
  for (LinkEvent& event : link_->poll(wait)) {
    if (std::holds_alternative<ListeningEnded>(event)) {
      end_listening();
      continue;
    }
    sync::Event step = sync::TimerFired{};
    if (const auto* up = std::get_if<LinkUp>(&event)) {
      step = sync::LinkOpened{up->link, up->peer, up->dialed};
    } else if (const auto* down = std::get_if<LinkDown>(&event)) {
      step = sync::LinkClosed{down->link};
    } else {
      auto& frame = std::get<LinkFrame>(event);
      step = sync::FrameReceived{frame.link, std::move(frame.bytes)};
    }
    sync::Effects effects;
    engine_->step(wall(), mono_now(), step, effects);
    settle(std::move(effects));
  }
}

void EngineLoop::take_tasks() {
  std::deque<Task> taken;
  {
    const std::lock_guard lock(mutex_);
    const auto count = static_cast<std::ptrdiff_t>(std::min(tasks_.size(), kTasksPerCommit));
    std::move(tasks_.begin(), tasks_.begin() + count, std::back_inserter(taken));
    tasks_.erase(tasks_.begin(), tasks_.begin() + count);
  }
  for (Task& task : taken) {
    sync::Effects effects;
    Core now = core();
    Answer answer = task(now, effects);
    settle(std::move(effects));
    if (answer) answers_.push_back(std::move(answer));
  }
}

void EngineLoop::take_timers() {
  for (int i = 0; i < kTimerStepsPerCommit && wake_at_ && *wake_at_ <= mono_now(); ++i) {
    wake_at_.reset();
    sync::Effects effects;
    engine_->step(wall(), mono_now(), sync::TimerFired{}, effects);
    settle(std::move(effects));
  }
}

void EngineLoop::note_changed(const std::vector<sync::Write>& writes) {
  if (!on_turn_) return;
  for (const sync::Write& write : writes) {
    if (const auto* put = std::get_if<sync::PutEntity>(&write)) changed_.push_back(put->dot);
  }
}

// Applies the writes of one step and keeps its frames until the commit.
void EngineLoop::settle(sync::Effects effects) {
  if (effects.storage_error) broken_ = effects.storage_error;
  if (effects.epoch) take_epoch(*effects.epoch);
  if (effects.attested && time_ != nullptr) time_->parent_says(*effects.attested);
  if (!broken_ && !effects.writes.empty()) {
    note_changed(effects.writes);
    if (history_ != nullptr) history_->note(effects.writes);
    if (const auto applied = store_.apply(effects.writes); !applied) broken_ = applied.error();
  }
  for (sync::SendFrame& send : outbox_.hold(std::move(effects.sends))) {
    link_->send(send.link, send.bytes);
  }
  for (const sync::LinkId link : effects.closes) {
    link_->drop(link);
  }
  std::move(effects.notices.begin(), effects.notices.end(), std::back_inserter(notices_));
  if (effects.wake_at)
    wake_at_ = wake_at_ ? std::min(*wake_at_, *effects.wake_at) : effects.wake_at;
}

void EngineLoop::commit() {
  Result<void> committed;
  if (broken_) {
    store_.rollback();
    committed = tl::unexpected<Error>(*broken_);
  } else if (store_.dirty()) {
    committed = store_.commit();
  }
  if (history_ != nullptr) committed ? history_->committed() : history_->dropped();
  if (!committed) {
    changed_.clear();
    outbox_.drop();
    restart_engine();
  } else if (epoch_opened_) {
    enter_epoch();
  } else if (!guard_release()) {
    outbox_.drop();
    restart_engine();
  }
  for (sync::SendFrame& send : outbox_.release()) {
    if (!link_->send(send.link, send.bytes)) link_->drop(send.link);
  }
  std::vector<Answer> answers;
  answers.swap(answers_);
  const Core now = core();
  std::vector<crdt::Dot> changed;
  changed.swap(changed_);
  if (on_turn_) on_turn_(now, changed);
  for (const Answer& answer : answers) answer(committed, now);
  std::vector<sync::Notice> notices;
  notices.swap(notices_);
  const bool members_changed =
      std::any_of(notices.begin(), notices.end(), [](const sync::Notice& notice) {
        return notice.kind == sync::Notice::Kind::AllowListChanged;
      });
  if (members_changed || others_may_ != engine_->takes_unknown_keys(now.wall)) set_allowed();
  if (on_notices_ && !notices.empty()) on_notices_(notices);
  tell_failure();
}

void EngineLoop::tell_failure() {
  if (!on_failure_) return;
  if (const auto failure = store_.failure()) std::exchange(on_failure_, nullptr)(*failure);
}

// False: the guard could not be written, so nothing may leave. What was saved here is saved.
bool EngineLoop::guard_release() {
  if (history_ == nullptr) return true;
  const auto guarded = history_->before_release(mono_now());
  if (!guarded) log_error("guard: " + guarded.error().detail);
  if (const auto kept = history_->within_a_second(mono_now()); !kept && guarded) {
    log_warn("guard: " + kept.error().detail);
  }
  return guarded.has_value();
}

void EngineLoop::take_epoch(const sync::Epoch& epoch) {
  if (history_ == nullptr) return;
  const auto kept = history_->keep_epoch(epoch);
  if (!kept) {
    broken_ = kept.error();
    return;
  }
  epoch_opened_ = true;
  log_warn("others hold more of this node's history than its database: a new epoch begins");
}

// The log is another one now: peers compare everything anew, on new links.
void EngineLoop::enter_epoch() {
  outbox_.drop();
  if (const auto entered = history_->enter(entropy_); !entered) {
    log_error("epoch: " + entered.error().detail);
  } else {
    epoch_opened_ = false;
  }
  restart_engine();
}

void EngineLoop::restart_engine() {
  broken_.reset();
  wake_at_.reset();
  engine_ = std::make_unique<sync::Engine>(make_identity_(), store_, entropy_);
  link_->drop_all();
  set_allowed();
}

void EngineLoop::set_allowed() {
  others_may_ = engine_->takes_unknown_keys(time());
  link_->set_allowed(engine_->allowed_curve_keys(), others_may_);
}

}  // namespace yizhan::node
