#include "node/http/queue_json.h"

#include <array>

#include "node/http/appointment_json.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

constexpr TextRule kItem{.min = 1, .max = 33, .shape = is_item_code};
constexpr TextRule kPerson{.min = 1, .max = 64};
constexpr TextRule kPhone{.min = 5, .max = 20, .shape = is_phone};
constexpr TextRule kDocumentNumber{.min = 1, .max = 32};
constexpr TextRule kNote{.min = 0, .max = 2000, .lines = true};
constexpr TextRule kPaper{.min = 1, .max = 32};
constexpr TextRule kLabel{.min = 1, .max = 32};
constexpr TextRule kSeat{.min = 32, .max = 32, .shape = is_seat};
constexpr TextRule kReason{.min = 0, .max = 200};
constexpr TextRule kId{.min = 1, .max = 64, .shape = is_id};
constexpr std::size_t kGroupsMax = 32;
constexpr std::int64_t kWindowMax = 99;

constexpr std::array kPriorities = {"none", "elder", "disabled", "pregnant", "veteran"};
constexpr std::array kLeaveReasons = {"client_left", "carried_over", "told_by_phone"};
constexpr std::array kOutcomes = {"done", "consulted", "incomplete", "received_only"};

const char* name_of(QueueReason reason) {
  switch (reason) {
    case QueueReason::AppointmentDue: return "appointment_due";
    case QueueReason::Priority: return "priority";
    case QueueReason::Order: return "order";
    case QueueReason::LongestWait: return "longest_wait";
    case QueueReason::Transferred: return "transferred";
    case QueueReason::Returned: return "returned";
  }
  return "order";
}

const char* name_of(Timing timing) {
  switch (timing) {
    case Timing::None: return "none";
    case Timing::Early: return "early";
    case Timing::OnTime: return "on_time";
    case Timing::Late: return "late";
  }
  return "none";
}

const char* name_of(Rated rated) {
  switch (rated) {
    case Rated::Invited: return "invited";
    case Rated::Rated: return "rated";
    case Rated::Declined: return "declined";
    case Rated::NotRated: return "not_rated";
  }
  return "not_rated";
}

const char* name_of(Act act) {
  switch (act) {
    case Act::Book: return "book";
    case Act::Reschedule: return "reschedule";
    case Act::Cancel: return "cancel";
    case Act::NoShow: return "no_show";
    case Act::CheckIn: return "check_in";
    case Act::TakeTicket: return "take_ticket";
    case Act::Call: return "call";
    case Act::Start: return "start";
    case Act::Miss: return "miss";
    case Act::Hold: return "hold";
    case Act::Transfer: return "transfer";
    case Act::Finish: return "finish";
    case Act::Leave: return "leave";
  }
  return "call";
}

const char* name_of(QueueLight light) {
  switch (light) {
    case QueueLight::Green: return "green";
    case QueueLight::Amber: return "amber";
    case QueueLight::Red: return "red";
  }
  return "green";
}

const char* name_of(Outcome outcome) {
  return kOutcomes[(static_cast<std::size_t>(outcome) - 1) % kOutcomes.size()];
}

// The name of an optional kind, or null.
template <class Kind>
void write_kind(JsonWriter& json, const char* name, const std::optional<Kind>& kind) {
  json.key(name);
  kind ? json.text(name_of(*kind)) : json.null();
}

void write_row(JsonWriter& json, const QueueRow& row) {
  json.begin_object()
      .text("id", row.id)
      .text("ticket", row.ticket)
      .text("item", row.item)
      .text("group", row.group)
      .text("state", http::name_of(row.state));
  write_text(json, "name", row.masked_name);
  json.text("priority", http::name_of(row.priority));
  write_text(json, "slot", row.slot);
  json.number("arrived_at_ms", row.arrived_at.value)
      .number("wait_min", row.wait_min)
      .text("reason", name_of(row.reason));
  write_time(json, "ready_at_ms", row.ready_at);
  write_number(json, "window", row.window);
  json.end_object();
}

void write_rows(JsonWriter& json, const char* name, const std::vector<QueueRow>& rows) {
  json.key(name).begin_array();
  for (const QueueRow& row : rows) write_row(json, row);
  json.end_array();
}

