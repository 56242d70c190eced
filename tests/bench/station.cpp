#include "tests/bench/station.h"

#include <ctime>
#include <stdexcept>

#include "crdt/life.h"
#include "node/app/schema.h"
#include "tests/sync/fixture.h"

namespace yizhan::bench {
namespace {

using node::AppointmentField;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}
void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().detail);
}

sync::Identity hub_identity() {
  sync::test::City city = sync::test::make_city(41);
  sync::Identity identity;
  identity.root_public = city.root.public_key();
  identity.certificate = city.hub.certificate;
  identity.secrets = std::move(city.hub.secrets);
  identity.trusted.push_back(city.hub.certificate);
  return identity;
}

}  // namespace

BenchStation::BenchStation(const std::filesystem::path& folder, bool create) {
  store_ = must(node::SqliteStore::open({folder, create}, entropy_));
  engine_ = std::make_unique<sync::Engine>(hub_identity(), *store_, entropy_);
  scope_ = {engine_->self().home, sync::ScopeClass::Biz};
  if (!create) return;
  sync::Effects out;
  must(engine_->certify(node::wall_now(), node::mono_now(), engine_->self(), out));
  must(store_->apply(out.writes));
  commit();
}

std::int64_t BenchStation::day_of(const Insert& record) {
  std::tm parts{};
  strptime(record.values[Date].c_str(), "%Y-%m-%d", &parts);
  return timegm(&parts) / 86'400;
}

crdt::Dot BenchStation::write(const Insert& record) {
  const auto& v = record.values;
  sync::Draft draft;
  draft.scope = scope_;
  draft.personal.push_back({std::nullopt, {v[Name], v[Idno], v[Phone], v[Note]}});
  const std::int64_t window = std::stoll(v[Slot].substr(0, 2)) * 60 + std::stoll(v[Slot].substr(3));
  crdt::RegSet set;
  set.assigns = {{id(AppointmentField::Item), v[Service], {}},
                 {id(AppointmentField::Date), day_of(record), {}},
                 {id(AppointmentField::Window), window, {}},
                 {id(AppointmentField::Name), crdt::PersonalRef{0, 0}, {}},
                 {id(AppointmentField::DocumentNumber), crdt::PersonalRef{0, 1}, {}},
                 {id(AppointmentField::Phone), crdt::PersonalRef{0, 2}, {}},
                 {id(AppointmentField::Note), crdt::PersonalRef{0, 3}, {}},
                 {id(AppointmentField::Channel), std::int64_t{1}, {}},
                 {id(AppointmentField::CreatedAt), record.ts, {}}};
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{id(node::Record::Appointment)}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  draft.ops.push_back(
      {sync::own_op(0),
       crdt::LifeTo{static_cast<crdt::LifeState>(crdt::Appointment::Confirmed), {}}});
  sync::Effects out;
  const auto written = must(engine_->write(node::wall_now(), node::mono_now(), draft, out));
  must(store_->apply(out.writes));
  return {written.id.stream, written.id.seq, 0};
}

void BenchStation::commit() {
  must(store_->commit());
  store_->take_committed_changes();
}

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
