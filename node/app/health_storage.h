// Storage health: room, writing, what a verify recomputed, backups, a database that was put back.
//
// What        The checks ST-02 to ST-12 of a node, each from its facts.
// Errors      none.
// Source      ux.md section 7 "doctor".
#pragma once
#include "node/app/health.h"

namespace yizhan::node {

std::vector<HealthCheck> storage_checks(const HealthFacts& facts);  // in the order of their ids

}  // namespace yizhan::node
