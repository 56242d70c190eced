// Check lines: health checks as lines for people.
//
// What        ✓ / ! / ✗ / ?, the id, what was looked at, what was found; below it what to do.
// Errors      none.
// Source      ux.md section 7 "doctor".
#pragma once
#include "node/doctor/words.h"

namespace yizhan::node {

std::string lines_of(const HealthCheck& check, Lang lang);
std::string summary_of(const std::vector<HealthCheck>& checks, Lang lang);

}  // namespace yizhan::node
