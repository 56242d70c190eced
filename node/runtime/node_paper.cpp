#include "node/runtime/node_paper.h"

#include "node/app/calendar_view.h"
#include "node/policy/china_time.h"

namespace yizhan::node {

void NodePaper::policy(Done<PolicyFacts> done) {
  done(PolicyFacts{policy_.version, date_text(policy_.effective_from), false, station_name_,
                   policy_values(policy_)});
}

void NodePaper::calendar(CalendarQuery query, Done<std::vector<CalendarRow>> done) {
  calls_.look<std::vector<CalendarRow>>(std::move(done),
                                        [this, query = std::move(query)](const Core& core) {
                                          return calendar_rows(policy_, query, core.wall);
                                        });
}

}  // namespace yizhan::node
