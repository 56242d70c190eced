// Paper JSON: the shapes of PaperService in docs/openapi.yaml.
#pragma once
#include "node/app/hall_types.h"
#include "node/app/paper_types.h"
#include "node/http/fields.h"

namespace yizhan::node::http {

std::string policy_json(const PolicyFacts& facts);
std::string calendar_json(const std::vector<CalendarRow>& rows);
std::string slip_json(const MadeSlip& made);
// What staff are told of a device whose slip did not come out.
std::string device_trouble_json(const DeviceRow& device, PrintProblem trouble);
std::string printers_json(const std::vector<PrinterRow>& rows);

Result<NewSlip> read_new_slip(Fields& fields);
bool is_slip_name(std::string_view text);  // [0-9a-f]{32}

}  // namespace yizhan::node::http
