#include "node/app/visit_view.h"

#include "node/app/agent.h"
#include "node/app/appointment_view.h"
#include "node/app/evaluation_view.h"
#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

using Field = VisitField;
constexpr std::int64_t kMinuteMs = 60'000;

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

template <class E>
std::optional<E> kind_of(const FoundVisit& visit, Field field) {
  const auto value = visit.number(field);
  return value && *value != 0 ? std::optional(static_cast<E>(*value)) : std::nullopt;
}

std::optional<std::string> slot_text(const FoundVisit& visit) {
  const auto slot = visit.time(Field::SlotAt);
  return slot ? std::optional(minute_text(china_moment(*slot).minute)) : std::nullopt;
}

// One field of the visit, or of its appointment when the visit has none.
template <class OfAppointment>
Result<std::string> open_either(const sync::Engine& engine, const Reads& reads,
                                const FoundVisit& visit, Field own, OfAppointment theirs) {
  auto text = PersonOpener(engine, visit.place, *visit.state).shown(own);
  const auto appointment = visit.appointment();
  if (!text || !text->empty() || !appointment) return text;
  const auto state = reads.entity(visit.place.scope, *appointment);
  if (!state) return fail(state);
  if (*state == nullptr) return std::string();
  const RecordPlace place{visit.place.scope, *appointment};
  return PersonOpener(engine, place, **state).shown(theirs);
}

std::optional<std::string> agent_of(const sync::Engine& engine, const Reads& reads,
                                    const FoundVisit& visit) {
  const auto appointment = visit.appointment();
  if (!appointment) return std::nullopt;
  const auto state = reads.entity(visit.place.scope, *appointment);
  if (!state || *state == nullptr) return std::nullopt;
  const RecordPlace place{visit.place.scope, *appointment};
  PersonOpener opener(engine, place, **state);
  return masked_agent(opener, **state);
}

std::int64_t waited_min(const FoundVisit& visit, WallMs now) {
  const WallMs since = visit.time(Field::ArrivedAt).value_or(now);
  return now < since ? 0 : (now.value - since.value) / kMinuteMs;
}

}  // namespace

std::optional<WallMs> FoundVisit::time(VisitField field) const {
  const auto value = number(field);
  return value && *value != 0 ? std::optional(WallMs{*value}) : std::nullopt;
}

std::optional<std::int64_t> FoundVisit::window() const {
  switch (life) {
    case crdt::Visit::Called:
    case crdt::Visit::InService:
    case crdt::Visit::OnHold:
    case crdt::Visit::Missed:
    case crdt::Visit::Finished: return number(VisitField::Window);
    default: return number(VisitField::TransferredTo);
  }
}

Priority FoundVisit::priority() const {
  return static_cast<Priority>(number(VisitField::Priority).value_or(0));
}

std::optional<WallMs> FoundVisit::slot_today() const {
  const auto slot = time(VisitField::SlotAt);
  if (!slot || china_moment(*slot).day != number(VisitField::BusinessDate)) return std::nullopt;
  return slot;
}

Result<FoundVisit> load_visit(const Reads& reads, const sync::Scope& scope, const crdt::Dot& dot) {
  auto state = reads.entity(scope, dot);
  if (!state) return fail(state);
  const crdt::EntityState* held = state->get();
  if (held == nullptr || held->deleted || held->kind != node::id(Record::Visit) ||
      held->life.empty()) {
    return fail(Errc::NotFound, "no such visit here", "id");
  }
  const crdt::Visit life = crdt::resolve_visit(held->life).state;
  return FoundVisit{{scope, dot}, std::move(*state), life};
}

Result<FoundVisit> find_visit(const sync::Engine& engine, const Reads& reads,
                              const std::string& id) {
  const auto record = parse_record_id(id);
  if (!record) return fail(record);
  return find_visit(engine, reads, *record);
}

