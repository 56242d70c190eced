#include "tests/bench/draft.h"

#include <ctime>

#include "crdt/life.h"
#include "node/app/schema.h"

namespace yizhan::bench {

std::int64_t day_of(const Insert& record) {
  std::tm parts{};
  strptime(record.values[Date].c_str(), "%Y-%m-%d", &parts);
  return timegm(&parts) / 86'400;
}

sync::Draft draft_of(const Insert& record, const sync::Scope& scope) {
  using node::AppointmentField;
  const auto& v = record.values;
  sync::Draft draft;
  draft.scope = scope;
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
  return draft;
}

}  // namespace yizhan::bench
