#include "node/http/handler.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "crdt/base/hash.h"

namespace yizhan::node::http {

Result<void> no_body(const Request& request) {
  if (request.body.empty()) return {};
  auto json = parse_json(request.body);
  if (!json) return fail(json);
  return Fields(*json).finish();
}

Result<std::string> query_text(const Request& request, const std::string& name,
                               const TextRule& rule) {
  auto it = request.query.find(name);
  const std::string value = it == request.query.end() ? "" : it->second;
  if (auto good = check_text(value, rule, name); !good) return fail(good);
  return value;
}

Result<std::int64_t> query_number(const Request& request, const std::string& name,
                                  std::int64_t otherwise, std::int64_t max) {
  auto it = request.query.find(name);
  if (it == request.query.end()) return otherwise;
  const std::string& text = it->second;
  std::int64_t value = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (bad != std::errc{} || end != text.data() + text.size()) {
    return fail(Errc::BadFormat, "must be a number", name);
  }
  if (value < 1 || value > max) return fail(Errc::LimitExceeded, "is out of range", name);
  return value;
}

namespace {

// One hash for one wish: how its JSON is spelled does not matter.
Hash32 hash_of(const Request& request) {
  auto body = parse_json(request.body);
  Hasher hasher("yizhan request", 32);
  for (const std::string& part : {request.method, request.path, request.header("if-match"),
                                  body ? write_json(*body) : request.body}) {
    hasher.add_u64(part.size()).add(view(part));
  }
  return hasher.finish32();
}

}  // namespace

StaffMember member_of(const DeviceRow& device) {
  StaffMember member;
  member.id.value = hash16("yizhan device", view(device.device));
  member.login = device.device;
  member.display_name = device.name;
  return member;
}

Result<Intent> intent_of(const Request& request) {
  const std::string& key = request.header("idempotency-key");
  const TextRule rule{.min = 1, .max = 64, .shape = is_printable_ascii};
  if (auto good = check_text(key, rule, "Idempotency-Key"); !good) return fail(good);
  const StaffMember who = request.principal ? request.principal->staff : member_of(*request.device);
  return Intent{.staff = who, .key = key, .request_hash = hash_of(request)};
}

Result<std::string> id_of(const Request& request) {
  const std::string& id = request.params.at("id");
  if (!is_id(id)) return fail(Errc::NotFound, "no record has such an id", "id");
  return id;
}

Result<std::int64_t> window_of(const Request& request) {
  const std::string& text = request.params.at("number");
  std::int64_t number = 0;
  for (const char digit : text.substr(0, 3)) {
    if (digit < '0' || digit > '9') return fail(Errc::NotFound, "no such window", "number");
    number = number * 10 + (digit - '0');
  }
  if (number < 1 || number > kWindowMax || text[0] == '0') {
    return fail(Errc::NotFound, "no such window", "number");
  }
  return number;
}

std::optional<Target> target_of(const Request& request, const Reply& reply) {
  auto id = id_of(request);
  auto intent = id ? intent_of(request) : Result<Intent>(fail(id));
  if (!intent) {
    reply(problem(intent.error()));
    return std::nullopt;
  }
  return Target{.intent = *intent, .id = *id};
}

std::optional<std::string> login_of(const Request& request, const Reply& reply) {
  const std::string& login = request.params.at("login");
  auto good = no_body(request);
  if (good && !is_login(login)) good = fail(Errc::NotFound, "nobody has such a login", "login");
  if (good) return login;
  reply(problem(good.error()));
  return std::nullopt;
}

}  // namespace yizhan::node::http
