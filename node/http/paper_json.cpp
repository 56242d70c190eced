#include "node/http/paper_json.h"

#include <algorithm>

#include "node/http/device_json.h"
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

const char* name_of(PrinterState state) {
  switch (state) {
    case PrinterState::Idle: return "idle";
    case PrinterState::Printing: return "printing";
    case PrinterState::Stopped: return "stopped";
    case PrinterState::Unknown: return "unknown";
  }
  return "unknown";
}

void write_problem(JsonWriter& json, PrintProblem problem) {
  json.key("problem");
  switch (problem) {
    case PrintProblem::None: json.null(); return;
    case PrintProblem::NoPrinter: json.text("no_printer"); return;
    case PrintProblem::PaperOut: json.text("paper_out"); return;
    case PrintProblem::Offline: json.text("offline"); return;
    case PrintProblem::Rejected: json.text("rejected"); return;
  }
}

SlipKind parse_kind(const std::string& name) {
  if (name == "ticket") return SlipKind::Ticket;
  if (name == "evaluation") return SlipKind::Evaluation;
  if (name == "complaint") return SlipKind::Complaint;
  if (name == "day_list") return SlipKind::DayList;
  if (name == "paper_forms") return SlipKind::PaperForms;
  if (name == "day_close") return SlipKind::DayClose;
  return SlipKind::Appointment;
}

Paper parse_paper(const std::string& name) {
  if (name == "a5") return Paper::A5;
  return name == "a4" ? Paper::A4 : Paper::Roll80;
}

// [A-Za-z0-9_.-], as CUPS names queues; none begins like an option.
bool is_printer_name(std::string_view text) {
  return !text.starts_with('-') && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  });
}

// What each kind needs, and the paper that it fits on.
Result<void> check_needs(const NewSlip& wish) {
  const bool listing = wish.kind == SlipKind::DayList || wish.kind == SlipKind::PaperForms;
  if (listing != (wish.paper == Paper::A4)) {
    return fail(Errc::BadFormat, "this kind does not fit on that paper", "paper");
  }
  const bool of_a_day = wish.kind == SlipKind::DayList || wish.kind == SlipKind::DayClose;
  if (of_a_day && wish.date.empty()) {
    return fail(Errc::BadFormat, "is missing", "date");
  }
  if (wish.kind == SlipKind::PaperForms && wish.count == 0) {
    return fail(Errc::BadFormat, "is missing", "count");
  }
  if (!listing && !of_a_day && wish.id.empty()) return fail(Errc::BadFormat, "is missing", "id");
  return {};
}

}  // namespace

bool is_slip_name(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string slip_json(const MadeSlip& made) {
  JsonWriter json;
  json.begin_object()
      .text("slip", made.slip)
      .number("pages", made.pages)
      .number("copy", made.copy)
      .boolean("printed", made.problem == PrintProblem::None);
  write_problem(json, made.problem);
  json.key("numbers").begin_array();
  for (const std::string& number : made.numbers) json.text(number);
  json.end_array().end_object();
  return json.take();
}

std::string device_trouble_json(const DeviceRow& device, PrintProblem trouble) {
  JsonWriter json;
  json.begin_object()
      .text("device", device.device)
      .text("kind", name_of(device.kind))
      .text("name", device.name);
  write_problem(json, trouble);
  json.end_object();
  return json.take();
}

std::string printers_json(const std::vector<PrinterRow>& rows) {
  JsonWriter json;
  json.begin_object().key("printers").begin_array();
  for (const PrinterRow& row : rows) {
    json.begin_object().text("name", row.name).text("state", name_of(row.state));
    write_problem(json, row.problem);
    json.boolean("is_default", row.is_default).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<NewSlip> read_new_slip(Fields& fields) {
  constexpr std::int64_t kFormsMax = 50;
  NewSlip wish;
  wish.kind = parse_kind(fields.one_of("kind", {"appointment", "ticket", "evaluation", "complaint",
                                                "day_close", "day_list", "paper_forms"}));
  wish.paper = parse_paper(fields.one_of("paper", {"80mm", "a5", "a4"}));
  wish.id = fields.text_if_present("id", {.min = 1, .max = 64, .shape = is_id}).value_or("");
  wish.date = fields.text_if_present("date", {.min = 10, .max = 10, .shape = is_date}).value_or("");
  wish.count = fields.has("count") ? fields.number_or("count", 0, 1, kFormsMax) : 0;
  wish.printer = fields.text_if_present("printer", {.min = 0, .max = 64, .shape = is_printer_name})
                     .value_or("");
  if (auto done = fields.finish(); !done) return fail(done);
  if (auto complete = check_needs(wish); !complete) return fail(complete);
  return wish;
}

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
