// The API of RecordsService, and of the roster as a lead sees it.
#include "node/http/admin_json.h"
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/records_json.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kExchangesShown = 20;

Error another_role() { return {Errc::Denied, "another role may do this", "role"}; }

}  // namespace

void Api::sign_in_names(const Request&, const Reply& reply) {
  services_.records.sign_in_names(reply_json<std::vector<NameTile>>(reply, names_json));
}

void Api::sync_state(const Request&, const Reply& reply) {
  services_.records.sync_state([this, reply](const Result<SyncState>& state) {
    if (!state) return reply(problem(state.error()));
    services_.node.sync_log(
        kExchangesShown,
        reply_with<std::vector<SyncLogRow>>(reply, [state = *state](const auto& log) {
          return json_response(sync_state_json(state, log));
        }));
  });
}

void Api::try_sync(const Request& request, const Reply& reply) { sync_now(request, reply); }

void Api::health(const Request&, const Reply& reply) {
  services_.records.health(reply_json<HealthReport>(reply, health_json));
}

void Api::health_package(const Request&, const Reply& reply) {
  services_.records.health_package(reply_with<HealthPackage>(reply, [](const HealthPackage& made) {
    Response response = json_response(made.bytes);
    response.content_type = "application/zip";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + made.name + "\"");
    return response;
  }));
}

void Api::verify_now(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  services_.records.verify_now(reply_json<VerifyReport>(reply, verify_json));
}

// ---- the roster: nobody gives a role above their own

void Api::roster(const Request& request, const Reply& reply) { staff(request, reply); }

void Api::add_member(const Request& request, const Reply& reply) {
  auto member = read_body(request, reply, read_new_staff);
  if (!member) return;
  if (member->role > request.principal->staff.role) return reply(problem(another_role()));
  services_.node.add_staff(std::move(*member), reply_json<StaffCode>(reply, staff_code_json, 201));
}

void Api::disable_member(const Request& request, const Reply& reply) {
  on_member(request, reply, [this, reply](const std::string& login) {
    services_.node.disable_staff(login, reply_json<StaffRow>(reply, staff_row_json));
  });
}

void Api::enable_member(const Request& request, const Reply& reply) {
  on_member(request, reply, [this, reply](const std::string& login) {
    services_.node.enable_staff(login, reply_json<StaffRow>(reply, staff_row_json));
  });
}

void Api::reset_member(const Request& request, const Reply& reply) {
  on_member(request, reply, [this, reply](const std::string& login) {
    services_.node.reset_staff(login, reply_json<StaffCode>(reply, staff_code_json));
  });
}

void Api::on_member(const Request& request, const Reply& reply,
                    const std::function<void(const std::string& login)>& act) {
  const auto login = login_of(request, reply);
  if (!login) return;
  const StaffMember asker = request.principal->staff;
  if (*login == asker.login) {
    return reply(problem(Error{Errc::Denied, "not one's own account", "login"}));
  }
  services_.node.staff([reply, act, asker, login = *login](const auto& rows) {
    if (!rows) return reply(problem(rows.error()));
    for (const StaffRow& row : *rows) {
      if (row.login == login && row.role > asker.role) return reply(problem(another_role()));
    }
    act(login);
  });
}

}  // namespace yizhan::node::http
