// The API of search, lookup and overview. Questions about people are bodies, because personal data
// never stand in a URL.
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/overview_json.h"
#include "node/http/search_json.h"

namespace yizhan::node::http {
namespace {

// Absent: today.
Result<std::optional<std::string>> date_if_given(const Request& request) {
  if (!request.query.contains("date")) return std::optional<std::string>();
  auto given = query_text(request, "date", kDateRule);
  if (!given) return fail(given);
  return std::optional(std::move(*given));
}

bool is_node_name(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

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
  auto date = date_if_given(request);
  if (!date) return reply(problem(date.error()));
  services_.records.overview(std::move(*date), reply_json<Overview>(reply, overview_json));
}

void Api::station(const Request& request, const Reply& reply) {
  auto date = date_if_given(request);
  if (!date) return reply(problem(date.error()));
  const std::string& node = request.params.at("node");
  if (!is_node_name(node)) {
    return reply(problem(Error{Errc::NotFound, "no node has such a name", "node"}));
  }
  services_.records.station(node, std::move(*date),
                            reply_json<StationDetail>(reply, station_detail_json));
}

}  // namespace yizhan::node::http
