#include "tests/bench/station.h"

#include "tests/bench/draft.h"
#include "tests/sync/fixture.h"

namespace yizhan::bench {
namespace {

// Deriving the fixture's keys is no part of what is timed: they are made once.
sync::Identity hub_identity() {
  static const sync::test::City city = sync::test::make_city(41);
  sync::Identity identity;
  identity.root_public = city.root.public_key();
  identity.certificate = city.hub.certificate;
  identity.secrets = {sync::SignKey(city.hub.secrets.sign.seed().clone()),
                      city.hub.secrets.curve.clone(), city.hub.secrets.box.clone()};
  identity.trusted.push_back(city.hub.certificate);
  return identity;
}

}  // namespace

node::JournalOwner owner_of(const sync::Identity& identity) {
  return {identity.certificate.node(), node::journal_key(identity.secrets.sign)};
}

void attach_journal(node::SqliteStore& store, const node::JournalOwner& owner,
                    const std::function<sync::Identity()>& make_identity, sync::Entropy& entropy) {
  must(node::open_with_journal(store, {owner.node, owner.key.clone()}, make_identity, entropy,
                               {node::wall_now(), node::mono_now()}, node::ScanDepth::Newest));
}

BenchStation::BenchStation(const std::filesystem::path& folder, bool create) {
  store_ = must(node::SqliteStore::open({folder, create}, entropy_));
  static const node::JournalOwner owner = owner_of(hub_identity());
  attach_journal(*store_, owner, hub_identity, entropy_);
  engine_ = std::make_unique<sync::Engine>(hub_identity(), *store_, entropy_);
  scope_ = {engine_->self().home, sync::ScopeClass::Biz};
  if (!create) return;
  sync::Effects out;
  must(engine_->certify(node::wall_now(), node::mono_now(), engine_->self(), out));
  must(store_->apply(out.writes));
  commit();
}

crdt::Dot BenchStation::write(const Insert& record) {
  sync::Effects out;
  const auto written =
      must(engine_->write(node::wall_now(), node::mono_now(), draft_of(record, scope_), out));
  must(store_->apply(out.writes));
  return {written.id.stream, written.id.seq, 0};
}

void BenchStation::commit() { must(store_->commit()); }

void BenchStation::seal() {
  for (bool due = true; due;) {
    sync::Effects out;
    const MonoMs now = node::mono_now();
    engine_->step(node::wall_now(), now, sync::TimerFired{}, out);
    due = out.wake_at && *out.wake_at <= now;
    must(store_->apply(out.writes));
  }
}

bool BenchStation::get(const crdt::Dot& dot) {
  return must(store_->entity(scope_, dot)) != nullptr;
}

std::size_t BenchStation::day_list(std::int64_t date) {
  const auto rows = must(store_->day(scope_, date));
  for (const auto& row : rows) must(store_->entity(scope_, row.dot));
  return rows.size();
}

}  // namespace yizhan::bench