Result<FoundVisit> find_visit(const sync::Engine& engine, const Reads& reads,
                              const crdt::Dot& record) {
  const auto scope = engine.scope_of(record.stream);
  if (!scope || scope->cls != sync::ScopeClass::Biz) {
    return fail(Errc::NotFound, "no such visit here", "id");
  }
  return load_visit(reads, *scope, record);
}

Result<std::optional<FoundVisit>> arrived_visit(const Reads& reads,
                                                const RecordPlace& appointment) {
  const auto came = reads.arrival(appointment.scope, appointment.dot);
  if (!came) return fail(came);
  if (!*came) return std::optional<FoundVisit>();
  auto visit = load_visit(reads, appointment.scope, **came);
  if (!visit) return fail(visit);
  return std::optional(std::move(*visit));
}

Result<Visit> show_visit(const sync::Engine& engine, const Reads& reads, const FoundVisit& visit,
                         WallMs now) {
  auto name = open_either(engine, reads, visit, Field::Name, AppointmentField::Name);
  if (!name) return fail(name);
  auto note = open_either(engine, reads, visit, Field::Note, AppointmentField::Note);
  if (!note) return fail(note);
  auto held = PersonOpener(engine, visit.place, *visit.state).shown(Field::HoldReason);
  if (!held) return fail(held);
  Visit out;
  out.id = record_id(visit.place.dot);
  out.ticket = visit.text(Field::Ticket);
  out.revision = revision_of(*visit.state);
  out.item = visit.text(Field::Item);
  out.state = visit.life;
  out.window = visit.window();
  out.priority = visit.priority();
  out.period = kind_of<Period>(visit, Field::Period);
  if (const auto appointment = visit.appointment()) out.appointment = record_id(*appointment);
  out.slot = slot_text(visit);
  if (!name->empty()) out.masked_name = mask_name(*name);
  out.masked_agent = agent_of(engine, reads, visit);
  out.arrived_at = visit.time(Field::ArrivedAt).value_or(WallMs{});
  out.called_at = visit.time(Field::CalledAt);
  out.calls = visit.number(Field::Calls).value_or(0);
  out.started_at = visit.time(Field::StartedAt);
  out.finished_at = visit.time(Field::FinishedAt);
  out.outcome = kind_of<Outcome>(visit, Field::Outcome);
  out.note = unless_empty(std::move(*note));
  out.hold_reason = unless_empty(std::move(*held));
  out.rated = rated_of(*visit.state, now);
  out.late_entry = visit.number(Field::LateEntry).value_or(0) != 0;
  out.business_date = date_text(visit.number(Field::BusinessDate).value_or(0));
  const ServiceItem* item = service_item(out.item);
  out.upstream = item != nullptr && item->upstream;
  out.rung = rung_shown(engine.rung(*visit.state));
  return out;
}

std::optional<std::string> masked_name(const sync::Engine& engine, const Reads& reads,
                                       const FoundVisit& visit) {
  const auto name = open_either(engine, reads, visit, Field::Name, AppointmentField::Name);
  if (!name) return kUnreadable;
  return name->empty() ? std::nullopt : std::optional(mask_name(*name));
}

QueueRow show_queue_row(const sync::Engine& engine, const Reads& reads, const FoundVisit& visit,
                        WallMs now) {
  QueueRow row;
  row.id = record_id(visit.place.dot);
  row.ticket = visit.text(Field::Ticket);
  row.item = visit.text(Field::Item);
  const ServiceItem* item = service_item(row.item);
  if (item != nullptr) row.group = item->group;
  row.state = visit.life;
  row.masked_name = masked_name(engine, reads, visit);
  row.priority = visit.priority();
  row.slot = slot_text(visit);
  row.arrived_at = visit.time(Field::ArrivedAt).value_or(now);
  row.wait_min = waited_min(visit, now);
  row.window = visit.window();
  return row;
}

}  // namespace yizhan::node