void write_visit(JsonWriter& json, const Visit& v) {
  json.begin_object()
      .text("id", v.id)
      .text("ticket", v.ticket)
      .text("revision", v.revision)
      .text("item", v.item)
      .text("state", http::name_of(v.state));
  write_number(json, "window", v.window);
  json.text("priority", http::name_of(v.priority));
  json.key("period");
  v.period ? json.text(node::name(*v.period)) : json.null();
  write_text(json, "appointment", v.appointment);
  write_text(json, "slot", v.slot);
  write_text(json, "name", v.masked_name);
  write_text(json, "agent", v.masked_agent);
  json.number("arrived_at_ms", v.arrived_at.value);
  write_time(json, "called_at_ms", v.called_at);
  json.number("calls", v.calls);
  write_time(json, "started_at_ms", v.started_at);
  write_time(json, "finished_at_ms", v.finished_at);
  write_kind(json, "outcome", v.outcome);
  write_text(json, "note", v.note);
  write_text(json, "hold_reason", v.hold_reason);
  write_kind(json, "rated", v.rated);
  json.boolean("late_entry", v.late_entry)
      .text("business_date", v.business_date)
      .boolean("upstream", v.upstream)
      .text("rung", http::name_of(v.rung))
      .end_object();
}

void write_counts(JsonWriter& json, const QueueCounts& counts) {
  json.key("counts")
      .begin_object()
      .number("waiting", counts.waiting)
      .number("by_appointment", counts.by_appointment)
      .number("walk_in", counts.walk_in)
      .number("missed", counts.missed)
      .number("held", counts.held)
      .number("finished", counts.finished);
  write_number(json, "average_min", counts.average_min);
  json.number("off_hours", counts.off_hours)
      .number("rated", counts.rated)
      .number("unrated", counts.unrated)
      .end_object();
}

void write_window(JsonWriter& json, const WindowRow& row) {
  json.begin_object().number("number", row.number).text("name", row.name).key("groups");
  json.begin_array();
  for (const std::string& group : row.groups) json.text(group);
  json.end_array().boolean("closed", row.closed);
  write_text(json, "held_by", row.held_by);
  write_time(json, "held_since_ms", row.held_since);
  write_text(json, "ticket", row.ticket);
  json.text("state", http::name_of(row.state)).end_object();
}

template <std::size_t size>
std::size_t place_in(const std::array<const char*, size>& names, const std::string& name) {
  for (std::size_t i = 0; i < size; ++i) {
    if (name == names[i]) return i;
  }
  return 0;
}

std::optional<WallMs> moment_if_present(Fields& fields, const std::string& name) {
  constexpr std::int64_t kMax = 4'102'444'800'000;  // 2100-01-01
  const auto at = fields.number_if_present(name, 0, kMax);
  return at ? std::optional(WallMs{*at}) : std::nullopt;
}

}  // namespace

const char* name_of(Priority priority) {
  return kPriorities[static_cast<std::size_t>(priority) % kPriorities.size()];
}

const char* name_of(WindowState state) {
  switch (state) {
    case WindowState::Open: return "open";
    case WindowState::Paused: return "paused";
    case WindowState::Closed: return "closed";
  }
  return "closed";
}

std::string visit_json(const Visit& visit) {
  JsonWriter json;
  write_visit(json, visit);
  return json.take();
}

namespace {

void write_arrival(JsonWriter& json, const Arrival& arrival) {
  json.begin_object().key("appointment");
  if (arrival.appointment) {
    write_appointment(json, *arrival.appointment);
  } else {
    json.null();
  }
  json.key("visit");
  write_visit(json, arrival.visit);
  json.number("ahead", arrival.ahead)
      .text("timing", name_of(arrival.timing))
      .number("late_min", arrival.late_min);
  write_time(json, "ready_at_ms", arrival.ready_at);
  json.boolean("already", arrival.already).end_object();
}

const char* name_of(MachineArrival::Outcome outcome) {
  switch (outcome) {
    case MachineArrival::Outcome::CheckIn: return "checked_in";
    case MachineArrival::Outcome::Nobody: return "nobody";
    case MachineArrival::Outcome::NotCertain: return "not_certain";
    case MachineArrival::Outcome::Elsewhere: return "elsewhere";
    case MachineArrival::Outcome::BadCode: return "bad_code";
  }
  return "nobody";
}

}  // namespace

