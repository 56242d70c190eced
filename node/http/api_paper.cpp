// The API of PaperService.
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/paper_json.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kCalendarDays = 14;
constexpr std::int64_t kCalendarDaysMax = 62;

}  // namespace

void Api::policy(const Request&, const Reply& reply) {
  services_.paper.policy(reply_with<PolicyFacts>(
      reply, [](const PolicyFacts& facts) { return json_response(policy_json(facts)); }));
}

void Api::calendar(const Request& request, const Reply& reply) {
  auto from = query_text(request, "from", kDateRule);
  if (!from) return reply(problem(from.error()));
  auto days = query_number(request, "days", kCalendarDays, kCalendarDaysMax);
  if (!days) return reply(problem(days.error()));
  services_.paper.calendar({*from, *days},
                           reply_with<std::vector<CalendarRow>>(reply, [](const auto& rows) {
                             return json_response(calendar_json(rows));
                           }));
}

}  // namespace yizhan::node::http
