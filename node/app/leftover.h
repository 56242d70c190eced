// Leftover: what becomes of people who were not served when the day ends.
//
// What        Carries a visit over to the next day that is open to all, where it comes first; or
//             ends it because the person was told by phone. Nothing else ends a visit by itself.
// Invariants  I1  the ticket keeps its number; those that are issued on that day go on above it.
//             I2  a visit remembers the first day from which it was carried over.
// Units       Days since 1970-01-01, China time.
// Errors      none.
// Source      ux.md W1 (end of day with people left).
#pragma once
#include "node/app/record_edit.h"
#include "node/app/visit_view.h"

namespace yizhan::node {

// `to`: node/policy/periods.h, next_open_day.
void carry_over(const FoundVisit& visit, std::int64_t to, RecordEdit& edit);
void end_untended(WallMs now, LeaveReason why, RecordEdit& edit);

}  // namespace yizhan::node
