// JSON of the overview and of one station in it, as in docs/openapi.yaml.
#pragma once
#include <string>

#include "node/app/station_detail.h"

namespace yizhan::node::http {

std::string overview_json(const Overview& overview);
std::string station_detail_json(const StationDetail& detail);

}  // namespace yizhan::node::http
