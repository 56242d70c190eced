#include "node/http/overview_json.h"

#include "node/http/admin_json.h"
#include "node/http/node_json.h"
#include "node/http/search_json.h"

namespace yizhan::node::http {
namespace {

const char* name_of(StationState state) {
  switch (state) {
    case StationState::Overdue: return "overdue";
    case StationState::ClockSuspect: return "clock_suspect";
    case StationState::Invited: return "invited";
    case StationState::AgreedOffline: return "agreed_offline";
    case StationState::Online: return "online";
  }
  return "overdue";
}

void write_totals(JsonWriter& json, const OverviewTotals& totals, const VisitTally& visits) {
  const auto in = [&](Period period) {
    return totals.finished_in[static_cast<std::size_t>(period)];
  };
  json.key("totals")
      .begin_object()
      .number("booked", totals.booked)
      .number("confirmed", totals.confirmed)
      .number("waitlisted", totals.waitlisted)
      .number("arrived", totals.arrived)
      .number("finished", totals.finished)
      .number("off_hours", totals.off_hours())
      .number("off_noon", in(Period::Noon))
      .number("off_flex", in(Period::FlexEarly) + in(Period::FlexLate))
      .number("off_overtime", in(Period::Overtime))
      .number("off_weekend", in(Period::Weekend))
      .number("off_holiday", in(Period::StatutoryHoliday));
  write_number(json, "average_wait_min", visits.average_wait_min());
  json.number("rated", visits.rated());
  for (const std::size_t level : {5U, 4U, 3U, 2U, 1U}) {
    json.number("l" + std::to_string(level), visits.levels[level]);
  }
  json.end_object();
}

void write_station(JsonWriter& json, const OverviewStation& row) {
  json.begin_object()
      .text("node", row.node)
      .text("name", row.name)
      .text("division", row.division)
      .text("state", name_of(row.state));
  write_time(json, "last_contact_ms", row.last_contact);
  json.number("offline_days", row.offline_days)
      .number("agreed_days", row.agreed_days)
      .number("booked", row.booked)
      .number("finished", row.finished)
      .boolean("reported", row.reported);
  write_number(json, "satisfaction_pct", row.satisfaction_pct);
  json.end_object();
}

}  // namespace

std::string overview_json(const Overview& overview) {
  JsonWriter json;
  json.begin_object()
      .text("date", overview.date)
      .number("as_of_ms", overview.as_of.value)
      .number("stations_expected", overview.expected)
      .number("stations_reported", overview.reported)
      .boolean("complete", overview.reported == overview.expected);
  write_totals(json, overview.totals, overview.visits);
  json.number("attention", overview.attention).key("stations").begin_array();
  for (const OverviewStation& row : overview.stations) write_station(json, row);
  json.end_array().key("days").begin_array();
  for (const OverviewDay& day : overview.days) {
    json.begin_object()
        .text("date", day.date)
        .number("regular", day.regular)
        .number("off_hours", day.off_hours)
        .end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string station_detail_json(const StationDetail& detail) {
  JsonWriter json;
  json.begin_object().text("date", detail.date).key("station");
  write_station(json, detail.day.row);
  write_totals(json, detail.day.totals, detail.day.visits);
  json.number("member_since_ms", detail.member_since.value)
      .number("certificate_ends_ms", detail.certificate_ends.value)
      .number("changes", detail.changes);
  write_time(json, "written_ms", detail.written);
  json.key("appointments").begin_array();
  for (const RecordRow& row : detail.appointments) write_record(json, row);
  json.end_array().key("windows").begin_array();
  for (const WindowEntry& window : detail.windows) {
    json.begin_object()
        .number("number", window.number)
        .text("name", window.name)
        .boolean("closed", window.closed)
        .end_object();
  }
  json.end_array().key("log");
  write_sync_log(json, detail.log);
  json.end_object();
  return json.take();
}

}  // namespace yizhan::node::http
