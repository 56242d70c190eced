#include "node/http/hall_json.h"

#include "node/http/node_json.h"
#include "node/http/queue_json.h"
#include "node/policy/china_time.h"
#include "node/policy/evaluation_reasons.h"

namespace yizhan::node::http {
namespace {

void write_period(JsonWriter& json, const char* key, const std::optional<Period>& period) {
  json.key(key);
  period ? json.text(node::name(*period)) : json.null();
}

void write_minute(JsonWriter& json, const char* key, const std::optional<std::int64_t>& minute) {
  json.key(key);
  minute ? json.text(minute_text(*minute)) : json.null();
}

void write_hours_now(JsonWriter& json, const std::optional<Hours>& hours) {
  write_period(json, "period", hours ? std::optional(hours->period) : std::nullopt);
  write_minute(json, "period_begin", hours ? std::optional(hours->begin) : std::nullopt);
  write_minute(json, "period_end", hours ? std::optional(hours->end) : std::nullopt);
}

void write_hours_next(JsonWriter& json, const std::optional<Hours>& hours) {
  json.key("next_period");
  if (!hours) {
    json.null();
    return;
  }
  json.begin_object()
      .text("kind", node::name(hours->period))
      .text("begin", minute_text(hours->begin))
      .end_object();
}

void write_calling(JsonWriter& json, const std::vector<CalledTicket>& calls) {
  json.key("calling").begin_array();
  for (const CalledTicket& call : calls) {
    json.begin_object()
        .text("ticket", call.ticket)
        .number("window", call.window)
        .number("at_ms", call.at.value)
        .number("calls", call.calls)
        .end_object();
  }
  json.end_array();
}

void write_windows(JsonWriter& json, const std::vector<HallWindow>& windows) {
  json.key("windows").begin_array();
  for (const HallWindow& row : windows) {
    json.begin_object()
        .number("number", row.number)
        .text("name", row.name)
        .text("state", name_of(row.state));
    write_text(json, "ticket", row.ticket);
    json.end_object();
  }
  json.end_array();
}

void write_group(JsonWriter& json, const GroupChoice& group) {
  json.begin_object().text("group", group.group).key("items").begin_array();
  for (const ItemChoice& item : group.items) {
    json.begin_object().text("code", item.code).text("name", item.name).end_object();
  }
  json.end_array().number("ahead", group.ahead).end_object();
}

void write_invitation(JsonWriter& json, const std::optional<EvalInvitation>& invitation) {
  json.key("invitation");
  if (!invitation) {
    json.null();
    return;
  }
  json.begin_object()
      .text("visit", invitation->visit)
      .text("invitation", invitation->invitation)
      .number("until_ms", invitation->until.value)
      .end_object();
}

void write_reasons(JsonWriter& json) {
  json.key("reasons").begin_array();
  for (const EvaluationReason& reason : evaluation_reasons()) {
    json.begin_object()
        .text("code", reason.code)
        .text("zh", reason.zh)
        .text("en", reason.en)
        .end_object();
  }
  json.end_array();
}

}  // namespace

std::string display_json(const Display& display) {
  JsonWriter json;
  json.begin_object()
      .text("station", display.station)
      .text("date", display.date)
      .number("now_ms", display.now.value);
  write_hours_now(json, display.hours);
  write_hours_next(json, display.next_hours);
  write_calling(json, display.calling);
  write_windows(json, display.windows);
  write_texts(json, "next", display.next);
  write_texts(json, "missed", display.missed);
  json.number("waiting", display.waiting);
  write_number(json, "estimate_min", display.estimate_min);
  write_texts(json, "groups", display.groups);
  json.text("hotline", display.hotline).end_object();
  return json.take();
}

std::string ticket_screen_json(const TicketScreen& screen) {
  JsonWriter json;
  json.begin_object().text("station", screen.station).number("now_ms", screen.now.value);
  write_period(json, "period", screen.period);
  json.key("groups").begin_array();
  for (const GroupChoice& group : screen.groups) write_group(json, group);
  json.end_array().number("waiting", screen.waiting).boolean("open", screen.open).end_object();
  return json.take();
}

std::string eval_screen_json(const EvalScreen& screen) {
  JsonWriter json;
  json.begin_object().text("station", screen.station).number("now_ms", screen.now.value);
  json.key("hours").begin_array();
  for (const Hours& hours : screen.hours) {
    json.begin_object()
        .text("kind", node::name(hours.period))
        .text("begin", minute_text(hours.begin))
        .text("end", minute_text(hours.end))
        .end_object();
  }
  json.end_array()
      .key("window")
      .begin_object()
      .number("number", screen.number)
      .text("name", screen.window)
      .end_object();
  write_invitation(json, screen.invitation);
  write_reasons(json);
  json.end_object();
  return json.take();
}

}  // namespace yizhan::node::http
