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
// Source      design.md section 5 ("Appointment heads resolve"); domain.md 4.1.
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

}  // namespace yizhan::crdt
