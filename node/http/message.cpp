#include "node/http/message.h"

#include <string_view>

#include "node/http/limits.h"

namespace yizhan::node::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return fail(Errc::BadFormat, "bad percent encoding", "query");
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

Result<void> add_pair(std::map<std::string, std::string>& query, std::string_view pair) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) {
    return fail(Errc::BadFormat, "a query parameter has no value", "query");
  }
  auto key = decode(pair.substr(0, equals));
  if (!key) return fail(key);
  auto value = decode(pair.substr(equals + 1));
  if (!value) return fail(value);
  if (!query.emplace(*key, *value).second) {
    return fail(Errc::BadFormat, "a query parameter stands twice", "query");
  }
  return {};
}

}  // namespace

Result<void> split_target(Request& request) {
  const std::string_view target = request.target;
  const std::size_t mark = target.find('?');
  request.path = std::string(target.substr(0, mark));
  if (mark == std::string_view::npos) return {};
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    if (request.query.size() >= kQueryKeysMax) {
      return fail(Errc::LimitExceeded, "too many query parameters", "query");
    }
    const std::size_t end = rest.find('&');
    if (auto added = add_pair(request.query, rest.substr(0, end)); !added) return added;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return {};
}

}  // namespace yizhan::node::http
