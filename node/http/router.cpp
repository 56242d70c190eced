#include "node/http/router.h"

#include <algorithm>

namespace yizhan::node::http {
namespace {

std::vector<Route> table() {
  std::vector<Route> all = {
#define ROUTE(method, path, access, body_max, operation, queries) \
  Route{method, path, Access::access, body_max, queries, 0},
#include "node/http/routes.def"
#undef ROUTE
  };
  for (std::size_t i = 0; i < all.size(); ++i) all[i].index = i;
  return all;
}

std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);  // the slash
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

bool is_plain(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::all_of(segment.begin(), segment.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

bool matches(std::string_view pattern, std::string_view path,
             std::map<std::string, std::string>& params) {
  params.clear();
  while (!pattern.empty() && !path.empty()) {
    if (path.front() != '/') return false;
    const std::string_view want = next_segment(pattern);
    const std::string_view have = next_segment(path);
    if (want.front() == '{') {
      if (!is_plain(have)) return false;
      params.emplace(want.substr(1, want.size() - 2), have);
    } else if (want != have) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = table();
  return all;
}

bool knows_query(const Route& route, std::string_view name) {
  std::string_view rest = route.queries;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == name) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

RouteMatch match_route(std::string_view method, std::string_view path) {
  RouteMatch found;
  std::map<std::string, std::string> params;
  for (const Route& route : routes()) {
    if (!matches(route.path, path, params)) continue;
    if (route.method == method) return {.route = &route, .allow = "", .params = params};
    found.allow += (found.allow.empty() ? "" : ", ") + std::string(route.method);
  }
  return found;
}

}  // namespace yizhan::node::http
