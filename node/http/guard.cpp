#include "node/http/guard.h"

#include <algorithm>

#include "node/http/limits.h"
#include "node/http/problem.h"
#include "node/identity/sign_ins.h"

namespace yizhan::node::http {
namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Response refuse(int status, const char* why, const char* field, Errc code = Errc::Denied) {
  return problem(Error{code, why, field}, status);
}

bool is_json(const std::string& content_type) {
  const std::string type = lower(content_type);
  return type == "application/json" || type.starts_with("application/json;");
}

}  // namespace

std::set<std::string> allowed_hosts(const std::vector<std::string>& names, std::uint16_t port) {
  std::set<std::string> hosts;
  auto add = [&](const std::string& host) {
    hosts.insert(host + ":" + std::to_string(port));
    if (port == 80) hosts.insert(host);
  };
  for (const char* own : {"127.0.0.1", "localhost", "[::1]"}) add(own);
  for (const std::string& configured : names) {
    const std::string host = lower(configured);
    if (host.find(':') != std::string::npos) {
      hosts.insert(host);  // with a port of its own, e.g. behind a tunnel
    } else {
      add(host);
    }
  }
  return hosts;
}

bool is_unsafe(const std::string& method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::optional<Response> refuse_host(const Request& head, const std::set<std::string>& hosts) {
  const std::string& host = head.header("host");
  if (host.empty()) return refuse(400, "there is no Host", "Host", Errc::BadFormat);
  if (!hosts.contains(lower(host))) return refuse(421, "another Host than this node", "Host");
  return std::nullopt;
}

std::optional<Response> refuse_cross_site(const Request& head) {
  const std::string& site = head.header("sec-fetch-site");
  const bool own = site.empty() || site == "same-origin";
  if (!is_unsafe(head.method)) {
    // A person may type the address; another site may not embed the answer.
    if (own || site == "none") return std::nullopt;
    return refuse(403, "the request comes from another site", "Sec-Fetch-Site");
  }
  if (!own) return refuse(403, "the request comes from another site", "Sec-Fetch-Site");
  if (lower(head.header("origin")) != "http://" + lower(head.header("host"))) {
    return refuse(403, "Origin is missing or is not this node", "Origin");
  }
  if (!is_json(head.header("content-type"))) {
    return refuse(415, "Content-Type must be application/json", "Content-Type", Errc::BadFormat);
  }
  return std::nullopt;
}

std::optional<Response> refuse_csrf(const Request& head) {
  if (!is_unsafe(head.method) || !head.principal) return std::nullopt;
  if (same_text(head.header("x-csrf"), head.principal->csrf)) return std::nullopt;
  return refuse(403, "X-CSRF is missing or is not that of this sign-in", "X-CSRF");
}

namespace {

std::string cookie_of(const Request& head, std::string_view name) {
  const std::string& cookies = head.header("cookie");
  if (cookies.size() > kCookieBytesMax) return {};
  std::size_t at = 0;
  while (at < cookies.size()) {
    const std::size_t end = std::min(cookies.find(';', at), cookies.size());
    const std::size_t start = std::min(cookies.find_first_not_of(' ', at), end);
    const std::string pair = cookies.substr(start, end - start);
    const bool named = pair.size() > name.size() && pair[name.size()] == '=';
    if (named && pair.starts_with(name)) return pair.substr(name.size() + 1);
    at = end + 1;
  }
  return {};
}

}  // namespace

std::string sign_in_token(const Request& head) { return cookie_of(head, "yz_sid"); }
std::string device_token(const Request& head) { return cookie_of(head, "yz_dev"); }

std::string sign_in_cookie(const std::string& token) {
  return "yz_sid=" + token + "; HttpOnly; SameSite=Strict; Path=/";
}

// Browsers cap the age; a device that asks which it is, is given the cookie anew.
std::string device_cookie(const std::string& token) {
  return "yz_dev=" + token + "; Max-Age=315360000; HttpOnly; SameSite=Strict; Path=/";
}

std::string expired_cookie() { return "yz_sid=; Max-Age=0; HttpOnly; SameSite=Strict; Path=/"; }

}  // namespace yizhan::node::http
