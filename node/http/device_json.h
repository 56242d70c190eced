// JSON of the hall's devices, as in docs/openapi.yaml.
#pragma once
#include "node/app/hall_types.h"
#include "node/http/fields.h"

namespace yizhan::node::http {

const char* name_of(DeviceKind kind);

std::string device_json(const DeviceRow& row);
std::string devices_json(const std::vector<DeviceRow>& rows);
std::string added_device_json(const AddedDevice& added);

// What a ticket machine is told of whom it gave a ticket.
Arrival without_person(Arrival arrival);
// The first field that a ticket machine may not send; empty: none.
std::string beyond_a_device(const NewVisit& wish);

Result<NewDevice> read_new_device(Fields& fields);
Result<std::string> read_pairing_code(Fields& fields);

}  // namespace yizhan::node::http
