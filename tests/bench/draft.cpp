#include "tests/bench/draft.h"

#include <ctime>

#include "crdt/life.h"
#include "node/app/schema.h"

namespace yizhan::bench {

std::int64_t day_of(const std::string& date) {
  std::tm parts{};
  strptime(date.c_str(), "%Y-%m-%d", &parts);
  return timegm(&parts) / 86'400;
}

std::int64_t minute_of(const std::string& slot) {
  return std::stoll(slot.substr(0, 2)) * 60 + std::stoll(slot.substr(3));
}

crdt::LifeState life_of(const std::string& status) {
  using enum crdt::Appointment;
  const auto state = status == "checked_in" ? CheckedIn
                     : status == "served"   ? Fulfilled
                     : status == "no_show"  ? NoShow
                                            : CancelledByClient;
  return static_cast<crdt::LifeState>(state);
}

std::int64_t day_of(const Insert& record) { return day_of(record.values[Date]); }

sync::Draft draft_of(const Update& update, const sync::Scope& scope, const crdt::Dot& record,
                     const crdt::EntityState& state) {
  using node::AppointmentField;
  sync::Draft draft;
  draft.scope = scope;
  const std::string& first = update.set[0].second;
  const std::string& second = update.set[1].second;
  if (update.set.front().first == Status) {
    draft.ops.push_back({record, crdt::LifeTo{life_of(first), state.life_dots()}});
    if (update.kind == 'C') {
      draft.personal.push_back({std::nullopt, {second}});  // who only carries has no other key
      crdt::RegSet note;
      note.assigns = {{id(AppointmentField::Note), crdt::PersonalRef{0, 0},
                       state.dots_of(id(AppointmentField::Note))}};
      draft.ops.push_back({record, std::move(note)});
      return draft;
    }
    draft.staff.value[0] = static_cast<std::uint8_t>(std::stoi(second.substr(5)));
    return draft;
  }
  crdt::RegSet set;
  set.assigns = {
      {id(AppointmentField::Date), day_of(first), state.dots_of(id(AppointmentField::Date))},
      {id(AppointmentField::Window), minute_of(second),
       state.dots_of(id(AppointmentField::Window))}};
  draft.ops.push_back({record, std::move(set)});
  return draft;
}

sync::Draft draft_of(const Insert& record, const sync::Scope& scope) {
  using node::AppointmentField;
  const auto& v = record.values;
  sync::Draft draft;
  draft.scope = scope;
  draft.personal.push_back({std::nullopt, {v[Name], v[Idno], v[Phone], v[Note]}});
  const std::int64_t window = minute_of(v[Slot]);
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
