// Appointment list: one day's appointments of every station that this node reads, page by page.
//
// What        Masked rows in the order station, window, booking.
// Invariants  A page begins after the row that ended the one before, also when rows were added or
//             moved meanwhile.
// Units       See node/app/service_types.h.
// Errors      BadFormat, field "date" or "after"; storage errors.
// Source      ux.md W4; docs/openapi.yaml.
#pragma once
#include "node/app/appointment_view.h"
#include "node/app/reads.h"

namespace yizhan::node {

Result<AppointmentPage> list_appointments(const sync::Engine& engine, const Reads& reads,
                                          const AppointmentQuery& query);

}  // namespace yizhan::node
