#include "node/http/records_json.h"

#include "node/http/admin_json.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

const char* name_of(RecordSort sort) {
  switch (sort) {
    case RecordSort::Appointment: return "appointment";
    case RecordSort::Visit: return "visit";
    case RecordSort::Evaluation: return "evaluation";
    case RecordSort::Complaint: return "complaint";
    case RecordSort::Other: return "other";
  }
  return "other";
}

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok: return "ok";
    case Verdict::Warn: return "warn";
    case Verdict::Fail: return "fail";
    case Verdict::Unknown: return "unknown";
  }
  return "unknown";
}

void write_routes(JsonWriter& json, const std::vector<Route>& routes) {
  json.key("routes").begin_array();
  for (const Route& route : routes) {
    json.begin_object()
        .text("name", route.name)
        .text("role", http::name_of(route.role))
        .boolean("connected", route.connected);
    write_time(json, "last_contact_ms", route.last_contact);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string names_json(const std::vector<NameTile>& tiles) {
  JsonWriter json;
  json.begin_object().key("names").begin_array();
  for (const NameTile& tile : tiles) {
    json.begin_object()
        .text("staff", tile.login)
        .text("display_name", tile.display_name)
        .text("role", http::name_of(tile.role))
        .end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string sync_state_json(const SyncState& state, const std::vector<SyncLogRow>& log) {
  JsonWriter json;
  json.begin_object();
  write_counts(json, state.node.counts);
  write_number(json, "to_city", state.node.chip.to_city);
  json.key("by_kind").begin_array();
  for (const PendingKind& row : state.by_kind) {
    json.begin_object().text("kind", name_of(row.sort)).number("pending", row.pending).end_object();
  }
  json.end_array();
  write_time(json, "oldest_pending_ms", state.oldest_pending);
  write_routes(json, state.routes);
  json.key("log");
  write_sync_log(json, log);
  write_chip(json, state.node.chip);
  json.end_object();
  return json.take();
}

std::string health_json(const HealthReport& report) {
  JsonWriter json;
  json.begin_object().number("checked_at_ms", report.checked_at.value);
  write_time(json, "verified_at_ms", report.verified_at);
  json.key("checks").begin_array();
  for (const HealthCheck& check : report.checks) {
    json.begin_object().text("id", check.id).text("verdict", name_of(check.verdict));
    write_number(json, "value", check.value);
    json.text("found", check.found).key("with").begin_object();
    for (const auto& [name, value] : check.with) json.text(name.c_str(), value);
    json.end_object().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace yizhan::node::http
