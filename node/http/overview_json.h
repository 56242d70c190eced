// JSON of the overview, as in docs/openapi.yaml.
#pragma once
#include <string>

#include "node/app/overview.h"

namespace yizhan::node::http {

std::string overview_json(const Overview& overview);

}  // namespace yizhan::node::http
