// Request and Response: HTTP as plain values, so that a handler costs no heavy header.
//
// What        What a connection hands to the API, and what it is given back.
// Invariants  I1  header names are lower case, and those that the API reads occur at most once.
//             I2  a Reply is called exactly once, from any thread.
// Errors      none: values only.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/app/hall_types.h"

namespace yizhan::node::http {

enum class Channel : std::uint8_t { Tcp, UnixSocket };

struct Principal {
  StaffMember staff;
  std::string token;  // of the sign-in
  std::string csrf;
  bool locked = false;
  std::int64_t expires_in_s = 0;
};

struct Request {
  Channel channel = Channel::Tcp;
  std::string method;
  std::string target;  // as sent
  std::string path;
  std::map<std::string, std::string> query;    // decoded
  std::map<std::string, std::string> headers;  // I1
  std::string body;
  std::map<std::string, std::string> params;  // of the route, e.g. "id"
  std::optional<Principal> principal;
  std::optional<DeviceRow> device;  // asks in place of a person

  const std::string& header(const std::string& name) const {
    static const std::string none;
    auto it = headers.find(name);
    return it == headers.end() ? none : it->second;
  }
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool event_stream = false;  // the connection stays, and events follow
};

using Reply = std::function<void(Response)>;

// Splits a target into path and query; BadFormat or LimitExceeded with field "query".
Result<void> split_target(Request& request);

}  // namespace yizhan::node::http
