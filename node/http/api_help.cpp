// Calls for help among the colleagues of a station.
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

std::string help_json(const std::vector<HelpCall>& calls, MonoMs now) {
  JsonWriter json;
  json.begin_object().key("calls").begin_array();
  for (const HelpCall& call : calls) {
    json.begin_object().text("login", call.login).text("name", call.name);
    write_number(json, "window", call.window);
    json.number("waiting_s", (now.value - call.since.value) / 1000);
    write_text(json, "coming",
               call.coming.empty() ? std::nullopt : std::optional<std::string>(call.coming));
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

struct HelpWish {
  std::optional<std::int64_t> window;
};

Result<HelpWish> read_help(Fields& fields) {
  const HelpWish wish{fields.number_if_present("window", 1, kWindowMax)};
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

}  // namespace

// Whoever looks at a page of this station is told at once.
void Api::reply_help(const Result<void>& done, const Reply& reply, int status) {
  if (!done) return reply(problem(done.error()));
  const MonoMs now = setup_.now();
  const std::string calls = help_json(help_.open(now), now);
  events_.publish("help", calls, Audience::Staff);
  reply(json_response(calls, status));
}

void Api::help(const Request&, const Reply& reply) {
  const MonoMs now = setup_.now();
  reply(json_response(help_json(help_.open(now), now)));
}

void Api::ask_help(const Request& request, const Reply& reply) {
  const auto wish = read_body(request, reply, read_help);
  if (!wish) return;
  help_.ask(request.principal->staff, wish->window, setup_.now());
  reply_help({}, reply, 201);
}

void Api::come_to_help(const Request& request, const Reply& reply) {
  const auto login = login_of(request, reply);
  if (login) reply_help(help_.come(request.principal->staff, *login, setup_.now()), reply);
}

void Api::end_help(const Request& request, const Reply& reply) {
  const auto login = login_of(request, reply);
  if (login) reply_help(help_.end(request.principal->staff, *login, setup_.now()), reply);
}

}  // namespace yizhan::node::http
