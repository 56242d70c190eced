#include "node/app/record_acts.h"

#include "node/app/no_show.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;

bool works_here(StaffRole role) { return role == StaffRole::Clerk || role == StaffRole::Lead; }

Result<void> check_role(StaffRole role, RecordAct act) {
  if (act == RecordAct::Edit) return {};
  if (!works_here(role)) return fail(Errc::Denied, "who works at the station does this", "role");
  if (act == RecordAct::Excuse && role != StaffRole::Lead) {
    return fail(Errc::Denied, "the lead does this", "role");
  }
  return {};
}

// Somebody may call any node of the city to say that they will not come.
bool is_of_the_counter(RecordAct act) {
  return act != RecordAct::Edit && act != RecordAct::Cancel && act != RecordAct::Excuse;
}

Result<void> check_place(const DeskContext& at, RecordAct act, const sync::Scope& scope) {
  const sync::Certificate& self = at.engine.self();
  const bool may =
      is_of_the_counter(act) ? scope == at.own_biz() && self.slot_owner : self.may_write(scope);
  if (!may) return fail(Errc::OutOfScope, "the appointment is at another station", "id");
  return {};
}

Result<void> check_move(Life from, Life to, const char* field = "") {
  if (crdt::may_move(from, to)) return {};
  return fail(Errc::Conflict, "the record no longer allows this", field);
}

Result<void> check_reschedule(const DeskContext& at, const RecordStand& record) {
  if (auto moves = check_move(record.life, Life::Rescheduled); !moves) return moves;
  if (record.state.counter(id(AppointmentField::Reschedules)) < at.policy.booking.max_reschedules) {
    return {};
  }
  return fail(Errc::LimitExceeded, "rescheduled as often as allowed", "date");
}

Result<void> check_cancel(Life life) {
  if (crdt::may_move(life, Life::CancelledByClient)) return {};
  return check_move(life, Life::CancelledByStation);
}

Result<void> check_life(const DeskContext& at, StaffRole role, RecordAct act,
                        const RecordStand& record) {
  switch (act) {
    case RecordAct::CheckIn: return check_move(record.life, Life::CheckedIn, "id");
    case RecordAct::Finish: return check_move(record.life, Life::Fulfilled);
    case RecordAct::Reschedule: return check_reschedule(at, record);
    case RecordAct::Cancel: return check_cancel(record.life);
    case RecordAct::NoShow: {
      if (auto moves = check_move(record.life, Life::NoShow, "id"); !moves) return moves;
      return check_no_show(at, role, record.state);
    }
    case RecordAct::Excuse: return check_move(record.life, Life::NoShowExcused, "id");
    case RecordAct::Edit:
    case RecordAct::Print: return {};
  }
  return {};
}

}  // namespace

Result<void> check_act(const DeskContext& at, StaffRole role, RecordAct act,
                       const RecordStand& record) {
  auto may = check_role(role, act);
  if (may) may = check_place(at, act, record.place.scope);
  if (may) may = check_life(at, role, act, record);
  return may;
}

std::vector<RecordAct> acts_of(const DeskContext& at, StaffRole role, const RecordStand& record) {
  std::vector<RecordAct> acts;
  for (const RecordAct act : kRecordActs) {
    if (check_act(at, role, act, record)) acts.push_back(act);
  }
  return acts;
}

}  // namespace yizhan::node
