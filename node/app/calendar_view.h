// Calendar view: days as a page shows them, with their hours and cut-offs.
#pragma once
#include "node/app/paper_types.h"
#include "node/policy/policy.h"

namespace yizhan::node {

Result<std::vector<CalendarRow>> calendar_rows(const Policy& policy, const CalendarQuery& query,
                                               WallMs now);

}  // namespace yizhan::node
