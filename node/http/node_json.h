// JSON of the node: status, catalogue and sign-in, as in docs/openapi.yaml.
#pragma once
#include <string>
#include <vector>

#include "node/app/service_types.h"
#include "node/http/fields.h"
#include "node/http/json_value.h"

namespace yizhan::node::http {

const char* name_of(NodeRole role);
const char* name_of(StaffRole role);
const char* name_of(Rung rung);
const char* name_of(ChipState state);
const char* name_of(crdt::Appointment life);
const char* name_of(crdt::Visit state);

void write_counts(JsonWriter& json, const std::optional<RungCounts>& counts);
void write_chip(JsonWriter& json, const Chip& chip);
void write_status(JsonWriter& json, const NodeStatus& status);
std::string status_json(const NodeStatus& status);
std::string divisions_json(const std::vector<DivisionRow>& rows);
std::string items_json(const std::vector<ItemRow>& rows);
std::string slots_json(const std::string& date, const std::vector<SlotRow>& rows);

Result<SecretTry> read_sign_in(Fields& fields);
Result<WallMs> read_said_time(Fields& fields);
Result<FirstSignIn> read_first_sign_in(Fields& fields);

// How the person of an appointment came; null and empty before.
void write_came(JsonWriter& json, const std::optional<crdt::Visit>& state,
                const std::string& ticket);
// A value, or null.
void write_time(JsonWriter& json, const char* name, const std::optional<WallMs>& time);
void write_number(JsonWriter& json, const char* name, const std::optional<std::int64_t>& number);
void write_text(JsonWriter& json, const char* name, const std::optional<std::string>& text);
void write_texts(JsonWriter& json, const char* name, const std::vector<std::string>& texts);

}  // namespace yizhan::node::http
