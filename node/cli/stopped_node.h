// Stopped node: what its folder says of a node that does not run, for `doctor`.
//
// What        Opens the database for reading only, recomputes everything, compares it with the
//             guard, calls the level above, and looks whether the ports are free.
// Invariants  I1  nothing is written, repaired or made: the next start finds what this found.
// Errors      none: what cannot be read is a finding.
// Source      ux.md section 7 "doctor".
#pragma once
#include "node/app/health.h"
#include "node/runtime/config.h"

namespace yizhan::node::cli {

// In the order of their ids.
std::vector<HealthCheck> stopped_node_checks(const Config& config, WallMs now);

// SV-02 and SV-03, of a node that serves or not. `answers`: it does over its socket.
std::vector<HealthCheck> service_checks(const Config& config, bool answers);

// Why the line upwards is down, as far as it can be told without the node: SY-01.
HealthCheck line_check(const std::string& address);

}  // namespace yizhan::node::cli
