#include "node/http/appointment_json.h"

#include <array>

#include "node/http/limits.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

constexpr TextRule kItem{.min = 1, .max = 33, .shape = is_item_code};
constexpr TextRule kDate{.min = 10, .max = 10, .shape = is_date};
constexpr TextRule kWindow{.min = 5, .max = 5, .shape = is_window};
constexpr TextRule kPerson{.min = 1, .max = 64};
constexpr TextRule kPhone{.min = 5, .max = 20, .shape = is_phone};
constexpr TextRule kDocumentNumber{.min = 1, .max = 32};
constexpr TextRule kPaperNumber{.min = 1, .max = 32};
constexpr TextRule kNote{.min = 0, .max = 2000, .lines = true};
constexpr TextRule kMaterial{.min = 1, .max = 32};
constexpr std::size_t kMaterialsMax = 16;
constexpr TextRule kReason{.min = 1, .max = 200};

struct TaskName {
  crdt::LifeTask task;
  const char* name;
};
constexpr std::array kTaskNames = {
    TaskName{crdt::LifeTask::ArrivedAfterCancel, "arrived_after_cancel"},
    TaskName{crdt::LifeTask::CancelAgainstReschedule, "cancel_against_reschedule"},
    TaskName{crdt::LifeTask::CompetingReschedules, "competing_reschedules"},
    TaskName{crdt::LifeTask::RescheduleAgainstNoShow, "reschedule_against_no_show"},
    TaskName{crdt::LifeTask::Disputed, "disputed"},
};

void write_siblings(JsonWriter& json, const std::vector<Siblings>& siblings) {
  json.key("siblings").begin_array();
  for (const Siblings& sibling : siblings) {
    json.begin_object().text("field", sibling.field).key("values").begin_array();
    for (const std::string& value : sibling.values) json.text(value);
    json.end_array().end_object();
  }
  json.end_array();
}

void write_document(JsonWriter& json, const Document& document) {
  json.key("document")
      .begin_object()
      .text("kind", document.kind)
      .text("number", document.number)
      .end_object();
}

void write_agent(JsonWriter& json, const std::optional<Agent>& agent) {
  json.key("agent");
  if (!agent) {
    json.null();
    return;
  }
  json.begin_object().text("name", agent->name);
  agent->document ? write_document(json, *agent->document) : write_text(json, "document", {});
  write_text(json, "phone", agent->phone);
  json.text("basis", name(agent->basis));
  write_text(json, "valid_until", agent->valid_until);
  json.end_object();
}

Document read_document(Fields& fields) {
  Fields inner = fields.object("document");
  Document document;
  document.kind = inner.one_of("kind", {"resident_id", "hmt_residence", "foreign_permanent",
                                        "hm_permit", "taiwan_permit", "passport", "other"});
  document.number = inner.text("number", kDocumentNumber);
  fields.close(inner);
  return document;
}

Agent read_agent(Fields& fields) {
  Fields inner = fields.object("agent");
  Agent agent;
  agent.name = inner.text("name", kPerson);
  if (inner.has("document")) agent.document = read_document(inner);
  agent.phone = inner.text_if_present("phone", kPhone);
  const std::string basis = inner.one_of("basis", {"power_of_attorney", "legal_guardian"});
  agent.basis = parse_agent_basis(basis).value_or(AgentBasis::PowerOfAttorney);
  agent.valid_until = inner.text_if_present("valid_until", kDate);
  fields.close(inner);
  return agent;
}

const char* name_of(RecordAct act) {
  switch (act) {
    case RecordAct::CheckIn: return "check_in";
    case RecordAct::Finish: return "finish";
    case RecordAct::Edit: return "edit";
    case RecordAct::Reschedule: return "reschedule";
    case RecordAct::Cancel: return "cancel";
    case RecordAct::NoShow: return "no_show";
    case RecordAct::Excuse: return "excuse";
    case RecordAct::Print: return "print";
  }
  return "print";
}

void write_acts(JsonWriter& json, const std::optional<std::vector<RecordAct>>& acts) {
  json.key("acts");
  if (!acts) {
    json.null();
    return;
  }
  json.begin_array();
  for (const RecordAct act : *acts) json.text(name_of(act));
  json.end_array();
}

}  // namespace

void write_tasks(JsonWriter& json, std::uint8_t tasks) {
  json.key("tasks").begin_array();
  for (const TaskName& row : kTaskNames) {
    if ((tasks & static_cast<std::uint8_t>(row.task)) != 0) json.text(row.name);
  }
  json.end_array();
}

