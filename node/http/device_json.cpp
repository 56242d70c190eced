#include "node/http/device_json.h"

#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

void write_device(JsonWriter& json, const DeviceRow& row) {
  json.begin_object()
      .text("device", row.device)
      .text("kind", name_of(row.kind))
      .text("name", row.name);
  write_number(json, "window", row.window);
  json.boolean("paired", row.paired);
  write_time(json, "seen_at_ms", row.seen_at);
  json.boolean("silent", row.silent);
  json.end_object();
}

DeviceKind device_kind(const std::string& name) {
  for (const DeviceKind kind : {DeviceKind::Display, DeviceKind::Eval}) {
    if (name == name_of(kind)) return kind;
  }
  return DeviceKind::Ticket;
}

}  // namespace

const char* name_of(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::Display: return "display";
    case DeviceKind::Eval: return "eval";
    case DeviceKind::Ticket: return "ticket";
  }
  return "";
}

std::string device_json(const DeviceRow& row) {
  JsonWriter json;
  write_device(json, row);
  return json.take();
}

std::string devices_json(const std::vector<DeviceRow>& rows) {
  JsonWriter json;
  json.begin_object().key("devices").begin_array();
  for (const DeviceRow& row : rows) write_device(json, row);
  json.end_array().end_object();
  return json.take();
}

std::string added_device_json(const AddedDevice& added) {
  JsonWriter json;
  json.begin_object().key("device");
  write_device(json, added.device);
  json.text("code", added.code).end_object();
  return json.take();
}

Arrival without_person(Arrival arrival) {
  arrival.appointment.reset();
  arrival.visit.masked_name.reset();
  arrival.visit.masked_agent.reset();
  arrival.visit.note.reset();
  arrival.visit.hold_reason.reset();
  return arrival;
}

std::string beyond_a_device(const NewVisit& wish) {
  if (wish.note) return "note";
  if (wish.occurred_at) return "occurred_at_ms";
  return wish.paper_number ? "paper_number" : "";
}

Result<NewDevice> read_new_device(Fields& fields) {
  NewDevice device;
  device.kind = device_kind(fields.one_of("kind", {"display", "eval", "ticket"}));
  device.name = fields.text("name", {.min = 1, .max = 32});
  if (fields.has("window")) device.window = fields.number_or("window", 1, 1, 99);
  if (auto done = fields.finish(); !done) return fail(done);
  return device;
}

Result<std::string> read_pairing_code(Fields& fields) {
  std::string code = fields.text("code", {.min = 8, .max = 9, .shape = is_short_code});
  if (auto done = fields.finish(); !done) return fail(done);
  return code;
}

}  // namespace yizhan::node::http
