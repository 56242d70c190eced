// Record acts: what a person may do with an appointment as it stands.
//
// What        One rule for each act: the desks ask it before they write, and pages are told which
//             acts it lets through, so that nothing is offered that would be refused.
// Invariants  I1  what a counter does is its station's, and of those who work there: district and
//                 city read, and correct what was written down (Edit).
//             I2  an act moves the life of a record only where crdt/life.h lets it.
// Units       none.
// Errors      Denied, field "role": not of those who work at a station, or the lead's; OutOfScope,
//             field "id": another station's; Conflict, no field (Excuse, NoShow: field "id"): the
//             record no longer allows it; LimitExceeded, field "date": rescheduled as often as
//             allowed; those of check_no_show().
// Not here    Windows, places and limits of a person: appointment_desk.h.
// Source      ux.md section 2 (roles), W4 and section 4 ("the UI offers only legal ones").
#pragma once
#include "node/app/appointment_view.h"
#include "node/app/intent_writer.h"

namespace yizhan::node {

struct RecordStand {
  const RecordPlace& place;
  const crdt::EntityState& state;
  crdt::Appointment life;
};

Result<void> check_act(const DeskContext& at, StaffRole role, RecordAct act,
                       const RecordStand& record);
// In the order of RecordAct.
std::vector<RecordAct> acts_of(const DeskContext& at, StaffRole role, const RecordStand& record);

}  // namespace yizhan::node
