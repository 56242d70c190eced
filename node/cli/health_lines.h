// Health lines: health checks as they come from a serving node, and as commands give them to
// programs.
//
// Errors      none.
// Source      ux.md section 7 "doctor", section 8.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "node/doctor/check_lines.h"

namespace yizhan::node::cli {

std::vector<HealthCheck> checks_in(const nlohmann::json& report);  // of docs/openapi.yaml
nlohmann::json json_of(const std::vector<HealthCheck>& checks, Lang lang);

}  // namespace yizhan::node::cli
