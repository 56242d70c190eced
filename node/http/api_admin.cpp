// The operator's API, over the Unix socket.
#include "node/http/admin_json.h"
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/records_json.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kSyncLogDefault = 20;
constexpr std::int64_t kSyncLogMax = 200;

}  // namespace

void Api::admin_status(const Request&, const Reply& reply) {
  services_.node.admin_status(reply_json<AdminStatus>(reply, admin_status_json));
}

void Api::sync_now(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  services_.node.sync_now(reply_json<SyncNow>(reply, sync_now_json));
}

void Api::sync_log(const Request& request, const Reply& reply) {
  auto limit = query_number(request, "limit", kSyncLogDefault, kSyncLogMax);
  if (!limit) return reply(problem(limit.error()));
  services_.node.sync_log(*limit, reply_json<std::vector<SyncLogRow>>(reply, sync_log_json));
}

void Api::staff(const Request&, const Reply& reply) {
  services_.node.staff(reply_json<std::vector<StaffRow>>(reply, staff_json));
}

void Api::add_staff(const Request& request, const Reply& reply) {
  auto staff = read_body(request, reply, read_new_staff);
  if (!staff) return;
  services_.node.add_staff(std::move(*staff), reply_json<StaffCode>(reply, staff_code_json, 201));
}

void Api::disable_staff(const Request& request, const Reply& reply) {
  auto login = login_of(request, reply);
  if (login) services_.node.disable_staff(*login, reply_json<StaffRow>(reply, staff_row_json));
}

void Api::reset_staff(const Request& request, const Reply& reply) {
  auto login = login_of(request, reply);
  if (login) services_.node.reset_staff(*login, reply_json<StaffCode>(reply, staff_code_json));
}

void Api::stations(const Request&, const Reply& reply) {
  services_.node.stations(reply_json<std::vector<StationRow>>(reply, stations_json));
}

void Api::new_ticket(const Request& request, const Reply& reply) {
  auto ticket = read_body(request, reply, read_new_ticket);
  if (!ticket) return;
  services_.node.new_ticket(std::move(*ticket), reply_json<Ticket>(reply, ticket_json, 201));
}

void Api::approve_station(const Request& request, const Reply& reply) {
  auto approve = read_body(request, reply, read_approve);
  if (!approve) return;
  services_.node.approve_station(std::move(*approve),
                                 reply_json<ApprovedStation>(reply, approved_json));
}

void Api::revoke_station(const Request& request, const Reply& reply) {
  auto revoke = read_body(request, reply, read_revoke);
  if (!revoke) return;
  services_.node.revoke_station(std::move(*revoke),
                                reply_json<RevokedStation>(reply, revoked_json));
}

void Api::verify(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  services_.records.verify_now(reply_json<VerifyReport>(reply, verify_json));
}

void Api::admin_health(const Request&, const Reply& reply) {
  services_.records.health(reply_json<HealthReport>(reply, health_json));
}

void Api::admin_health_package(const Request& request, const Reply& reply) {
  health_package(request, reply);
}

void Api::back_up(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  services_.backups.back_up(reply_json<BackupDone>(reply, backup_json));
}

void Api::state_roots(const Request&, const Reply& reply) {
  services_.node.state_roots(reply_json<std::vector<ScopeRoot>>(reply, state_roots_json));
}

}  // namespace yizhan::node::http