void write_appointment(JsonWriter& json, const Appointment& a) {
  json.begin_object()
      .text("id", a.id)
      .text("number", a.number)
      .text("revision", a.revision)
      .text("item", a.item)
      .text("date", a.date)
      .text("window", a.window)
      .text("name", a.name);
  write_document(json, a.document);
  write_text(json, "phone", a.phone);
  json.text("channel", a.channel);
  write_text(json, "note", a.note);
  write_agent(json, a.agent);
  write_texts(json, "to_bring", a.to_bring);
  json.text("life", name_of(a.life));
  write_tasks(json, a.tasks);
  write_text(json, "cancel_reason", a.cancel_reason);
  write_text(json, "excuse_reason", a.excuse_reason);
  json.key("period");
  a.period ? json.text(name(*a.period)) : json.null();
  json.boolean("late_entry", a.late_entry)
      .number("prints", a.prints)
      .number("reschedules", a.reschedules)
      .number("created_at_ms", a.created_at.value)
      .text("rung", name_of(a.rung));
  write_siblings(json, a.siblings);
  write_acts(json, a.acts);
  json.end_object();
}

std::string appointment_json(const Appointment& appointment) {
  JsonWriter json;
  write_appointment(json, appointment);
  return json.take();
}

std::string page_json(const AppointmentPage& page) {
  JsonWriter json;
  json.begin_object().key("appointments").begin_array();
  for (const AppointmentRow& row : page.rows) {
    json.begin_object()
        .text("id", row.id)
        .text("number", row.number)
        .text("item", row.item)
        .text("date", row.date)
        .text("window", row.window)
        .text("name", row.masked_name);
    write_text(json, "agent", row.masked_agent);
    json.text("phone_tail", row.phone_tail).text("life", name_of(row.life));
    write_came(json, row.visit_state, row.ticket);
    json.text("rung", name_of(row.rung)).text("station", row.station).end_object();
  }
  json.end_array().key("next");
  page.next.empty() ? json.null() : json.text(page.next);
  json.end_object();
  return json.take();
}

std::string history_json(const std::vector<HistoryRow>& rows) {
  JsonWriter json;
  json.begin_object().key("history").begin_array();
  for (const HistoryRow& row : rows) {
    json.begin_object().text("staff", row.staff);
    write_text(json, "staff_login", row.staff_login);
    write_text(json, "staff_name", row.staff_name);
    json.number("at_ms", row.at.value).key("fields").begin_array();
    for (const std::string& field : row.fields) json.text(field);
    json.end_array().key("life");
    row.life ? json.text(name_of(*row.life)) : json.null();
    json.text("stream", row.stream).number("seq", static_cast<std::int64_t>(row.seq));
    write_text(json, "request", row.request);
    json.boolean("clock_suspect", row.clock_suspect);
    json.text("rung", name_of(row.rung)).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<NewAppointment> read_new_appointment(Fields& fields) {
  NewAppointment booking;
  booking.item = fields.text("item", kItem);
  booking.date = fields.text("date", kDate);
  booking.window = fields.text("window", kWindow);
  booking.name = fields.text("name", kPerson);
  booking.document = read_document(fields);
  booking.phone = fields.text_if_present("phone", kPhone);
  booking.channel = fields.one_of("channel", {"window", "phone", "kiosk", "h5", "hotline"});
  booking.note = fields.text_if_present("note", kNote);
  if (fields.has("agent")) booking.agent = read_agent(fields);
  if (fields.has("to_bring")) {
    booking.to_bring = fields.texts("to_bring", kMaterial, kMaterialsMax);
  }
  if (fields.has("occurred_at_ms")) {
    booking.occurred_at = WallMs{fields.number_or("occurred_at_ms", 0, 0, kTimeMax)};
  }
  booking.paper_number = fields.text_if_present("paper_number", kPaperNumber);
  if (auto done = fields.finish(); !done) return fail(done);
  return booking;
}

Result<AppointmentEdit> read_edit(Fields& fields) {
  AppointmentEdit edit;
  edit.item = fields.text_if_present("item", kItem);
  edit.phone = fields.text_or_null("phone", kPhone);
  edit.note = fields.text_or_null("note", kNote);
  if (auto done = fields.finish(); !done) return fail(done);
  if (!edit.item && !edit.phone && !edit.note) {
    return fail(Errc::BadFormat, "nothing is to be changed", "body");
  }
  return edit;
}

Result<Reschedule> read_reschedule(Fields& fields) {
  Reschedule to;
  to.date = fields.text("date", kDate);
  to.window = fields.text("window", kWindow);
  if (auto done = fields.finish(); !done) return fail(done);
  return to;
}

Result<Cancel> read_cancel(Fields& fields) {
  Cancel cancel;
  cancel.reason = fields.one_of("reason", {"client_request", "client_duplicate", "station_closed",
                                           "station_power_cut", "station_calendar"});
  if (auto done = fields.finish(); !done) return fail(done);
  return cancel;
}

Result<Excuse> read_excuse(Fields& fields) {
  Excuse excuse;
  excuse.reason = fields.text("reason", kReason);
  if (auto done = fields.finish(); !done) return fail(done);
  return excuse;
}

}  // namespace yizhan::node::http
