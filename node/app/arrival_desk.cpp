#include "node/app/arrival_desk.h"

#include <algorithm>

#include "node/app/next_number.h"
#include "node/app/record_acts.h"
#include "node/app/record_id.h"
#include "node/app/ticket_number.h"
#include "node/app/visit_desk.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/periods.h"
#include "node/policy/person_document.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

using Field = VisitField;
using Life = crdt::Appointment;
constexpr std::int64_t kClockSlackMs = 60'000;

// The personal fields of a walk-in, each in its kept spelling.
Result<void> add_person(const NewVisit& wish, std::int64_t today, PersonFields& person,
                        RecordEdit& visit) {
  if (wish.name) {
    auto name = parse_person_name(*wish.name);
    if (!name) return fail(name);
    visit.set(Field::Name, person.add(std::move(*name)));
  }
  if (wish.document) {
    const auto kind = parse_document_kind(wish.document->kind);
    if (!kind) return fail(kind);
    auto number = parse_document(*kind, wish.document->number, today);
    if (!number) return fail(number);
    visit.set(Field::DocumentKind, static_cast<std::int64_t>(*kind));
    visit.set(Field::DocumentNumber, person.add(std::move(*number)));
  }
  if (wish.phone) {
    auto phone = parse_phone(*wish.phone);
    if (!phone) return fail(phone);
    visit.set(Field::Phone, person.add(std::move(*phone)));
  }
  if (wish.note && !wish.note->empty()) visit.set(Field::Note, person.add(*wish.note));
  return {};
}

}  // namespace

Result<ArrivalDesk::Booked> ArrivalDesk::find(const std::string& id) const {
  const auto record = parse_record_id(id);
  if (!record) return fail(record);
  const auto scope = at_.engine.scope_of(record->stream);
  const auto none = fail(Errc::NotFound, "no such appointment here", "id");
  if (!scope || scope->cls != sync::ScopeClass::Biz) return none;
  auto state = at_.reads.entity(*scope, *record);
  if (!state) return fail(state);
  const crdt::EntityState* held = state->get();
  if (held == nullptr || held->deleted || held->kind != node::id(Record::Appointment)) return none;
  Booked found{{*scope, *record}, std::move(*state), Life::Disputed};
  if (!held->life.empty()) found.life = crdt::resolve_appointment(held->life).state;
  return found;
}

Result<std::string> ArrivalDesk::next_ticket(std::int64_t day, Priority priority) const {
  return node::next_ticket(at_, day, priority == Priority::None ? 0 : 1);
}

Result<WallMs> ArrivalDesk::arrived_at(const Intent& intent, const NewVisit& wish) const {
  if (!wish.occurred_at) return at_.wall;
  if (wish.occurred_at->value > at_.wall.value + kClockSlackMs) {
    return fail(Errc::BadFormat, "it cannot have happened later than now", "occurred_at_ms");
  }
  const auto reach = check_reach(at_.policy.booking, intent.staff.role, at_.wall, *wish.occurred_at,
                                 "occurred_at_ms");
  if (!reach) return fail(reach);
  return *wish.occurred_at;
}

Result<ArrivalDesk::Came> ArrivalDesk::when_came(const Intent& intent, const NewVisit& wish) const {
  if (wish.outcome && !wish.occurred_at) {
    return fail(Errc::BadFormat, "only what happened before is over", "outcome");
  }
  Came out;
  if (wish.paper_number) {
    auto late = check_late_entry(at_.reads, at_.policy.booking, at_.own_biz(), intent.staff.role,
                                 at_.wall, {wish.occurred_at, wish.paper_number});
    if (!late) return fail(late);
    out.at = (*late)->at;
    out.form = std::move(*late);
  } else {
    const auto at = arrived_at(intent, wish);
    if (!at) return fail(at);
    out.at = *at;
  }
  out.day = china_moment(wish.outcome ? out.at : at_.wall).day;
  return out;
}

// ---- a ticket for a person who walks in

void ArrivalDesk::enter_as_served(RecordEdit& visit, WallMs at, Outcome outcome) const {
  visit
      .set(Field::FinishedAt, at.value)  // nobody wrote down when it began
      .set(Field::Outcome, static_cast<std::int64_t>(outcome))
      .set(Field::Rated, static_cast<std::int64_t>(Rated::NotRated))
      .move(crdt::Visit::Finished);
  const auto period = period_at(at_.policy, china_moment(at));
  if (period) visit.set(Field::Period, static_cast<std::int64_t>(*period));
}

Result<sync::Draft> ArrivalDesk::draft_ticket(const Intent& intent, const NewVisit& wish) const {
  if (service_item(wish.item) == nullptr) {
    return fail(Errc::BadFormat, "item is not offered", "item");
  }
  const auto came = when_came(intent, wish);
  if (!came) return fail(came);
  const auto ticket = next_ticket(came->day, wish.priority);
  if (!ticket) return fail(ticket);
  sync::Draft draft = empty_draft(at_.own_biz());
  PersonFields person(std::nullopt);
  RecordEdit visit(Record::Visit, 0);
  if (auto added = add_person(wish, china_moment(at_.wall).day, person, visit); !added)
    return fail(added);
  visit.set(Field::Ticket, *ticket)
      .set(Field::Item, wish.item)
      .set(Field::Priority, static_cast<std::int64_t>(wish.priority))
      .set(Field::BusinessDate, came->day)
      .set(Field::ArrivedAt, came->at.value)
      .set_if(Field::PaperNumber, wish.paper_number)
      .move(crdt::Visit::Waiting);
  if (wish.outcome) enter_as_served(visit, came->at, *wish.outcome);
  if (wish.occurred_at) visit.set(Field::LateEntry, std::int64_t{1});
  visit.into(draft);
  if (came->form) draft.ops.push_back(use_form(*came->form));
  person.put_into(draft);
  draft.business_ms = came->at.value - at_.wall.value;
  return draft;
}

