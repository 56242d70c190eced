// The API of PaperService.
#include "node/http/api.h"
#include "node/http/handler.h"
#include "node/http/paper_json.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kCalendarDays = 14;
constexpr std::int64_t kCalendarDaysMax = 62;

}  // namespace

void Api::policy(const Request&, const Reply& reply) {
  services_.paper.policy(reply_with<PolicyFacts>(
      reply, [](const PolicyFacts& facts) { return json_response(policy_json(facts)); }));
}

void Api::calendar(const Request& request, const Reply& reply) {
  auto from = query_text(request, "from", kDateRule);
  if (!from) return reply(problem(from.error()));
  auto days = query_number(request, "days", kCalendarDays, kCalendarDaysMax);
  if (!days) return reply(problem(days.error()));
  services_.paper.calendar({*from, *days},
                           reply_with<std::vector<CalendarRow>>(reply, [](const auto& rows) {
                             return json_response(calendar_json(rows));
                           }));
}

void Api::print_slip(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_new_slip);
  if (!wish) return;
  if (request.device && wish->kind != SlipKind::Ticket) {
    return reply(problem(Error{Errc::Denied, "a ticket machine prints tickets", "kind"}));
  }
  services_.paper.print(
      *intent, std::move(*wish),
      reply_with<MadeSlip>(reply, [this, device = request.device](const MadeSlip& made) {
        if (device && made.problem != PrintProblem::None) tell_staff(*device, made.problem);
        Response response = json_response(slip_json(made), 201);
        response.headers.emplace_back("Location", "/api/v1/slips/" + made.slip);
        return response;
      }));
}

// From any thread. Whoever stands before the machine has the number on its screen only.
void Api::tell_staff(const DeviceRow& device, PrintProblem trouble) {
  setup_.post([this, text = device_trouble_json(device, trouble)] {
    events_.publish("device", text, Audience::Staff);
  });
}

void Api::slip(const Request& request, const Reply& reply) {
  const std::string& slip = request.params.at("slip");
  if (!is_slip_name(slip)) {
    return reply(problem(Error{Errc::NotFound, "no slip has such a name", "slip"}));
  }
  services_.paper.slip(slip, reply_with<std::string>(reply, [](const std::string& pdf) {
                         Response response = json_response(pdf);
                         response.content_type = "application/pdf";
                         return response;
                       }));
}

void Api::printers(const Request&, const Reply& reply) {
  services_.paper.printers(reply_with<std::vector<PrinterRow>>(
      reply, [](const auto& rows) { return json_response(printers_json(rows)); }));
}

}  // namespace yizhan::node::http
