#include "node/runtime/own_history.h"

#include <algorithm>

#include "node/runtime/clocks.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kGuardEveryMs = 500;  // and the sync itself: within a second

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
  next.reopened = wall_now();
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

Result<void> OwnHistory::before_release(MonoMs now) {
  return release_due_ ? put(now) : Result<void>{};
}

Result<void> OwnHistory::within_a_second(MonoMs now) {
  const bool due = behind_ && (now - put_at_).count() >= kGuardEveryMs;
  return due ? put(now) : Result<void>{};
}

Result<void> OwnHistory::put(MonoMs now) {
  put_at_ = now;
  if (auto done = guard_.put(facts_); !done) return done;
  behind_ = release_due_ = false;
  return {};
}

}  // namespace yizhan::node
