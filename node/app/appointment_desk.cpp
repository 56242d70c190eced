#include "node/app/appointment_desk.h"

#include <algorithm>

#include "node/app/next_number.h"
#include "node/app/person_limits.h"
#include "node/app/places.h"
#include "node/app/printed_number.h"
#include "node/app/record_acts.h"
#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/service_items.h"
#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;
using enum AppointmentField;

Result<std::string> offered(const std::string& item) {
  if (service_item(item) == nullptr) return fail(Errc::BadFormat, "item is not offered", "item");
  return item;
}

Result<std::optional<std::string>> checked_phone(const std::optional<std::string>& phone) {
  if (!phone) return std::optional<std::string>();
  auto parsed = parse_phone(*phone);
  if (!parsed) return fail(parsed);
  return std::optional<std::string>(std::move(*parsed));
}

// Those of what is asked for, in its order.
Result<std::vector<std::string>> still_to_bring(std::vector<std::string> out,
                                                const std::vector<std::string>& named) {
  for (const std::string& material : named) {
    if (std::find(out.begin(), out.end(), material) == out.end()) {
      return fail(Errc::BadFormat, "the item does not ask for it", "to_bring");
    }
  }
  std::erase_if(out, [&](const std::string& material) {
    return std::find(named.begin(), named.end(), material) == named.end();
  });
  return out;
}

// Kiosk and resident page: nobody of the station sees who asks.
bool from_afar(std::int64_t channel) {
  return channel == parse_channel("kiosk") || channel == parse_channel("h5");
}

}  // namespace

// ---- looking up

Result<AppointmentDesk::Found> AppointmentDesk::find(const std::string& id) const {
  const auto record = parse_record_id(id);
  if (!record) return fail(record);
  return find(*record);
}

Result<AppointmentDesk::Found> AppointmentDesk::find(const crdt::Dot& record) const {
  const auto scope = at_.engine.scope_of(record.stream);
  const auto none = fail(Errc::NotFound, "no such appointment here", "id");
  if (!scope || scope->cls != sync::ScopeClass::Biz) return none;
  auto state = at_.reads.entity(*scope, record);
  if (!state) return fail(state);
  const crdt::EntityState* held = state->get();
  if (held == nullptr || held->deleted || held->kind != node::id(Record::Appointment)) return none;
  Found found{{*scope, record}, std::move(*state), Life::Disputed};
  if (!held->life.empty()) found.life = crdt::resolve_appointment(held->life).state;
  return found;
}

Result<Appointment> AppointmentDesk::show(const std::string& id) const {
  const auto record = parse_record_id(id);
  if (!record) return fail(record);
  return show(*record);
}

Result<Appointment> AppointmentDesk::show(const crdt::Dot& record) const {
  const auto found = find(record);
  if (!found) return fail(found);
  auto shown = show_appointment(at_.engine, found->place, *found->state);
  if (!shown) return shown;
  shown->period = period_at(at_.policy, {number_of(*found->state, Date).value_or(0),
                                         number_of(*found->state, Window).value_or(0)});
  return shown;
}

Result<Appointment> AppointmentDesk::show_to(StaffRole role, const std::string& id) const {
  const auto found = find(id);
  if (!found) return fail(found);
  auto shown = show(found->place.dot);
  if (shown) shown->acts = acts_of(at_, role, {found->place, *found->state, found->life});
  return shown;
}

Result<std::vector<SlotRow>> AppointmentDesk::slots(const std::string& date) const {
  const auto day = parse_date(date);
  if (!day) return fail(day);
  const auto rows = at_.reads.day(at_.own_biz(), *day);
  if (!rows) return fail(rows);
  std::vector<SlotRow> out;
  for (const SlotPlan& plan : slots_of(at_.policy, *day)) {
    const auto taken = std::count_if(rows->begin(), rows->end(), [&](const DayEntry& row) {
      return row.window == plan.window && holds_a_place(row.state);
    });
    const ChinaMoment begin{*day, plan.window};
    const bool over =
        is_past(*day, plan.end, at_.wall) || is_too_late(at_.policy, begin, plan.period, at_.wall);
    const std::int64_t free = over ? 0 : std::max<std::int64_t>(0, plan.bookable - taken);
    out.push_back({minute_text(plan.window), plan.period, plan.capacity, taken, free,
                   cut_off_of(at_.policy, begin, plan.period), over});
  }
  return out;
}

// ---- rules

