// Guard: what a browser's request must show before its body is read.
//
// What        Host allow-list (DNS rebinding), Origin, Sec-Fetch-Site and content type of unsafe
//             methods (cross-site requests), the token in the cookie, the CSRF token.
// Invariants  I1  these rules are for TCP; on the Unix socket the kernel says who asks.
// Errors      As responses: 400, 403, 415, 421.
// Source      reliability.md D8 as ruled in design.md section 13.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "node/http/message.h"

namespace yizhan::node::http {

// Host header values that name this node, lower case.
std::set<std::string> allowed_hosts(const std::vector<std::string>& names, std::uint16_t port);

bool is_unsafe(const std::string& method);

// Absent: nothing stands against it.
std::optional<Response> refuse_host(const Request& head, const std::set<std::string>& hosts);
std::optional<Response> refuse_cross_site(const Request& head);
std::optional<Response> refuse_csrf(const Request& head);

std::string sign_in_token(const Request& head);  // of the cookie yz_sid; empty when there is none
std::string sign_in_cookie(const std::string& token);
std::string expired_cookie();
std::string device_token(const Request& head);  // of the cookie yz_dev; empty when there is none
std::string device_cookie(const std::string& token);

}  // namespace yizhan::node::http
