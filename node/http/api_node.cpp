// The API of the node itself: health, sign-in, status, catalogue.
#include "node/http/api.h"
#include "node/http/guard.h"
#include "node/http/handler.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {

void Api::healthz(const Request&, const Reply& reply) {
  services_.node.status(reply_with<NodeStatus>(reply, [](const NodeStatus& status) {
    if (!status.can_save) return problem(Error{Errc::StorageIo, "cannot save", ""}, 503);
    return json_response(R"({"ok":true})");
  }));
}

void Api::sign_in(const Request& request, const Reply& reply) {
  auto secret = read_body(request, reply, read_sign_in);
  if (!secret) return;
  services_.node.check_secret(std::move(*secret), [this, reply, old = sign_in_token(request)](
                                                      const Result<SecretVerdict>& verdict) {
    setup_.post([=, this] { open_sign_in(verdict, old, reply); });
  });
}

void Api::first_sign_in(const Request& request, const Reply& reply) {
  auto first = read_body(request, reply, read_first_sign_in);
  if (!first) return;
  services_.node.first_sign_in(std::move(*first), [this, reply, old = sign_in_token(request)](
                                                      const Result<SecretVerdict>& verdict) {
    setup_.post([=, this] { open_sign_in(verdict, old, reply); });
  });
}

// A new token at every sign-in; the browser's old one, perhaps locked, ends.
void Api::open_sign_in(const Result<SecretVerdict>& verdict, const std::string& old_token,
                       const Reply& reply) {
  if (!verdict) return reply(problem(verdict.error()));
  if (!verdict->staff) {
    if (verdict->waiting) {
      const Error wait{Errc::Throttled, "too many wrong tries", "secret"};
      return reply(problem_wait(wait, 429, verdict->retry_after_s));
    }
    const Error wrong{Errc::Denied, "login or secret is wrong", "secret"};
    return reply(problem_wait(wrong, 401, verdict->retry_after_s));
  }
  sign_ins_.end(old_token);
  auto opened = sign_ins_.open(*verdict->staff, setup_.entropy(), setup_.now());
  if (!opened) return reply(problem(opened.error()));
  const auto ends_after =
      std::chrono::duration_cast<std::chrono::seconds>(setup_.sign_ins.ends_after);
  Response response = signed_in(*verdict->staff, opened->csrf, false, ends_after.count());
  response.headers.emplace_back("Set-Cookie", sign_in_cookie(opened->token));
  reply(std::move(response));
}

Response Api::signed_in(const StaffMember& staff, const std::string& csrf, bool locked,
                        std::int64_t expires_in_s) const {
  JsonWriter json;
  json.begin_object()
      .text("csrf", csrf)
      .text("staff", staff.login)
      .text("display_name", staff.display_name)
      .text("role", name_of(staff.role))
      .boolean("locked", locked)
      .number("expires_in_s", expires_in_s)
      .end_object();
  return json_response(json.take());
}

void Api::who_am_i(const Request& request, const Reply& reply) {
  const Principal& who = *request.principal;
  reply(signed_in(who.staff, who.csrf, who.locked, who.expires_in_s));
}

void Api::lock(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  sign_ins_.lock(request.principal->token);
  reply(json_response("", 204));
}

void Api::sign_out(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  sign_ins_.end(request.principal->token);
  Response response;
  response.status = 204;
  response.headers.emplace_back("Set-Cookie", expired_cookie());
  reply(std::move(response));
}

void Api::status(const Request&, const Reply& reply) {
  services_.node.status(reply_with<NodeStatus>(
      reply, [](const NodeStatus& status) { return json_response(status_json(status)); }));
}

void Api::set_clock(const Request& request, const Reply& reply) {
  const auto said = read_body(request, reply, read_said_time);
  if (!said) return;
  services_.node.set_clock(*said, reply_with<NodeStatus>(reply, [](const NodeStatus& status) {
    return json_response(status_json(status));
  }));
}

// The same act; its own operation, for the operator's socket has one of each.
void Api::admin_set_clock(const Request& request, const Reply& reply) { set_clock(request, reply); }

void Api::events(const Request& request, const Reply& reply) {
  const std::string& last = request.header("last-event-id");
  if (last.size() > 40) {
    return reply(problem(Error{Errc::LimitExceeded, "longer than 40", "Last-Event-ID"}));
  }
  Response response;
  response.content_type = "text/event-stream";
  response.event_stream = true;
  reply(std::move(response));
}

void Api::divisions(const Request&, const Reply& reply) {
  services_.node.divisions(reply_with<std::vector<DivisionRow>>(
      reply, [](const auto& rows) { return json_response(divisions_json(rows)); }));
}

void Api::items(const Request&, const Reply& reply) {
  services_.node.items(reply_with<std::vector<ItemRow>>(
      reply, [](const auto& rows) { return json_response(items_json(rows)); }));
}

void Api::slots(const Request& request, const Reply& reply) {
  auto date = query_text(request, "date", kDateRule);
  if (!date) return reply(problem(date.error()));
  services_.node.slots(*date,
                       reply_with<std::vector<SlotRow>>(reply, [date = *date](const auto& rows) {
                         return json_response(slots_json(date, rows));
                       }));
}

}  // namespace yizhan::node::http
