#include "node/net/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace yizhan::node {
namespace {

constexpr std::string_view kScheme = "tcp://";
constexpr std::size_t kHostBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;

struct Endpoint {
  std::string host;
  int port = 0;
};

// Plain decimal digits without sign, space or leading zero.
std::optional<int> parse_port(std::string_view digits) {
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  const bool plain = digits == "0" || (!digits.empty() && digits[0] >= '1' && digits[0] <= '9');
  if (!whole || !plain || port > 65535) return std::nullopt;
  return port;
}

std::optional<Endpoint> parse(std::string_view address) {
  if (!address.starts_with(kScheme)) return std::nullopt;
  address.remove_prefix(kScheme.size());
  const auto colon = address.rfind(':');
  if (colon == address.npos) return std::nullopt;
  const auto port = parse_port(address.substr(colon + 1));
  if (!port) return std::nullopt;
  return Endpoint{std::string(address.substr(0, colon)), *port};
}

bool is_ipv4(const std::string& host) {
  in_addr parsed{};
  return inet_pton(AF_INET, host.c_str(), &parsed) == 1;
}

bool is_label(std::string_view label) {
  const auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' &&
         label.back() != '-' &&
         std::ranges::all_of(label, [&](char c) { return alphanumeric(c) || c == '-'; });
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > kHostBytesMax) return false;
  // Digits and dots only: a mistyped address, which no resolver should be asked for.
  if (host.find_first_not_of("0123456789.") == host.npos) return false;
  while (true) {
    const auto dot = host.find('.');
    if (!is_label(host.substr(0, dot))) return false;
    if (dot == host.npos) return true;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace

Result<void> check_bind_address(const std::string& address) {
  const auto endpoint = parse(address);
  if (!endpoint || !is_ipv4(endpoint->host)) {
    return fail(Errc::BadFormat, "write tcp://IPV4:PORT, e.g. tcp://0.0.0.0:7403", "bind");
  }
  return {};
}

Result<void> check_dial_address(const std::string& address) {
  const auto endpoint = parse(address);
  if (!endpoint || endpoint->port == 0 ||
      !(is_ipv4(endpoint->host) || is_host_name(endpoint->host))) {
    return fail(Errc::BadFormat, "write tcp://HOST:PORT, e.g. tcp://10.14.3.11:7403", "dial");
  }
  return {};
}

}  // namespace yizhan::node