Result<void> AppointmentDesk::open_window(std::int64_t day, std::int64_t window,
                                          WallMs asked) const {
  const ChinaMoment now = china_moment(asked);
  if (day < now.day) return fail(Errc::BadFormat, "the day is past", "date");
  if (day > now.day + at_.policy.booking.horizon_days) {
    return fail(Errc::BadFormat, "further ahead than may be booked", "date");
  }
  if (!at_.policy.calendar.at(day).known) {
    return fail(Errc::Conflict, "no notice covers that day yet", "calendar");
  }
  const auto plan = slot_at(at_.policy, day, window);
  if (!plan) return fail(Errc::BadFormat, "no such window on that day", "window");
  if (is_past(day, plan->end, asked)) {
    return fail(Errc::BadFormat, "the window is past", "window");
  }
  if (is_too_late(at_.policy, {day, window}, plan->period, asked)) {
    return fail(Errc::Conflict, "the cut-off of that window is past", "cut_off");
  }
  return {};
}

Result<void> AppointmentDesk::open_to(const sync::Scope& scope,
                                      const CheckedBooking& booking) const {
  if (auto open = open_window(booking.day, booking.window, booking.at); !open) return open;
  const WantedPlace wanted{booking.day,
                           booking.item,
                           {booking.name, booking.document_number, booking.phone},
                           from_afar(booking.channel),
                           std::nullopt};
  auto allowed = check_person({at_.engine, at_.reads, memo_}, at_.policy.booking, scope, wanted);
  if (!allowed) return allowed;
  return check_free_place(at_.reads, at_.policy, scope, booking.day, booking.window);
}

Result<void> AppointmentDesk::may_hold(const Found& found, std::int64_t day,
                                       const std::string& item) const {
  auto person = person_of(at_.engine, found.place, *found.state);
  if (!person) return fail(person);
  const WantedPlace wanted{day, item, std::move(*person), false, found.place.dot};
  return check_person({at_.engine, at_.reads, memo_}, at_.policy.booking, found.place.scope,
                      wanted);
}

Result<void> AppointmentDesk::may_move_to(const Found& found, std::int64_t day,
                                          std::int64_t window) const {
  if (auto open = open_window(day, window, at_.wall); !open) return open;
  auto allowed = may_hold(found, day, text_of(*found.state, Item));
  if (!allowed) return allowed;
  return check_free_place(at_.reads, at_.policy, found.place.scope, day, window);
}

Result<CheckedBooking> AppointmentDesk::check(const NewAppointment& booking) const {
  CheckedBooking out;
  auto item = offered(booking.item);
  if (!item) return fail(item);
  out.item = std::move(*item);
  const auto day = parse_date(booking.date);
  if (!day) return fail(day);
  const auto window = parse_minute(booking.window);
  if (!window) return fail(window);
  out.day = *day;
  out.window = *window;
  auto name = parse_person_name(booking.name);
  if (!name) return fail(name);
  out.name = std::move(*name);
  const auto kind = parse_document_kind(booking.document.kind);
  if (!kind) return fail(kind);
  out.document = *kind;
  auto number = parse_document(*kind, booking.document.number, china_moment(at_.wall).day);
  if (!number) return fail(number);
  out.document_number = std::move(*number);
  auto phone = checked_phone(booking.phone);
  if (!phone) return fail(phone);
  out.phone = std::move(*phone);
  const auto channel = parse_channel(booking.channel);
  if (!channel) return fail(Errc::BadFormat, "unknown channel", "channel");
  out.channel = *channel;
  if (booking.note && !booking.note->empty()) out.note = booking.note;
  if (booking.agent) {
    auto agent =
        check_agent(*booking.agent, {out.document_number, out.day, china_moment(at_.wall).day});
    if (!agent) return fail(agent);
    out.agent = std::move(*agent);
  }
  auto to_bring = still_to_bring(papers_asked(out.item, booking.agent), booking.to_bring);
  if (!to_bring) return fail(to_bring);
  out.to_bring = std::move(*to_bring);
  out.at = at_.wall;
  return out;
}

Result<CheckedEdit> AppointmentDesk::check(const AppointmentEdit& edit) const {
  CheckedEdit out;
  if (edit.item) {
    if (auto item = offered(*edit.item); !item) return fail(item);
  }
  out.item = edit.item;
  out.note = edit.note;
  if (edit.phone && !edit.phone->empty()) {
    auto phone = checked_phone(edit.phone);
    if (!phone) return fail(phone);
    out.phone = std::move(*phone);
  } else {
    out.phone = edit.phone;
  }
  return out;
}

// ---- writing

