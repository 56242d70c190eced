// Handler: the few steps that every operation of the API shares.
//
// What        Reads bodies and queries, and turns the answer of Service into a response.
// Errors      As problems.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "node/app/service.h"
#include "node/http/fields.h"
#include "node/http/message.h"
#include "node/http/problem.h"

namespace yizhan::node::http {

inline Response json_response(std::string body, int status = 200) {
  return {.status = status,
          .content_type = "application/json",
          .body = std::move(body),
          .headers = {},
          .event_stream = false};
}

// Done<T> that replies with `to_response(value)` or with the problem.
template <class T, class ToResponse>
Done<T> reply_with(const Reply& reply, ToResponse to_response) {
  return [reply, to_response](const Result<T>& result) {
    reply(result ? to_response(*result) : problem(result.error()));
  };
}

// Done<T> that goes on with the value, or replies with the problem.
template <class T, class GoOn>
Done<T> reply_or(const Reply& reply, GoOn go_on) {
  return [reply, go_on](const Result<T>& result) {
    if (!result) return reply(problem(result.error()));
    go_on(*result);
  };
}

// Done<T> that replies with the JSON that `write` makes of the value.
template <class T>
Done<T> reply_json(const Reply& reply, std::string (*write)(const T&), int status = 200) {
  return reply_with<T>(
      reply, [write, status](const T& value) { return json_response(write(value), status); });
}

// The body as `read` understands it; otherwise replies with the problem and is empty.
template <class Read>
auto read_body(const Request& request, const Reply& reply, Read read)
    -> std::optional<typename decltype(read(std::declval<Fields&>()))::value_type> {
  auto json = parse_json(request.body);
  if (!json) {
    reply(problem(json.error()));
    return std::nullopt;
  }
  Fields fields(*json);
  auto value = read(fields);
  if (!value) {
    reply(problem(value.error()));
    return std::nullopt;
  }
  return *value;
}

// The login of the path, of a request without a body; otherwise replies with the problem.
std::optional<std::string> login_of(const Request& request, const Reply& reply);
Result<void> no_body(const Request& request);  // empty, or an object without members
Result<std::string> query_text(const Request& request, const std::string& name,
                               const TextRule& rule);
Result<std::int64_t> query_number(const Request& request, const std::string& name,
                                  std::int64_t otherwise, std::int64_t max);
StaffMember member_of(const DeviceRow& device);
// Of the person, or of the device in place of a member of staff. BadFormat or LimitExceeded with
// the field "Idempotency-Key".
Result<Intent> intent_of(const Request& request);
// The id of the path; a path that no id can have is simply not found.
Result<std::string> id_of(const Request& request);

// The number of the window in the path, likewise with the field "number".
Result<std::int64_t> window_of(const Request& request);

struct Target {
  Intent intent;
  std::string id;
};

// What every write on one record begins with; otherwise replies with the problem.
std::optional<Target> target_of(const Request& request, const Reply& reply);

constexpr std::int64_t kWindowMax = 99;
constexpr TextRule kDateRule{.min = 10, .max = 10, .shape = is_date};
constexpr TextRule kLoginRule{.min = 1, .max = 32, .shape = is_login};
constexpr TextRule kNameRule{.min = 1, .max = 64};

}  // namespace yizhan::node::http
