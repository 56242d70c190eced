// JSON of the operator's part, as in docs/openapi.yaml (tag admin).
#pragma once
#include <string>
#include <vector>

#include "node/app/admin_types.h"
#include "node/app/backup_service.h"
#include "node/http/fields.h"
#include "node/http/json_value.h"

namespace yizhan::node::http {

std::string admin_status_json(const AdminStatus& status);
std::string sync_now_json(const SyncNow& result);
void write_sync_log(JsonWriter& json, const std::vector<SyncLogRow>& rows);
std::string sync_log_json(const std::vector<SyncLogRow>& rows);
std::string staff_json(const std::vector<StaffRow>& rows);
std::string staff_row_json(const StaffRow& row);
std::string staff_code_json(const StaffCode& code);
std::string stations_json(const std::vector<StationRow>& rows);
std::string ticket_json(const Ticket& ticket);
std::string approved_json(const ApprovedStation& station);
std::string revoked_json(const RevokedStation& station);
std::string verify_json(const VerifyReport& report);
std::string backup_json(const BackupDone& backup);
std::string state_roots_json(const std::vector<ScopeRoot>& rows);

Result<NewStaff> read_new_staff(Fields& fields);
Result<NewTicket> read_new_ticket(Fields& fields);
Result<ApproveStation> read_approve(Fields& fields);
Result<RevokeStation> read_revoke(Fields& fields);

}  // namespace yizhan::node::http
