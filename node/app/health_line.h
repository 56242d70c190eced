// Line health: the line upwards, who connects from below, receipts, and what waits to be sent.
//
// What        The checks SY-01 to SY-04 of a node, each from its facts.
// Errors      none.
// Source      ux.md section 7 "doctor".
#pragma once
#include "node/app/health.h"

namespace yizhan::node {

std::vector<HealthCheck> line_checks(const HealthFacts& facts);  // in the order of their ids

}  // namespace yizhan::node
