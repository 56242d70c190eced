// Serve: one node, from its folder to a running service.
//
// What        Opens files, store, links and HTTP; tells systemd; runs until a signal asks it to
//             stop, and stops in order: no new requests, everything answered, everything durable.
// Invariants  I1  whatever cannot start leaves nothing half started.
// Errors      Those of the parts; the caller turns them into exit codes.
// Source      design.md sections 3 and 9; sd_notify(3).
#pragma once
#include "node/runtime/config.h"

namespace yizhan::node {

// Returns when the node was asked to stop.
Result<void> serve(const Config& config);

}  // namespace yizhan::node
