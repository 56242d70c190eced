// Router: finds the route of a request.
//
// What        Matches method and path against routes.def. A `{name}` segment takes one segment of
//             [A-Za-z0-9._-]; percent encoding in a path never matches.
// Errors      none: NoRoute or WrongMethod are answers.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yizhan::node::http {

// Whose routes: Staff may do what SignedIn may, and so on to Upper. The routes of screens are open
// to devices of that kind (Screen: of any kind) and to Staff. Operator stands apart.
enum class Access : std::uint8_t {
  Anyone,
  SignedIn,
  Screen,
  DisplayScreen,
  EvalScreen,
  TicketScreen,
  Staff,
  Lead,
  Upper,
  Operator
};

struct Route {
  std::string_view method;
  std::string_view path;
  Access access = Access::Anyone;
  std::size_t body_max = 0;
  std::string_view queries;  // names with a blank between them
  std::size_t index = 0;     // place in routes.def
};

const std::vector<Route>& routes();

struct RouteMatch {
  const Route* route = nullptr;  // null: no route has this path, or `allow` is set
  std::string allow;             // methods of this path, when the method is another one
  std::map<std::string, std::string> params;
};

bool knows_query(const Route& route, std::string_view name);
RouteMatch match_route(std::string_view method, std::string_view path);

}  // namespace yizhan::node::http
