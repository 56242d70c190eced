#include "node/http/paper_json.h"

#include "node/http/node_json.h"
#include "node/policy/china_time.h"

namespace yizhan::node::http {
namespace {

constexpr const char* kStandard = "政务服务 预约+无休服务规范";

void write_period(JsonWriter& json, const CalendarPeriod& period) {
  json.begin_object()
      .text("kind", name(period.hours.period))
      .text("begin", minute_text(period.hours.begin))
      .text("end", minute_text(period.hours.end))
      .boolean("booking_only", period.booking_only)
      .boolean("bookable", period.bookable);
  write_time(json, "cutoff_ms", period.cut_off);
  json.boolean("over", period.over).end_object();
}

}  // namespace

std::string policy_json(const PolicyFacts& facts) {
  JsonWriter json;
  json.begin_object()
      .text("version", facts.version)
      .text("effective_from", facts.effective_from)
      .boolean("signed", facts.is_signed)
      .text("station_name", facts.station_name)
      .text("standard", kStandard)
      .key("values")
      .begin_array();
  for (const PolicyValue& value : facts.values) {
    json.begin_object()
        .text("key", value.key)
        .text("value", value.value)
        .text("unit", value.unit)
        .text("title", value.title)
        .text("title_en", value.title_en)
        .boolean("only_tighter", value.only_tighter)
        .end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string calendar_json(const std::vector<CalendarRow>& rows) {
  JsonWriter json;
  json.begin_object().key("days").begin_array();
  for (const CalendarRow& row : rows) {
    json.begin_object()
        .text("date", date_text(row.day))
        .text("kind", name(row.facts.kind))
        .text("name", row.facts.name)
        .boolean("known", row.facts.known)
        .number("weekday", weekday(row.day))
        .key("periods")
        .begin_array();
    for (const CalendarPeriod& period : row.periods) write_period(json, period);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace yizhan::node::http