Result<CheckedIn> ArrivalDesk::take_ticket(const Intent& intent, const NewVisit& wish) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return CheckedIn{**before, false};
  if (!at_.engine.self().slot_owner) {
    return fail(Errc::OutOfScope, "this node has no counter of its own");
  }
  auto draft = draft_ticket(intent, wish);
  if (!draft) return fail(draft);
  const auto visit = writer.write(intent, std::move(*draft), std::nullopt);
  if (!visit) return fail(visit);
  return CheckedIn{*visit, false};
}

// ---- a person who has an appointment

Result<sync::Draft> ArrivalDesk::draft_check_in(const Booked& booked) const {
  const crdt::EntityState& state = *booked.state;
  const std::int64_t today = china_moment(at_.wall).day;
  const auto ticket = next_ticket(today, Priority::None);
  if (!ticket) return fail(ticket);
  const ChinaMoment slot{number_of(state, AppointmentField::Date).value_or(today),
                         number_of(state, AppointmentField::Window).value_or(0)};
  sync::Draft draft = empty_draft(booked.place.scope);
  RecordEdit(Record::Visit, 0)
      .set(Field::Ticket, *ticket)
      .set(Field::Item, text_of(state, AppointmentField::Item))
      .set(Field::Priority, static_cast<std::int64_t>(Priority::None))
      .set(Field::Appointment, record_bytes(booked.place.dot))
      .set(Field::BusinessDate, today)
      .set(Field::ArrivedAt, at_.wall.value)
      .set(Field::SlotAt, wall_at(slot).value)
      .move(crdt::Visit::Waiting)
      .into(draft);
  RecordEdit(booked.place.dot, state).move(Life::CheckedIn).into(draft);
  return draft;
}

Result<CheckedIn> ArrivalDesk::check_in(const Intent& intent, const std::string& appointment) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return CheckedIn{**before, false};
  const auto booked = find(appointment);
  if (!booked) return fail(booked);
  const auto allowed = check_act(at_, intent.staff.role, RecordAct::CheckIn,
                                 {booked->place, *booked->state, booked->life});
  const auto came = at_.reads.arrival(booked->place.scope, booked->place.dot);
  if (!came) return fail(came);
  if (*came && !allowed && allowed.error().code == Errc::Conflict) return CheckedIn{**came, true};
  if (!allowed) return fail(allowed);
  auto draft = draft_check_in(*booked);
  if (!draft) return fail(draft);
  const auto visit = writer.write(intent, std::move(*draft), std::nullopt);
  if (!visit) return fail(visit);
  return CheckedIn{*visit, false};
}

Result<crdt::Dot> ArrivalDesk::finish(const Intent& intent, const std::string& appointment) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto booked = find(appointment);
  if (!booked) return fail(booked);
  const auto allowed = check_act(at_, intent.staff.role, RecordAct::Finish,
                                 {booked->place, *booked->state, booked->life});
  if (!allowed) return fail(allowed);
  sync::Draft draft = empty_draft(booked->place.scope);
  RecordEdit(booked->place.dot, *booked->state).move(Life::Fulfilled).into(draft);
  const auto came = at_.reads.arrival(booked->place.scope, booked->place.dot);
  if (!came) return fail(came);
  if (*came) {
    const auto visit = load_visit(at_.reads, booked->place.scope, **came);
    if (!visit) return fail(visit);
    RecordEdit edit(visit->place.dot, *visit->state);
    auto ended = end_service(at_, *visit, {Outcome::Done, false}, edit.move(crdt::Visit::Finished));
    if (!ended) return fail(ended);
    const bool open = visit->life != crdt::Visit::Finished && visit->life != crdt::Visit::Left;
    if (open) edit.into(draft);
  }
  return writer.write(intent, std::move(draft), booked->place.dot);
}

// ---- what the person is told

Result<Arrival> ArrivalDesk::show(const CheckedIn& arrival) const {
  const auto visit = find_visit(at_.engine, at_.reads, arrival.visit);
  if (!visit) return fail(visit);
  auto shown = show_visit(at_.engine, at_.reads, *visit, at_.wall);
  if (!shown) return fail(shown);
  Arrival out;
  out.visit = std::move(*shown);
  out.already = arrival.already;
  if (const auto appointment = visit->appointment()) {
    auto booked = AppointmentDesk(at_).show(*appointment);
    if (!booked) return fail(booked);
    out.appointment = std::move(*booked);
  }
  const auto book = read_queue(at_.reads, visit->place.scope, at_.wall);
  if (!book) return fail(book);
  const auto order = in_calling_order(*book, {}, at_.wall, at_.policy.queue);
  const auto place = std::find_if(order.begin(), order.end(), [&](const OrderedVisit& one) {
    return one.visit->place.dot == arrival.visit;
  });
  out.ahead = place == order.end() ? 0 : place - order.begin();
  const Punctuality punctual = punctuality(out.visit.arrived_at, visit->time(Field::SlotAt),
                                           out.visit.priority, at_.policy.queue);
  out.timing = punctual.timing;
  out.late_min = punctual.late_min;
  if (visit->slot_today()) out.ready_at = punctual.ready_at;
  return out;
}

}  // namespace yizhan::node
