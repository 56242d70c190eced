// JSON of records as a whole: names, reporting, health; as in docs/openapi.yaml.
#pragma once
#include <string>
#include <vector>

#include "node/app/records_types.h"

namespace yizhan::node::http {

std::string names_json(const std::vector<NameTile>& tiles);
std::string sync_state_json(const SyncState& state, const std::vector<SyncLogRow>& log);
std::string health_json(const HealthReport& report);

}  // namespace yizhan::node::http
