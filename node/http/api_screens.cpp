// The API of the screens that stand in the hall.
#include "node/http/api.h"
#include "node/http/hall_json.h"
#include "node/http/handler.h"

namespace yizhan::node::http {

void Api::display(const Request&, const Reply& reply) {
  services_.hall.display(reply_json<Display>(reply, display_json));
}

void Api::ticket_screen(const Request&, const Reply& reply) {
  services_.hall.ticket_screen(reply_json<TicketScreen>(reply, ticket_screen_json));
}

// A tablet asks for its own window only.
void Api::eval_screen(const Request& request, const Reply& reply) {
  const auto window = window_of(request);
  if (!window) return reply(problem(window.error()));
  if (request.device && request.device->window != *window) {
    return reply(problem(Error{Errc::Denied, "the tablet of another window may ask", "number"}));
  }
  services_.hall.eval_screen(*window, reply_json<EvalScreen>(reply, eval_screen_json));
}

}  // namespace yizhan::node::http
