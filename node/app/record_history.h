// Record history: who did what to one appointment, and how far each change has travelled.
//
// What        Reads the changes of the record's scope from its creation on; nothing is kept aside
//             for it, so nothing can disagree with the log.
// Units       See node/app/service_types.h.
// Errors      Storage errors.
// Source      design.md section 4 (every change is traceable to node and staff member).
#pragma once
#include "node/app/appointment_view.h"
#include "node/app/reads.h"

namespace yizhan::node {

// Without `staff_login`, which the roster of another division may not tell here.
Result<std::vector<HistoryRow>> history_of(const sync::Engine& engine, const Reads& reads,
                                           const RecordPlace& place);

}  // namespace yizhan::node
