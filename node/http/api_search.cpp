// The API of search, lookup and overview. Questions about people are bodies, because personal data
// never stand in a URL.
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/overview_json.h"
#include "node/http/search_json.h"

namespace yizhan::node::http {

void Api::lookup(const Request& request, const Reply& reply) {
  auto wish = read_body(request, reply, read_lookup);
  if (wish) services_.records.lookup(std::move(*wish), reply_json<Lookup>(reply, lookup_json));
}

void Api::search_records(const Request& request, const Reply& reply) {
  auto wish = read_body(request, reply, read_record_search);
  if (!wish) return;
  services_.records.search(std::move(*wish), reply_json<RecordPage>(reply, record_page_json));
}

void Api::overview(const Request& request, const Reply& reply) {
  std::optional<std::string> date;
  if (request.query.contains("date")) {
    auto given = query_text(request, "date", kDateRule);
    if (!given) return reply(problem(given.error()));
    date = std::move(*given);
  }
  services_.records.overview(std::move(date), reply_json<Overview>(reply, overview_json));
}

}  // namespace yizhan::node::http
