// Lifecycle resolution: what a set of concurrent heads means, one declared function per record.
//
// What        A causally later transition has already replaced its predecessors; here only the
//             set of concurrent heads is resolved. What happened at the counter wins over what was
//             intended elsewhere, and a person is told.
// Invariants  I1  resolve depends on the set of heads only, never on their order.
//             I2  a single head resolves to itself without a task.
//             I3  losers stay as heads, so an undo brings them back.
// Units       none.
// Errors      none: a combination that no rule names is Disputed with a task.
// Source      design.md section 5 ("Appointment heads resolve"); domain.md 4.1; ux.md section 4
//             ("Life of an appointment").
#pragma once
#include <span>

#include "crdt/entity_state.h"

namespace yizhan::crdt {

// Wire numbers: never reuse one.
enum class Appointment : LifeState {
  Submitted = 1,
  Confirmed = 2,
  Tentative = 3,
  CounterOffered = 4,
  Rejected = 5,
  Waitlisted = 6,
  Rescheduled = 7,  // confirmed again at another time; shown as Confirmed
  CancelledByClient = 8,
  CancelledByStation = 9,
  CheckedIn = 10,
  InService = 11,
  Fulfilled = 12,
  NoShow = 13,
  NoShowExcused = 14,
  Expired = 15,
  Disputed = 99  // never written: the answer when no rule names the combination
};

enum class LifeTask : std::uint8_t {
  None = 0,
  ArrivedAfterCancel = 1,  // 先取消后到场 (also: arrived after a reschedule)
  CancelAgainstReschedule = 2,
  CompetingReschedules = 4,
  RescheduleAgainstNoShow = 8,
  Disputed = 16
};

struct AppointmentOutcome {
  Appointment state = Appointment::Disputed;
  std::uint8_t tasks = 0;  // LifeTask bits
  friend bool operator==(const AppointmentOutcome&, const AppointmentOutcome&) = default;
};

// REQUIRES: heads is not empty.
AppointmentOutcome resolve_appointment(std::span<const LifeHead> heads);

// True when a person may move an appointment from `from` (as resolved) to `to`.
bool may_move(Appointment from, Appointment to);

// A visit at the counter. Wire numbers: never reuse one.
enum class Visit : LifeState {
  Waiting = 1,
  Called = 2,
  InService = 3,
  OnHold = 4,
  Missed = 5,
  Finished = 6,
  Left = 7,
  Withdrawn = 8,  // the ticket was taken back: the visit never was; shown as Left
  Disputed = 99   // never written: the answer when no rule names the combination
};

struct VisitOutcome {
  Visit state = Visit::Disputed;
  std::uint8_t tasks = 0;  // LifeTask bits
  friend bool operator==(const VisitOutcome&, const VisitOutcome&) = default;
};

// The furthest that the person physically got: finished, in service, on hold, left, called,
// missed, waiting, withdrawn. Task ArrivedAfterCancel when a service stands beside a leave or a
// withdrawal. REQUIRES: heads is not empty.
VisitOutcome resolve_visit(std::span<const LifeHead> heads);

// True when a person may move a visit from `from` (as resolved) to `to`, undo included.
bool may_move(Visit from, Visit to);

}  // namespace yizhan::crdt
