#include "node/http/node_json.h"

#include "node/http/limits.h"

namespace yizhan::node::http {

const char* name_of(NodeRole role) {
  switch (role) {
    case NodeRole::Hub: return "hub";
    case NodeRole::District: return "district";
    case NodeRole::Station: return "station";
  }
  return "station";
}

const char* name_of(StaffRole role) {
  switch (role) {
    case StaffRole::Clerk: return "clerk";
    case StaffRole::Lead: return "lead";
    case StaffRole::District: return "district";
    case StaffRole::City: return "city";
  }
  return "clerk";
}

const char* name_of(Rung rung) {
  switch (rung) {
    case Rung::Saved: return "saved";
    case Rung::Carried: return "carried";
    case Rung::Received: return "received";
  }
  return "saved";
}

const char* name_of(crdt::Appointment life) {
  switch (life) {
    case crdt::Appointment::Submitted: return "submitted";
    case crdt::Appointment::Confirmed: return "confirmed";
    case crdt::Appointment::Tentative: return "tentative";
    case crdt::Appointment::CounterOffered: return "counter_offered";
    case crdt::Appointment::Rejected: return "rejected";
    case crdt::Appointment::Waitlisted: return "waitlisted";
    case crdt::Appointment::Rescheduled: return "rescheduled";
    case crdt::Appointment::CancelledByClient: return "cancelled_by_client";
    case crdt::Appointment::CancelledByStation: return "cancelled_by_station";
    case crdt::Appointment::CheckedIn: return "checked_in";
    case crdt::Appointment::InService: return "in_service";
    case crdt::Appointment::Fulfilled: return "fulfilled";
    case crdt::Appointment::NoShow: return "no_show";
    case crdt::Appointment::NoShowExcused: return "no_show_excused";
    case crdt::Appointment::Expired: return "expired";
    case crdt::Appointment::Disputed: return "disputed";
  }
  return "disputed";
}

void write_time(JsonWriter& json, const char* name, const std::optional<WallMs>& time) {
  json.key(name);
  time ? json.number(time->value) : json.null();
}

void write_number(JsonWriter& json, const char* name, const std::optional<std::int64_t>& number) {
  json.key(name);
  number ? json.number(*number) : json.null();
}

void write_text(JsonWriter& json, const char* name, const std::optional<std::string>& text) {
  json.key(name);
  text ? json.text(*text) : json.null();
}

void write_texts(JsonWriter& json, const char* name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

const char* name_of(ChipState state) {
  switch (state) {
    case ChipState::Received: return "received";
    case ChipState::Sending: return "sending";
    case ChipState::DistrictOnly: return "district_only";
    case ChipState::Offline: return "offline";
    case ChipState::Overdue: return "overdue";
    case ChipState::OnMedia: return "on_media";
    case ChipState::Unknown: return "unknown";
    case ChipState::CannotSave: return "cannot_save";
  }
  return "unknown";
}

const char* name_of(crdt::Visit state) {
  switch (state) {
    case crdt::Visit::Waiting:
    case crdt::Visit::Disputed: return "waiting";
    case crdt::Visit::Called: return "called";
    case crdt::Visit::InService: return "in_service";
    case crdt::Visit::OnHold: return "on_hold";
    case crdt::Visit::Missed: return "missed";
    case crdt::Visit::Finished: return "finished";
    case crdt::Visit::Left:
    case crdt::Visit::Withdrawn: return "left";
  }
  return "waiting";
}

void write_came(JsonWriter& json, const std::optional<crdt::Visit>& state,
                const std::string& ticket) {
  json.key("visit_state");
  state ? json.text(name_of(*state)) : json.null();
  json.text("ticket", ticket);
}

void write_counts(JsonWriter& json, const std::optional<RungCounts>& counts) {
  json.key("counts");
  if (!counts) {
    json.null();
    return;
  }
  json.begin_object()
      .number("saved", counts->saved)
      .number("carried", counts->carried)
      .number("received", counts->received)
      .number("pending", counts->pending)
      .end_object();
}

void write_chip(JsonWriter& json, const Chip& chip) {
  json.key("chip").begin_object().text("state", name_of(chip.state));
  write_number(json, "pending", chip.pending);
  write_number(json, "to_city", chip.to_city);
  write_time(json, "since_ms", chip.since);
  json.number("days", chip.days).number("agreed_days", chip.agreed_days).end_object();
}

void write_status(JsonWriter& json, const NodeStatus& status) {
  json.begin_object()
      .text("node", status.node)
      .text("name", status.name)
      .text("division", status.division)
      .text("role", name_of(status.role))
      .text("version", status.version)
      .text("database", status.database)
      .text("policy_version", status.policy_version);
  write_counts(json, status.counts);
  json.boolean("connected", status.connected);
  write_time(json, "last_contact_ms", status.last_contact);
  write_number(json, "agreed_interval_s", status.agreed_interval_s);
  json.boolean("clock_suspect", status.clock_suspect).boolean("clock_asks", status.clock_asks);
  write_number(json, "clock_off_ms", status.clock_off_ms);
  json.boolean("can_save", status.can_save);
  write_number(json, "disk_free_bytes", status.disk_free_bytes);
  json.number("now_ms", status.now.value);
  write_text(json, "period",
             status.period ? std::optional<std::string>(name(*status.period)) : std::nullopt);
  write_chip(json, status.chip);
  json.end_object();
}

std::string status_json(const NodeStatus& status) {
  JsonWriter json;
  write_status(json, status);
  return json.take();
}

std::string divisions_json(const std::vector<DivisionRow>& rows) {
  JsonWriter json;
  json.begin_object().key("divisions").begin_array();
  for (const DivisionRow& row : rows) {
    json.begin_object().text("path", row.path).text("code", row.code).text("name", row.name);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string items_json(const std::vector<ItemRow>& rows) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const ItemRow& row : rows) {
    json.begin_object().text("code", row.code).text("name", row.name).text("group", row.group);
    write_texts(json, "materials", row.materials);
    json.boolean("upstream", row.upstream).end_object();
  }
  json.end_array().key("agent_papers").begin_object();
  for (const AgentBasis basis : {AgentBasis::PowerOfAttorney, AgentBasis::LegalGuardian}) {
    write_texts(json, name(basis), papers_of(basis));
  }
  json.end_object().end_object();
  return json.take();
}

std::string slots_json(const std::string& date, const std::vector<SlotRow>& rows) {
  JsonWriter json;
  json.begin_object().text("date", date).key("slots").begin_array();
  for (const SlotRow& row : rows) {
    json.begin_object()
        .text("window", row.window)
        .text("period", name(row.period))
        .number("capacity", row.capacity)
        .number("taken", row.taken)
        .number("free", row.free);
    write_time(json, "cutoff_ms", row.cut_off);
    json.boolean("over", row.over).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<SecretTry> read_sign_in(Fields& fields) {
  SecretTry secret{.login = fields.text("staff", {.min = 1, .max = 32, .shape = is_login}),
                   .secret = fields.text("secret", {.min = 1, .max = 128})};
  if (auto done = fields.finish(); !done) return fail(done);
  return secret;
}

Result<WallMs> read_said_time(Fields& fields) {
  const WallMs said{fields.number("time_ms", 0, kTimeMax)};
  if (auto done = fields.finish(); !done) return fail(done);
  return said;
}

Result<FirstSignIn> read_first_sign_in(Fields& fields) {
  FirstSignIn first{.login = fields.text("staff", {.min = 1, .max = 32, .shape = is_login}),
                    .code = fields.text("code", {.min = 16, .max = 19, .shape = is_one_time_code}),
                    .new_secret = fields.text("new_secret", {.min = 6, .max = 128})};
  if (auto done = fields.finish(); !done) return fail(done);
  return first;
}

}  // namespace yizhan::node::http
