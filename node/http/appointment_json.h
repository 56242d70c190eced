// JSON of appointments, as in docs/openapi.yaml.
#pragma once
#include <string>
#include <vector>

#include "node/app/service_types.h"
#include "node/http/fields.h"

namespace yizhan::node::http {

void write_appointment(JsonWriter& json, const Appointment& appointment);
void write_tasks(JsonWriter& json, std::uint8_t tasks);  // crdt::LifeTask bits
std::string appointment_json(const Appointment& appointment);
std::string page_json(const AppointmentPage& page);
std::string history_json(const std::vector<HistoryRow>& rows);

Result<NewAppointment> read_new_appointment(Fields& fields);
Result<AppointmentEdit> read_edit(Fields& fields);   // without id and revision
Result<Reschedule> read_reschedule(Fields& fields);  // without id
Result<Cancel> read_cancel(Fields& fields);
Result<Excuse> read_excuse(Fields& fields);  // without id          // without id

}  // namespace yizhan::node::http