Result<crdt::Dot> AppointmentDesk::book(const Intent& intent, const NewAppointment& booking) {
  const auto before = IntentWriter(at_).earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  if (!at_.engine.self().slot_owner) {
    return fail(Errc::OutOfScope, "this node owns no windows to book");
  }
  const sync::Scope scope = at_.own_biz();
  auto checked = check(booking);
  if (!checked) return fail(checked);
  auto late = check_late_entry(at_.reads, at_.policy.booking, scope, intent.staff.role, at_.wall,
                               {booking.occurred_at, booking.paper_number});
  if (!late) return fail(late);
  if (*late) checked->at = (*late)->at;
  if (auto open = open_to(scope, *checked); !open) return fail(open);
  auto number = *late ? Result<std::string>((*late)->number) : next_number(at_);
  if (!number) return fail(number);
  checked->number = std::move(*number);
  checked->late = std::move(*late);
  sync::Draft draft = draft_booking(scope, *checked);
  draft.business_ms = checked->at.value - at_.wall.value;
  return IntentWriter(at_).write(intent, std::move(draft), std::nullopt);
}

Result<crdt::Dot> AppointmentDesk::on_record(const Intent& intent, const Target& target,
                                             const Drafting& drafting) {
  const auto before = IntentWriter(at_).earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto found = find(target.id);
  if (!found) return fail(found);
  auto allowed =
      check_act(at_, intent.staff.role, target.act, {found->place, *found->state, found->life});
  if (!allowed) return fail(allowed);
  auto draft = drafting(*found);
  if (!draft) return fail(draft);
  return IntentWriter(at_).write(intent, std::move(*draft), found->place.dot);
}

Result<crdt::Dot> AppointmentDesk::edit(const Intent& intent, const AppointmentEdit& edit) {
  const Target target{edit.id, RecordAct::Edit};
  return on_record(intent, target, [&](const Found& found) -> Result<sync::Draft> {
    if (revision_of(*found.state) != edit.revision) {
      return fail(Errc::Conflict, "the record has changed since", "If-Match");
    }
    const auto checked = check(edit);
    if (!checked) return fail(checked);
    if (checked->item) {
      const std::int64_t day = number_of(*found.state, Date).value_or(0);
      if (auto allowed = may_hold(found, day, *checked->item); !allowed) return fail(allowed);
    }
    const auto key = person_key(*found.state);
    if (!key) return fail(Errc::StorageCorrupt, "the record has no person");
    return draft_edit(found.place.scope, found.place.dot, *found.state, *key, *checked);
  });
}

Result<crdt::Dot> AppointmentDesk::reschedule(const Intent& intent, const Reschedule& to) {
  const Target target{to.id, RecordAct::Reschedule};
  return on_record(intent, target, [&](const Found& found) -> Result<sync::Draft> {
    const RecordPlace& place = found.place;
    const auto day = parse_date(to.date);
    if (!day) return fail(day);
    const auto window = parse_minute(to.window);
    if (!window) return fail(window);
    if (number_of(*found.state, Date) == *day && number_of(*found.state, Window) == *window) {
      return fail(Errc::Conflict, "it is at that window already", "window");
    }
    if (auto reaches = authority_reaches(*found.state, *day); !reaches) return fail(reaches);
    if (auto open = may_move_to(found, *day, *window); !open) return fail(open);
    return draft_reschedule(place.scope, place.dot, *found.state, *day, *window);
  });
}

Result<crdt::Dot> AppointmentDesk::cancel(const Intent& intent, const Cancel& cancel) {
  const Target target{cancel.id, RecordAct::Cancel};
  return on_record(intent, target, [&](const Found& found) -> Result<sync::Draft> {
    const bool by_client = cancel.reason.starts_with("client_");
    const Life to = by_client ? Life::CancelledByClient : Life::CancelledByStation;
    if (!crdt::may_move(found.life, to)) {
      return fail(Errc::Conflict, "it was never confirmed by the station", "reason");
    }
    return draft_cancel(found.place.scope, found.place.dot, *found.state, cancel.reason);
  });
}

Result<crdt::Dot> AppointmentDesk::excuse(const Intent& intent, const Excuse& excuse) {
  const Target target{excuse.id, RecordAct::Excuse};
  return on_record(intent, target, [&](const Found& found) -> Result<sync::Draft> {
    const auto key = person_key(*found.state);
    if (!key) return fail(Errc::StorageCorrupt, "the record has no person");
    return draft_excuse(found.place.scope, found.place.dot, *found.state, *key, excuse.reason);
  });
}

Result<crdt::Dot> AppointmentDesk::mark_no_show(const Intent& intent, const std::string& id) {
  const Target target{id, RecordAct::NoShow};
  return on_record(intent, target, [](const Found& found) -> Result<sync::Draft> {
    return draft_no_show(found.place.scope, found.place.dot, *found.state);
  });
}

}  // namespace yizhan::node
