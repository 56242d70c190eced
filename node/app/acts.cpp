#include "node/app/acts.h"

#include <set>

#include "crdt/life.h"

namespace yizhan::node {
namespace {

// What stands in a change, sorted by what it is about.
struct Deeds {
  std::optional<crdt::RecordKind> made;
  std::set<crdt::Dot> visits;
  std::set<crdt::FieldId> of_visit;  // assigned
  std::optional<crdt::Visit> visit;
  std::optional<crdt::Appointment> appointment;
  bool takes_back = false;
  bool beyond = false;  // it is about records that no single act touches

  bool sets(VisitField field) const { return of_visit.contains(id(field)); }
};

void read_visit(const crdt::Op& op, Deeds& deeds) {
  deeds.visits.insert(op.entity);
  if (const auto* life = std::get_if<crdt::LifeTo>(&op.body)) {
    deeds.visit = static_cast<crdt::Visit>(life->state);
  } else if (const auto* set = std::get_if<crdt::RegSet>(&op.body)) {
    for (const crdt::Assign& assign : set->assigns) deeds.of_visit.insert(assign.field);
    deeds.takes_back |= deeds.sets(VisitField::TakenBack);
  }
}

void read_appointment(const crdt::Op& op, Deeds& deeds) {
  if (const auto* life = std::get_if<crdt::LifeTo>(&op.body)) {
    deeds.appointment = static_cast<crdt::Appointment>(life->state);
  } else if (const auto* set = std::get_if<crdt::RegSet>(&op.body)) {
    for (const crdt::Assign& assign : set->assigns) {
      deeds.takes_back |= assign.field == id(AppointmentField::TakenBack);
    }
  }
}

Deeds read(const crdt::Change& change, const KindOf& kind_of) {
  Deeds deeds;
  for (const crdt::Op& op : change.ops) {
    if (const auto* made = std::get_if<crdt::EntNew>(&op.body)) deeds.made = made->kind;
    const auto kind = kind_of(op.entity);
    if (kind == id(Record::Visit)) read_visit(op, deeds);
    if (kind == id(Record::Appointment)) read_appointment(op, deeds);
    deeds.beyond |= kind == id(Record::DayClose);
  }
  return deeds;
}

std::optional<Act> made_act(const Deeds& deeds) {
  if (deeds.made == id(Record::Appointment)) return Act::Book;
  if (deeds.made != id(Record::Visit)) return std::nullopt;
  return deeds.sets(VisitField::Appointment) ? Act::CheckIn : Act::TakeTicket;
}

std::optional<Act> visit_act(const Deeds& deeds) {
  switch (*deeds.visit) {
    case crdt::Visit::Called:
      return deeds.sets(VisitField::CallReason) ? std::optional(Act::Call) : std::nullopt;
    case crdt::Visit::InService:  // a case that goes on has its window set anew
      return deeds.sets(VisitField::Window) ? std::nullopt : std::optional(Act::Start);
    case crdt::Visit::Missed: return Act::Miss;
    case crdt::Visit::OnHold: return Act::Hold;
    case crdt::Visit::Finished: return Act::Finish;
    case crdt::Visit::Left: return Act::Leave;
    case crdt::Visit::Waiting:
      if (deeds.sets(VisitField::Transfers)) return Act::Transfer;
      return deeds.sets(VisitField::BusinessDate) ? std::optional(Act::Leave) : std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<Act> appointment_act(const Deeds& deeds) {
  switch (*deeds.appointment) {
    case crdt::Appointment::Rescheduled: return Act::Reschedule;
    case crdt::Appointment::CancelledByClient:
    case crdt::Appointment::CancelledByStation: return Act::Cancel;
    case crdt::Appointment::NoShow: return Act::NoShow;
    case crdt::Appointment::Fulfilled: return Act::Finish;
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Act> act_of(const crdt::Change& change, const KindOf& kind_of) {
  const Deeds deeds = read(change, kind_of);
  if (deeds.takes_back || deeds.beyond || deeds.visits.size() > 1) return std::nullopt;
  if (deeds.made) return made_act(deeds);
  if (deeds.visit) return visit_act(deeds);
  return deeds.appointment ? appointment_act(deeds) : std::nullopt;
}

}  // namespace yizhan::node
