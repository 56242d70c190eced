#include "node/http/search_json.h"

#include "node/http/appointment_json.h"
#include "node/http/handler.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

constexpr std::size_t kSearchTextMax = 64;
constexpr std::size_t kLookupTextMax = 128;
constexpr std::int64_t kPageMax = 50;

SearchFilter filter_of(const std::string& name) {
  if (name == "today") return SearchFilter::Today;
  if (name == "to_check_in") return SearchFilter::ToCheckIn;
  if (name == "waitlist") return SearchFilter::Waitlist;
  if (name == "pending") return SearchFilter::Pending;
  if (name == "problems") return SearchFilter::Problems;
  return SearchFilter::All;
}

const char* name_of(Lookup::Kind kind) {
  switch (kind) {
    case Lookup::Kind::None: return "none";
    case Lookup::Kind::Number: return "number";
    case Lookup::Kind::Document: return "document";
    case Lookup::Kind::PhoneTail: return "phone_tail";
    case Lookup::Kind::Name: return "name";
  }
  return "none";
}

void write_rows(JsonWriter& json, const char* name, const std::vector<RecordRow>& rows) {
  json.key(name).begin_array();
  for (const RecordRow& row : rows) write_record(json, row);
  json.end_array();
}

}  // namespace

void write_record(JsonWriter& json, const RecordRow& row) {
  json.begin_object()
      .text("id", row.id)
      .text("number", row.number)
      .text("item", row.item)
      .text("date", row.date)
      .text("window", row.window)
      .text("name", row.masked_name);
  write_text(json, "agent", row.masked_agent);
  json.text("phone_tail", row.phone_tail).text("life", http::name_of(row.life));
  write_came(json, row.visit_state, row.ticket);
  json.text("rung", http::name_of(row.rung));
  write_tasks(json, row.tasks);
  json.text("station", row.station).key("period");
  row.period ? json.text(name(*row.period)) : json.null();
  json.end_object();
}

std::string record_page_json(const RecordPage& page) {
  JsonWriter json;
  json.begin_object();
  write_rows(json, "rows", page.rows);
  json.key("next");
  page.next.empty() ? json.null() : json.text(page.next);
  json.number("total", page.total).end_object();
  return json.take();
}

std::string lookup_json(const Lookup& lookup) {
  JsonWriter json;
  json.begin_object().text("kind", name_of(lookup.kind));
  write_rows(json, "matches", lookup.matches);
  json.boolean("bad_code", lookup.bad_code).key("elsewhere");
  lookup.elsewhere.empty() ? json.null() : json.text(lookup.elsewhere);
  json.end_object();
  return json.take();
}

Result<RecordQuery> read_record_search(Fields& fields) {
  RecordQuery wish;
  wish.text = fields.text("text", {.min = 0, .max = kSearchTextMax});
  wish.filter = filter_of(
      fields.one_of("filter", {"today", "to_check_in", "waitlist", "pending", "problems", "all"}));
  wish.from = fields.text_if_present("from", kDateRule);
  wish.to = fields.text_if_present("to", kDateRule);
  wish.after =
      fields.text_if_present("after", {.min = 1, .max = 128, .shape = is_cursor}).value_or("");
  wish.limit = fields.number_or("limit", kPageMax, 1, kPageMax);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<LookupQuestion> read_arriving(Fields& fields) {
  LookupQuestion wish;
  wish.text = fields.text("text", {.min = 1, .max = kLookupTextMax});
  wish.arriving = true;
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<LookupQuestion> read_lookup(Fields& fields) {
  LookupQuestion wish;
  wish.text = fields.text("text", {.min = 1, .max = kLookupTextMax});
  wish.date = fields.text_if_present("date", kDateRule);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

}  // namespace yizhan::node::http
