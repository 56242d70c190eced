#include "node/http/api.h"

#include <array>
#include <utility>

#include "node/http/guard.h"
#include "node/http/limits.h"
#include "node/http/problem.h"

namespace yizhan::node::http {
namespace {

Response not_found() { return problem(Error{Errc::NotFound, "there is no such path", ""}); }

Response wrong_method(const std::string& allow) {
  Response response = problem(Error{Errc::BadFormat, "this path has other methods", ""}, 405);
  response.headers.emplace_back("Allow", allow);
  return response;
}

std::optional<DeviceKind> kind_for(Access access) {
  switch (access) {
    case Access::DisplayScreen: return DeviceKind::Display;
    case Access::EvalScreen: return DeviceKind::Eval;
    case Access::TicketScreen: return DeviceKind::Ticket;
    default: return std::nullopt;
  }
}

bool for_screens(Access access) { return access == Access::Screen || kind_for(access).has_value(); }

std::optional<Response> refuse_role(Access access, StaffRole role) {
  const auto least = access == Access::Lead    ? StaffRole::Lead
                     : access == Access::Upper ? StaffRole::District
                                               : StaffRole::Clerk;
  if (role >= least) return std::nullopt;
  return problem(Error{Errc::Denied, "another role may do this", "role"});
}

bool accepts_gzip(const Request& request) {
  return request.header("accept-encoding").find("gzip") != std::string::npos;
}

Response serve(const Asset& asset, const Request& request) {
  const bool small = !asset.gzip.empty() && accepts_gzip(request);
  const std::string etag = '"' + std::string(asset.hash) + (small ? "-gz\"" : "\"");
  Response response;
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Cache-Control",
                                asset.hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  response.content_type = asset.content_type;
  if (small) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = small ? asset.gzip : asset.bytes;
  return response;
}

}  // namespace

Api::Api(Services services, ApiSetup setup)
    : services_(services),
      setup_(std::move(setup)),
      sign_ins_(setup_.sign_ins),
      passes_(setup_.devices),
      events_(setup_.run, [this](const Listener& listener, Audience audience) {
        return may_see(listener, audience);
      }) {}

void Api::change_devices(std::vector<DevicePass> devices) {
  passes_.replace(std::move(devices));
  events_.end_devices(
      [this](const std::string& device) { return passes_.find(device) != nullptr; });
}

Listener Api::listener_of(const Request& request) const {
  Listener listener;
  if (request.principal) listener.sign_in = request.principal->token;
  const std::string device = device_token(request);
  if (passes_.find(device) != nullptr) listener.device = device;
  return listener;
}

bool Api::may_see(const Listener& listener, Audience audience) {
  const bool staff =
      !listener.sign_in.empty() && sign_ins_.find(listener.sign_in, setup_.now()).has_value();
  switch (audience) {
    case Audience::Anyone: return true;
    case Audience::Screens: return staff || passes_.find(listener.device) != nullptr;
    case Audience::Staff: return staff;
  }
  return false;
}

Checked Api::check(Request& head) {
  Checked checked;
  auto refuse = [&](Response response) {
    checked.refusal = std::move(response);
    return checked;
  };
  if (auto refusal = refuse_channel(head)) return refuse(std::move(*refusal));
  if (auto split = split_target(head); !split) return refuse(problem(split.error()));
  if (head.channel == Channel::Tcp) {
    checked.asset = find_asset(head.path);
    if (checked.asset != nullptr) {
      return head.method == "GET" ? checked : refuse(wrong_method("GET"));
    }
  }
  RouteMatch match = match_route(head.method, head.path);
  if (match.route == nullptr) {
    return refuse(match.allow.empty() ? not_found() : wrong_method(match.allow));
  }
  head.params = std::move(match.params);
  checked.route = match.route;
  checked.body_max = match.route->body_max;
  if (auto refusal = admit(*match.route, head)) return refuse(std::move(*refusal));
  for (const auto& [name, value] : head.query) {
    if (knows_query(*match.route, name)) continue;
    return refuse(problem(Error{Errc::BadFormat, "a query parameter is not known here", "query"}));
  }
  return checked;
}

// A page may have been opened by a link from elsewhere; the API is for our own pages only.
std::optional<Response> Api::refuse_channel(const Request& head) const {
  if (head.channel == Channel::UnixSocket) return std::nullopt;
  if (auto refusal = refuse_host(head, setup_.hosts)) return refusal;
  if (is_unsafe(head.method) || head.target.starts_with("/api/")) return refuse_cross_site(head);
  return std::nullopt;
}

std::optional<Response> Api::admit(const Route& route, Request& head) {
  const bool operators = route.access == Access::Operator;
  if (head.channel == Channel::UnixSocket) {
    const bool open = route.access == Access::Anyone && route.method == "GET";
    return operators || open ? std::nullopt : std::optional(not_found());
  }
  if (operators) return not_found();

  const std::string token = sign_in_token(head);
  if (auto sign_in = sign_ins_.find(token, setup_.now())) {
    head.principal = Principal{.staff = sign_in->staff,
                               .token = token,
                               .csrf = sign_in->csrf,
                               .locked = sign_in->locked,
                               .expires_in_s = sign_in->expires_in_s};
  }
  if (route.access == Access::Anyone) return std::nullopt;
  if (for_screens(route.access) && admit_device(route.access, head)) return std::nullopt;
  return admit_person(route.access, head);
}

std::optional<Response> Api::admit_person(Access access, const Request& head) {
  if (!head.principal) {
    if (!for_screens(access)) return problem(Error{Errc::Denied, "not signed in", "yz_sid"}, 401);
    if (passes_.find(device_token(head)) == nullptr) {
      return problem(Error{Errc::Denied, "neither paired nor signed in", "yz_dev"}, 401);
    }
    return problem(Error{Errc::Denied, "a device of another kind may do this", "device"});
  }
  if (auto refusal = refuse_csrf(head)) return refusal;
  if (access != Access::SignedIn) {
    if (head.principal->locked) return problem(Error{Errc::Denied, "the screen is locked", "lock"});
    if (auto refusal = refuse_role(access, head.principal->staff.role)) return refusal;
  }
  if (head.header("x-background").empty()) sign_ins_.use(head.principal->token, setup_.now());
  return std::nullopt;
}

// A browser may hold both cookies. What it writes is the person's when it shows the sign-in's own
// token, which a device's page does not know.
bool Api::admit_device(Access access, Request& head) {
  const DeviceRow* device = passes_.find(device_token(head));
  if (device == nullptr) return false;
  const auto kind = kind_for(access);
  if (kind && *kind != device->kind) return false;
  const bool person = head.principal && !head.principal->locked;
  if (is_unsafe(head.method) && person && !refuse_csrf(head)) return false;
  head.device = *device;
  head.principal.reset();
  note_seen(*device);
  return true;
}

void Api::note_seen(const DeviceRow& device) {
  if (passes_.seen(device, setup_.now())) services_.hall.device_seen(device.device);
}

void Api::heartbeat() {
  events_.each_device([this](const std::string& token) {
    if (const DeviceRow* device = passes_.find(token)) note_seen(*device);
  });
  events_.heartbeat();
}

void Api::answer(const Checked& checked, const Request& request, const Reply& reply) {
  if (checked.asset != nullptr) return reply(serve(*checked.asset, request));
  using Operation = void (Api::*)(const Request&, const Reply&);
  static constexpr std::array kOperations = {
#define ROUTE(method, path, access, body_max, operation, queries) Operation{&Api::operation},
#include "node/http/routes.def"
#undef ROUTE
  };
  (this->*kOperations[checked.route->index])(request, reply);
}

}  // namespace yizhan::node::http
