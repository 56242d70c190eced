// Replay: record states from changes alone, as admission would have made them.
//
// What        Applies the changes of one scope, stream by stream; any order that keeps every
//             stream's own gives the same states (crdt/entity_state.h I1).
// Units       none.
// Errors      none: what cannot take effect is left out, as at admission.
// Source      design.md section 5.
#pragma once
#include <map>
#include <vector>

#include "sync/quarantine.h"
#include "sync/store.h"

namespace yizhan::node {

using States = std::map<crdt::Dot, crdt::EntityState>;
using Changes = std::map<StreamId, std::vector<crdt::Change>>;  // of one scope, each from seq 1

States replay(const Changes& changes);
// Each change by the stamp that it counts by. `rows`: the streams.
void restamp(Changes& changes, const std::vector<sync::StreamRow>& rows,
             const sync::Quarantines& quarantines);

}  // namespace yizhan::node
