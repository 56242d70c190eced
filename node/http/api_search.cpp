// The API of search and lookup: questions as bodies, because personal data never stand in a URL.
#include "node/http/api.h"
#include "node/http/handler.h"
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

}  // namespace yizhan::node::http
