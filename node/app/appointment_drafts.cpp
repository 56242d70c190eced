#include "node/app/appointment_drafts.h"

#include "node/app/record_edit.h"

namespace yizhan::node {
namespace {

using Field = AppointmentField;

crdt::LifeState life(crdt::Appointment state) { return static_cast<crdt::LifeState>(state); }

crdt::Op move(const crdt::Dot& record, const crdt::EntityState& state, crdt::Appointment to) {
  return {record, crdt::LifeTo{life(to), state.life_dots()}};
}

}  // namespace

sync::Draft draft_booking(const sync::Scope& scope, const CheckedBooking& booking) {
  sync::Draft draft = empty_draft(scope);
  PersonFields person(std::nullopt);
  crdt::RegSet set;
  const auto put = [&set](AppointmentField field, crdt::Value value) {
    set.assigns.push_back({id(field), std::move(value), {}});
  };
  put(Field::Item, booking.item);
  put(Field::Date, booking.day);
  put(Field::Window, booking.window);
  put(Field::Name, person.add(booking.name));
  put(Field::DocumentKind, static_cast<std::int64_t>(booking.document));
  put(Field::DocumentNumber, person.add(booking.document_number));
  if (booking.phone) put(Field::Phone, person.add(*booking.phone));
  put(Field::Channel, booking.channel);
  if (booking.note) put(Field::Note, person.add(*booking.note));
  put(Field::Number, booking.number);
  put(Field::CreatedAt, booking.at.value);
  if (booking.late) put(Field::PaperNumber, booking.late->number);
  person.put_into(draft);
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{id(Record::Appointment)}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  for (const std::string& material : booking.to_bring) {
    draft.ops.push_back({sync::own_op(0), crdt::SetAdd{id(Field::ToBring), material}});
  }
  draft.ops.push_back({sync::own_op(0), crdt::LifeTo{life(crdt::Appointment::Confirmed), {}}});
  if (booking.late) draft.ops.push_back(use_form(*booking.late));
  return draft;
}

sync::Draft draft_edit(const sync::Scope& scope, const crdt::Dot& record,
                       const crdt::EntityState& state, const crdt::Dot& key,
                       const CheckedEdit& edit) {
  sync::Draft draft = empty_draft(scope);
  PersonFields person(key);
  crdt::RegSet set;
  const auto put_personal = [&](AppointmentField field, const std::optional<std::string>& value) {
    if (!value) return;
    set.assigns.push_back(
        assign(state, field, value->empty() ? crdt::Value(std::monostate()) : person.add(*value)));
  };
  if (edit.item) set.assigns.push_back(assign(state, Field::Item, *edit.item));
  put_personal(Field::Phone, edit.phone);
  put_personal(Field::Note, edit.note);
  person.put_into(draft);
  draft.ops.push_back({record, std::move(set)});
  return draft;
}

sync::Draft draft_reschedule(const sync::Scope& scope, const crdt::Dot& record,
                             const crdt::EntityState& state, std::int64_t day,
                             std::int64_t window) {
  sync::Draft draft = empty_draft(scope);
  crdt::RegSet set;
  set.assigns.push_back(assign(state, Field::Date, day));
  set.assigns.push_back(assign(state, Field::Window, window));
  draft.ops.push_back({record, std::move(set)});
  draft.ops.push_back({record, crdt::CntInc{id(Field::Reschedules), 1}});
  draft.ops.push_back(move(record, state, crdt::Appointment::Rescheduled));
  return draft;
}

sync::Draft draft_cancel(const sync::Scope& scope, const crdt::Dot& record,
                         const crdt::EntityState& state, const std::string& reason) {
  const bool by_client = reason.starts_with("client_");
  sync::Draft draft = empty_draft(scope);
  draft.ops.push_back({record, crdt::RegSet{{assign(state, Field::CancelReason, reason)}}});
  draft.ops.push_back(move(
      record, state,
      by_client ? crdt::Appointment::CancelledByClient : crdt::Appointment::CancelledByStation));
  return draft;
}

sync::Draft draft_excuse(const sync::Scope& scope, const crdt::Dot& record,
                         const crdt::EntityState& state, const crdt::Dot& key,
                         const std::string& reason) {
  sync::Draft draft = empty_draft(scope);
  PersonFields person(key);
  RecordEdit(record, state)
      .set(Field::ExcuseReason, person.add(reason))
      .move(crdt::Appointment::NoShowExcused)
      .into(draft);
  person.put_into(draft);
  return draft;
}

sync::Draft draft_no_show(const sync::Scope& scope, const crdt::Dot& record,
                          const crdt::EntityState& state) {
  sync::Draft draft = empty_draft(scope);
  RecordEdit(record, state).move(crdt::Appointment::NoShow).into(draft);
  return draft;
}

}  // namespace yizhan::node
