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

struct RecordChange {
  crdt::ChangeId id;
  HistoryRow row;  // without `rung`, and without the names of `staff`, which only a roster knows
};

// In the order of their stamps. `streams`: all that are held; those of the record's scope are read.
Result<std::vector<RecordChange>> history_of(const std::vector<sync::StreamRow>& streams,
                                             const Reads& reads, const RecordPlace& place);

}  // namespace yizhan::node
