// Paper JSON: the shapes of PaperService in docs/openapi.yaml.
#pragma once
#include "node/app/paper_types.h"
#include "node/http/fields.h"

namespace yizhan::node::http {

std::string policy_json(const PolicyFacts& facts);
std::string calendar_json(const std::vector<CalendarRow>& rows);

}  // namespace yizhan::node::http
