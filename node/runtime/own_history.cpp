#include "node/runtime/own_history.h"

#include <algorithm>

#include "node/policy/china_time.h"
#include "node/store/queue_tables.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kGuardEveryMs = 500;  // and the sync itself: within a second
constexpr std::array<std::int64_t, 2> kTicketSeries{0, 1};

}  // namespace

OwnHistory::OwnHistory(NodeFiles files, NodeIdentity identity, const NodeKeys& keys,
                       SqliteStore& store, Guard guard)
    : files_(std::move(files)),
      identity_(std::move(identity)),
      keys_(keys),
      store_(store),
      guard_(std::move(guard)) {}

Result<std::unique_ptr<OwnHistory>> OwnHistory::open(const NodeFiles& files, NodeIdentity identity,
                                                     const NodeKeys& keys, SqliteStore& store,
                                                     sync::Entropy& entropy) {
  auto guard = Guard::open(files.folder(), guard_key(keys.secrets.sign), store.disk());
  if (!guard) return fail(guard);
  std::unique_ptr<OwnHistory> history(
      new OwnHistory(files, std::move(identity), keys, store, std::move(*guard)));
  if (const auto entered = history->enter(entropy); !entered) return fail(entered);
  return history;
}

sync::Identity OwnHistory::identity() const {
  const std::lock_guard lock(mutex_);
  return engine_identity(identity_, keys_);
}

Result<void> OwnHistory::keep_epoch(const sync::Epoch& epoch) {
  const std::lock_guard lock(mutex_);
  NodeIdentity next = identity_;
  next.epoch = epoch;
  if (auto saved = files_.save_identity(next); !saved) return saved;
  identity_ = std::move(next);
  return {};
}

Result<void> OwnHistory::enter(sync::Entropy& entropy) {
  const sync::Identity self = identity();
  auto checked = check_epoch(store_, guard_, self.certificate.node(), self.epoch, entropy,
                             [this](const sync::Epoch& epoch) { return keep_epoch(epoch); });
  if (!checked) return fail(checked);
  checked_ = *checked;
  facts_ = *guard_.facts();
  store_.set_printed_marks(facts_.marks);
  return {};
}

void OwnHistory::note(const std::vector<sync::Write>& writes) {
  const NodeId self = identity_.certificate.node();
  for (const sync::Write& write : writes) {
    const auto* put = std::get_if<sync::PutStream>(&write);
    if (put == nullptr || put->row.author != self || put->row.epoch != facts_.epoch) continue;
    pending_[put->row.id] = {put->row.seq, put->row.sealed};
  }
}

void OwnHistory::committed() {
  for (const auto& [stream, now] : pending_) {
    GuardedStream& guarded = facts_.streams[stream];
    release_due_ = release_due_ || now.released > guarded.released;
    guarded = now;
    behind_ = true;
  }
  pending_.clear();
}

Result<void> OwnHistory::before_release(WallMs wall, MonoMs now) {
  return release_due_ ? put(wall, now) : Result<void>{};
}

Result<void> OwnHistory::within_a_second(WallMs wall, MonoMs now) {
  const bool due = behind_ && (now - put_at_).count() >= kGuardEveryMs;
  return due ? put(wall, now) : Result<void>{};
}

Result<void> OwnHistory::put(WallMs wall, MonoMs now) {
  put_at_ = now;
  facts_.marks = marks(wall);
  if (auto done = guard_.put(facts_); !done) return done;
  behind_ = release_due_ = false;
  return {};
}

// The highest numbers of the day, those that an earlier guard knew of included.
PrintedMarks OwnHistory::marks(WallMs wall) const {
  const sync::Scope own{identity_.certificate.home, sync::ScopeClass::Biz};
  const PrintedMarks& before = store_.printed_marks();
  PrintedMarks now;
  now.day = china_moment(wall).day;
  if (before.day == now.day) now = before;
  now.printed = std::max(now.printed, store_.printed_highest(own, now.day).value_or(0));
  for (const std::int64_t series : kTicketSeries) {
    const std::int64_t held = store_.queue().ticket_highest(own, now.day, series).value_or(0);
    if (held > 0) now.tickets[series] = std::max(now.tickets[series], held);
  }
  return now;
}

}  // namespace yizhan::node
