#include "node/http/admin_json.h"

#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

template <class Row, class Write>
std::string list_json(const char* name, const std::vector<Row>& rows, Write write) {
  JsonWriter json;
  json.begin_object().key(name).begin_array();
  for (const Row& row : rows) {
    json.begin_object();
    write(json, row);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

void write_staff(JsonWriter& json, const StaffRow& row) {
  json.text("login", row.login)
      .text("display_name", row.display_name)
      .text("role", name_of(row.role))
      .boolean("disabled", row.disabled)
      .boolean("has_secret", row.has_secret);
}

StaffRole staff_role(const std::string& name) {
  for (StaffRole role : {StaffRole::Lead, StaffRole::District, StaffRole::City}) {
    if (name == name_of(role)) return role;
  }
  return StaffRole::Clerk;
}

}  // namespace

std::string admin_status_json(const AdminStatus& status) {
  JsonWriter json;
  json.begin_object().key("node");
  write_status(json, status.node);
  json.number("changes", status.changes)
      .number("segments", status.segments)
      .number("entities", status.entities)
      .number("database_bytes", status.database_bytes)
      .number("dead_letters", status.dead_letters)
      .key("peers")
      .begin_array();
  for (const PeerRow& peer : status.peers) {
    json.begin_object()
        .text("node", peer.node)
        .text("name", peer.name)
        .text("role", name_of(peer.role))
        .boolean("connected", peer.connected);
    write_time(json, "last_contact_ms", peer.last_contact);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string sync_now_json(const SyncNow& result) {
  JsonWriter json;
  json.begin_object().boolean("started", result.started).end_object();
  return json.take();
}

void write_sync_log(JsonWriter& json, const std::vector<SyncLogRow>& rows) {
  json.begin_array();
  for (const SyncLogRow& row : rows) {
    json.begin_object()
        .number("at_ms", row.at.value)
        .text("peer", row.peer)
        .text("event", row.event)
        .number("changes", row.changes)
        .number("bytes", row.bytes)
        .text("detail", row.detail)
        .end_object();
  }
  json.end_array();
}

std::string sync_log_json(const std::vector<SyncLogRow>& rows) {
  JsonWriter json;
  json.begin_object().key("log");
  write_sync_log(json, rows);
  json.end_object();
  return json.take();
}

std::string staff_json(const std::vector<StaffRow>& rows) {
  return list_json("staff", rows, write_staff);
}

std::string staff_row_json(const StaffRow& row) {
  JsonWriter json;
  json.begin_object();
  write_staff(json, row);
  json.end_object();
  return json.take();
}

std::string staff_code_json(const StaffCode& code) {
  JsonWriter json;
  json.begin_object()
      .text("login", code.login)
      .text("code", code.code)
      .number("expires_at_ms", code.expires_at.value)
      .end_object();
  return json.take();
}

std::string stations_json(const std::vector<StationRow>& rows) {
  return list_json("stations", rows, [](JsonWriter& json, const StationRow& row) {
    json.text("node", row.node)
        .text("name", row.name)
        .text("division", row.division)
        .text("role", name_of(row.role))
        .text("state", row.state);
    write_time(json, "last_contact_ms", row.last_contact);
  });
}

std::string ticket_json(const Ticket& ticket) {
  JsonWriter json;
  json.begin_object().text("ticket", ticket.ticket);
  json.number("expires_at_ms", ticket.expires_at.value).end_object();
  return json.take();
}

std::string approved_json(const ApprovedStation& station) {
  JsonWriter json;
  json.begin_object()
      .text("node", station.node)
      .text("name", station.name)
      .text("division", station.division)
      .text("response", station.response)
      .end_object();
  return json.take();
}

std::string revoked_json(const RevokedStation& station) {
  JsonWriter json;
  json.begin_object()
      .text("node", station.node)
      .text("name", station.name)
      .text("division", station.division)
      .number("counted", station.counted)
      .number("held", station.held)
      .end_object();
  return json.take();
}

std::string verify_json(const VerifyReport& report) {
  JsonWriter json;
  json.begin_object()
      .boolean("ok", report.ok)
      .number("segments", report.segments)
      .number("changes", report.changes)
      .number("entities", report.entities)
      .key("findings")
      .begin_array();
  for (const VerifyFinding& finding : report.findings) {
    json.begin_object().text("what", finding.what).text("where", finding.where).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string backup_json(const BackupDone& backup) {
  JsonWriter json;
  json.begin_object()
      .text("file", backup.file)
      .number("bytes", backup.bytes)
      .number("taken_at_ms", backup.taken_at.value)
      .number("removed", backup.removed)
      .end_object();
  return json.take();
}

std::string state_roots_json(const std::vector<ScopeRoot>& rows) {
  return list_json("scopes", rows, [](JsonWriter& json, const ScopeRoot& row) {
    json.text("scope", row.scope)
        .text("state_root", row.state_root)
        .text("log_digest", row.log_digest)
        .number("entities", row.entities)
        .number("changes", row.changes);
  });
}

Result<NewStaff> read_new_staff(Fields& fields) {
  NewStaff staff;
  staff.login = fields.text("login", {.min = 1, .max = 32, .shape = is_login});
  staff.display_name = fields.text("display_name", {.min = 1, .max = 64});
  staff.role = staff_role(fields.one_of("role", {"clerk", "lead", "district", "city"}));
  if (auto done = fields.finish(); !done) return fail(done);
  return staff;
}

Result<NewTicket> read_new_ticket(Fields& fields) {
  NewTicket ticket;
  ticket.division = fields.text("division", {.min = 2, .max = 64, .shape = is_division_path});
  ticket.name = fields.text("name", {.min = 1, .max = 64});
  const bool district = fields.one_of("role", {"district", "station"}) == "district";
  ticket.role = district ? NodeRole::District : NodeRole::Station;
  ticket.carry_only = fields.flag_or("carry_only", false);
  ticket.valid_hours = fields.number_or("valid_hours", 72, 1, 336);
  if (auto done = fields.finish(); !done) return fail(done);
  return ticket;
}

Result<ApproveStation> read_approve(Fields& fields) {
  ApproveStation approve;
  approve.request = fields.text("request", {.min = 1, .max = 8192, .shape = is_printable_ascii});
  if (auto done = fields.finish(); !done) return fail(done);
  return approve;
}

Result<RevokeStation> read_revoke(Fields& fields) {
  RevokeStation revoke;
  revoke.node = fields.text("node", {.min = 8, .max = 32, .shape = is_hex});
  if (auto done = fields.finish(); !done) return fail(done);
  return revoke;
}

}  // namespace yizhan::node::http