std::string arrival_json(const Arrival& arrival) {
  JsonWriter json;
  write_arrival(json, arrival);
  return json.take();
}

std::string machine_arrival_json(const MachineArrival& made, const Arrival* arrival) {
  JsonWriter json;
  json.begin_object().text("outcome", name_of(made.outcome)).key("elsewhere");
  made.elsewhere.empty() ? json.null() : json.text(made.elsewhere);
  json.key("arrival");
  if (arrival != nullptr) {
    write_arrival(json, *arrival);
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

std::string queue_json(const Queue& queue) {
  JsonWriter json;
  json.begin_object()
      .text("day", queue.day)
      .number("now_ms", queue.now.value)
      .number("revision", queue.revision);
  write_text(json, "next", queue.next);
  write_rows(json, "waiting", queue.waiting);
  json.key("current");
  if (queue.current) {
    write_visit(json, *queue.current);
  } else {
    json.null();
  }
  write_rows(json, "missed", queue.missed);
  write_rows(json, "held", queue.held);
  json.number("expected", queue.expected);
  write_rows(json, "left_over", queue.left_over);
  write_counts(json, queue.counts);
  json.text("light", name_of(queue.light)).end_object();
  return json.take();
}

std::string window_json(const WindowRow& row) {
  JsonWriter json;
  write_window(json, row);
  return json.take();
}

std::string windows_json(const std::vector<WindowRow>& rows) {
  JsonWriter json;
  json.begin_object().key("windows").begin_array();
  for (const WindowRow& row : rows) write_window(json, row);
  json.end_array().end_object();
  return json.take();
}

std::string seat_json(const OpenedSeat& opened) {
  JsonWriter json;
  json.begin_object().text("seat", opened.seat).key("window");
  write_window(json, opened.window);
  write_text(json, "took_over_from", opened.took_over_from);
  json.end_object();
  return json.take();
}

namespace {

void write_forms(JsonWriter& json, const std::vector<FormStock>& forms) {
  json.key("forms").begin_array();
  for (const FormStock& stock : forms) {
    json.begin_object()
        .text("first", stock.first)
        .text("last", stock.last)
        .number("given", stock.given)
        .number("used", stock.used)
        .number("spoiled", stock.spoiled)
        .number("left", stock.left)
        .end_object();
  }
  json.end_array();
}

}  // namespace

std::string day_close_json(const DayClose& day) {
  JsonWriter json;
  json.begin_object().text("date", day.date);
  write_rows(json, "left", day.left);
  json.key("counts")
      .begin_object()
      .number("booked", day.counts.booked)
      .number("arrived", day.counts.arrived)
      .number("finished", day.counts.finished)
      .number("walk_in", day.counts.walk_in)
      .number("off_hours", day.counts.off_hours)
      .number("cancelled", day.counts.cancelled)
      .number("no_show", day.counts.no_show)
      .number("rated", day.counts.rated)
      .number("unrated", day.counts.unrated)
      .number("complaints", day.counts.complaints)
      .end_object();
  write_forms(json, day.forms);
  write_number(json, "pending", day.pending);
  json.boolean("safe_to_power_off", day.safe_to_power_off);
  write_time(json, "closed_at_ms", day.closed_at);
  json.end_object();
  return json.take();
}

std::string undone_json(const Undone& undone) {
  JsonWriter json;
  json.begin_object().text("id", undone.id).text("undone", name_of(undone.act)).end_object();
  return json.take();
}

Result<NewVisit> read_new_visit(Fields& fields) {
  NewVisit wish;
  wish.item = fields.text("item", kItem);
  if (fields.has("priority")) {
    const std::string name =
        fields.one_of("priority", {"none", "elder", "disabled", "pregnant", "veteran"});
    wish.priority = static_cast<Priority>(place_in(kPriorities, name));
  }
  wish.name = fields.text_if_present("name", kPerson);
  if (fields.has("document")) {
    Fields document = fields.object("document");
    Document& given = wish.document.emplace();
    given.kind = document.one_of("kind", {"resident_id", "hmt_residence", "foreign_permanent",
                                          "hm_permit", "taiwan_permit", "passport", "other"});
    given.number = document.text("number", kDocumentNumber);
    fields.close(document);
  }
  wish.phone = fields.text_if_present("phone", kPhone);
  wish.note = fields.text_if_present("note", kNote);
  wish.occurred_at = moment_if_present(fields, "occurred_at_ms");
  wish.paper_number = fields.text_if_present("paper_number", kPaper);
  if (fields.has("outcome")) {
    const std::string name =
        fields.one_of("outcome", {"done", "consulted", "incomplete", "received_only"});
    wish.outcome = static_cast<Outcome>(place_in(kOutcomes, name) + 1);
  }
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<NewWindow> read_new_window(Fields& fields) {
  NewWindow window;
  window.number = fields.number("number", 1, kWindowMax);
  window.name = fields.text("name", kLabel);
  window.groups = fields.texts("groups", kLabel, kGroupsMax);
  if (auto done = fields.finish(); !done) return fail(done);
  return window;
}

Result<WindowEdit> read_window_edit(Fields& fields) {
  WindowEdit edit;
  edit.name = fields.text_if_present("name", kLabel);
  if (fields.has("groups")) edit.groups = fields.texts("groups", kLabel, kGroupsMax);
  if (fields.has("closed")) edit.closed = fields.flag_or("closed", false);
  if (auto done = fields.finish(); !done) return fail(done);
  if (!edit.name && !edit.groups && !edit.closed) {
    return fail(Errc::BadFormat, "nothing is to be changed", "body");
  }
  return edit;
}

Result<bool> read_take_over(Fields& fields) {
  const bool take_over = fields.flag_or("take_over", false);
  if (auto done = fields.finish(); !done) return fail(done);
  return take_over;
}

Result<std::string> read_seat(Fields& fields) {
  std::string seat = fields.text("seat", kSeat);
  if (auto done = fields.finish(); !done) return fail(done);
  return seat;
}

Result<CallWish> read_call(Fields& fields) {
  CallWish wish;
  wish.seat = fields.text("seat", kSeat);
  wish.visit = fields.text_if_present("visit", kId);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<FinishWish> read_finish(Fields& fields) {
  FinishWish wish;
  wish.seat = fields.text("seat", kSeat);
  const std::string outcome =
      fields.one_of("outcome", {"done", "consulted", "incomplete", "received_only"});
  wish.how.outcome = static_cast<Outcome>(place_in(kOutcomes, outcome) + 1);
  wish.how.rate = fields.flag_or("rate", true);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<HoldWish> read_hold(Fields& fields) {
  HoldWish wish;
  wish.seat = fields.text("seat", kSeat);
  wish.hold.reason = fields.text("reason", kReason);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<TransferWish> read_transfer(Fields& fields) {
  TransferWish wish;
  wish.seat = fields.text("seat", kSeat);
  wish.to.to_window = fields.number("to_window", 1, kWindowMax);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<LeaveReason> read_leave(Fields& fields) {
  const std::string reason =
      fields.one_of("reason", {"client_left", "carried_over", "told_by_phone"});
  if (auto done = fields.finish(); !done) return fail(done);
  return static_cast<LeaveReason>(place_in(kLeaveReasons, reason) + 1);
}

Result<VisitNote> read_visit_note(Fields& fields) {
  if (!fields.has("note")) return fail(Errc::BadFormat, "is missing", "note");
  VisitNote wish;
  wish.note = fields.text_or_null("note", kNote);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

Result<SpoiledForm> read_spoiled_form(Fields& fields) {
  SpoiledForm form;
  form.number = fields.text("paper_number", kPaper);
  form.spoiled = fields.flag_or("spoiled", true);
  if (auto done = fields.finish(); !done) return fail(done);
  return form;
}

Result<WithLeft> read_with_left(Fields& fields) {
  const std::string left = fields.one_of("left", {"carry_over", "told_by_phone"});
  if (auto done = fields.finish(); !done) return fail(done);
  return left == "carry_over" ? WithLeft::CarryOver : WithLeft::ToldByPhone;
}

Result<std::string> read_undo(Fields& fields) {
  std::string id = fields.text("id", kId);
  if (auto done = fields.finish(); !done) return fail(done);
  return id;
}

}  // namespace yizhan::node::http
