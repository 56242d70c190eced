#include "tests/storage/parent.h"

#include "crdt/base/check.h"
#include "crdt/codec/state_codec.h"

namespace yizhan::storage {
namespace {

constexpr std::int64_t kEpochMs = 1'790'000'000'000;

}  // namespace

Parent::Parent(const Machine& machine, std::uint64_t seed, std::uint64_t life)
    : machine_(machine),
      entropy_(sim::Prng(seed, "parent")),
      store_(seed + life),
      engine_(machine.of_hub(), store_.live(), entropy_) {
  for (const sync::Certificate& member :
       {machine.city.hub.certificate, machine.station.certificate}) {
    sync::Effects out;
    YZ_CHECK(engine_.certify({kEpochMs}, {0}, member, out).has_value());
    settle(out);
  }
}

void Parent::deliver(const sync::Event& event, std::int64_t now) {
  sync::Effects out;
  engine_.step({kEpochMs + now}, {now}, event, out);
  settle(out);
}

void Parent::pass_time(std::int64_t now) {
  if (!wake_at_ || wake_at_->value > now) return;
  wake_at_.reset();
  deliver(sync::TimerFired{}, now);
}

void Parent::settle(sync::Effects& out) {
  store_.apply(std::move(out.writes));
  outbox_.hold(std::move(out.sends));
  if (out.wake_at) wake_at_ = wake_at_ ? std::min(*wake_at_, *out.wake_at) : out.wake_at;
  static_cast<void>(store_.commit());
  for (sync::SendFrame& frame : outbox_.release()) sent.push_back(std::move(frame));
}

std::string Parent::root(const sync::Scope& scope) const {
  crdt::StateRoot root;
  for (const auto& [key, state] : store_.live().all_entities()) {
    if (key.first == scope) root.add(key.second, *state);
  }
  return to_hex(root.finish());
}

std::map<StreamId, std::uint64_t> Parent::held() const {
  std::map<StreamId, std::uint64_t> held;
  for (const sync::StreamRow& row : store_.live().streams()) {
    if (row.author == machine_.node()) held[row.id] = row.seq;
  }
  return held;
}

}  // namespace yizhan::storage
