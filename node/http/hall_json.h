// JSON of the screens of the hall, as in docs/openapi.yaml.
#pragma once
#include <string>

#include "node/app/hall_types.h"

namespace yizhan::node::http {

std::string display_json(const Display& display);
std::string ticket_screen_json(const TicketScreen& screen);
std::string eval_screen_json(const EvalScreen& screen);

}  // namespace yizhan::node::http
