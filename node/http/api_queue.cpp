// The API of QueueService.
#include "node/http/api.h"
#include "node/http/device_json.h"
#include "node/http/handler.h"
#include "node/http/queue_json.h"
#include "node/http/search_json.h"

namespace yizhan::node::http {
namespace {

// To look at the sheet of the day and print it.
constexpr std::chrono::minutes kSheetTime{10};

Done<Visit> reply_visit(const Reply& reply) {
  return reply_with<Visit>(reply,
                           [](const Visit& visit) { return json_response(visit_json(visit)); });
}

Done<WindowRow> reply_window(const Reply& reply, int status = 200) {
  return reply_with<WindowRow>(
      reply, [status](const WindowRow& row) { return json_response(window_json(row), status); });
}

}  // namespace

// ---- windows

void Api::windows(const Request&, const Reply& reply) {
  services_.queue.windows(reply_with<std::vector<WindowRow>>(
      reply, [](const auto& rows) { return json_response(windows_json(rows)); }));
}

void Api::add_window(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto window = read_body(request, reply, read_new_window);
  if (!window) return;
  services_.queue.add_window(*intent, std::move(*window), reply_window(reply, 201));
}

void Api::change_window(const Request& request, const Reply& reply) {
  auto number = window_of(request);
  auto intent = number ? intent_of(request) : Result<Intent>(fail(number));
  if (!intent) return reply(problem(intent.error()));
  auto edit = read_body(request, reply, read_window_edit);
  if (!edit) return;
  edit->number = *number;
  services_.queue.change_window(*intent, std::move(*edit), reply_window(reply));
}

void Api::open_window(const Request& request, const Reply& reply) {
  auto number = window_of(request);
  if (!number) return reply(problem(number.error()));
  auto take_over = read_body(request, reply, read_take_over);
  if (!take_over) return;
  services_.queue.open_window(request.principal->staff, *number, *take_over,
                              reply_with<OpenedSeat>(reply, [](const OpenedSeat& opened) {
                                return json_response(seat_json(opened));
                              }));
}

void Api::close_window(const Request& request, const Reply& reply) {
  auto number = window_of(request);
  if (!number) return reply(problem(number.error()));
  auto seat = read_body(request, reply, read_seat);
  if (!seat) return;
  services_.queue.close_window(
      *number, std::move(*seat),
      reply_with<WindowRow>(reply, [](const WindowRow&) { return json_response("", 204); }));
}

// ---- the queue

void Api::queue(const Request& request, const Reply& reply) {
  std::optional<std::int64_t> window;
  if (request.query.contains("window")) {
    auto number = query_number(request, "window", 0, kWindowMax);
    if (!number) return reply(problem(number.error()));
    window = *number;
  }
  services_.queue.queue(window, reply_with<Queue>(reply, [](const Queue& queue) {
                          return json_response(queue_json(queue));
                        }));
}

void Api::call_next(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_call);
  if (!wish) return;
  services_.queue.call(*intent, std::move(wish->seat), std::move(wish->visit), reply_visit(reply));
}

// ---- people

void Api::take_ticket(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_new_visit);
  if (!wish) return;
  const bool device = request.device.has_value();
  if (const std::string field = device ? beyond_a_device(*wish) : ""; !field.empty()) {
    return reply(problem(Error{Errc::Denied, "a member of staff may enter this", field}));
  }
  services_.queue.take_ticket(
      *intent, std::move(*wish), reply_with<Arrival>(reply, [device](const Arrival& arrival) {
        return json_response(arrival_json(device ? without_person(arrival) : arrival), 201);
      }));
}

void Api::arrive(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_arriving);
  if (!wish) return;
  services_.records.lookup(
      std::move(*wish),
      reply_or<Lookup>(reply, [this, reply, intent = *intent](const Lookup& found) {
        const MachineArrival made = machine_arrival(found);
        if (made.outcome != MachineArrival::Outcome::CheckIn) {
          return reply(json_response(machine_arrival_json(made, nullptr)));
        }
        services_.queue.check_in(intent, made.appointment,
                                 reply_with<Arrival>(reply, [made](const Arrival& arrival) {
                                   const Arrival told = without_person(arrival);
                                   return json_response(machine_arrival_json(made, &told));
                                 }));
      }));
}

void Api::check_in(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  auto target = target_of(request, reply);
  if (!target) return;
  services_.queue.check_in(target->intent, target->id,
                           reply_with<Arrival>(reply, [](const Arrival& arrival) {
                             return json_response(arrival_json(arrival));
                           }));
}

void Api::visit(const Request& request, const Reply& reply) {
  auto id = id_of(request);
  if (!id) return reply(problem(id.error()));
  services_.queue.visit(*id, reply_visit(reply));
}

void Api::start_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto seat = read_body(request, reply, read_seat);
  if (!seat) return;
  services_.queue.start(target->intent, std::move(*seat), target->id, reply_visit(reply));
}

void Api::finish_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto wish = read_body(request, reply, read_finish);
  if (!wish) return;
  services_.queue.finish(target->intent, std::move(wish->seat), target->id, wish->how,
                         reply_visit(reply));
}

void Api::recall(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto seat = read_body(request, reply, read_seat);
  if (!seat) return;
  services_.queue.recall(target->intent, std::move(*seat), target->id, reply_visit(reply));
}

void Api::miss_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto seat = read_body(request, reply, read_seat);
  if (!seat) return;
  services_.queue.miss(target->intent, std::move(*seat), target->id, reply_visit(reply));
}

void Api::resume_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto seat = read_body(request, reply, read_seat);
  if (!seat) return;
  services_.queue.resume(target->intent, std::move(*seat), target->id, reply_visit(reply));
}

void Api::hold_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto wish = read_body(request, reply, read_hold);
  if (!wish) return;
  wish->hold.id = target->id;
  services_.queue.hold(target->intent, std::move(wish->seat), std::move(wish->hold),
                       reply_visit(reply));
}

void Api::transfer_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto wish = read_body(request, reply, read_transfer);
  if (!wish) return;
  wish->to.id = target->id;
  services_.queue.transfer(target->intent, std::move(wish->seat), std::move(wish->to),
                           reply_visit(reply));
}

void Api::return_visit(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  auto target = target_of(request, reply);
  if (target) services_.queue.give_back(target->intent, target->id, reply_visit(reply));
}

void Api::leave_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto reason = read_body(request, reply, read_leave);
  if (!reason) return;
  services_.queue.leave(target->intent, target->id, *reason, reply_visit(reply));
}

void Api::edit_visit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto note = read_body(request, reply, read_visit_note);
  if (!note) return;
  note->id = target->id;
  services_.queue.note(target->intent, std::move(*note), reply_visit(reply));
}

// ---- the last act, and the end of the day

void Api::undo(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto id = read_body(request, reply, read_undo);
  if (!id) return;
  services_.queue.undo(*intent, std::move(*id), reply_json<Undone>(reply, undone_json));
}

void Api::day_close(const Request&, const Reply& reply) {
  services_.queue.day_close(reply_json<DayClose>(reply, day_close_json));
}

void Api::close_day(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto with_left = read_body(request, reply, read_with_left);
  if (!with_left) return;
  const auto closed = [this, reply, token = request.principal->token](const Result<DayClose>& day) {
    if (!day) return reply(problem(day.error()));
    setup_.post([this, reply, token, body = day_close_json(*day)] {
      sign_ins_.end_day(token, kSheetTime, setup_.now());
      reply(json_response(body));
    });
  };
  services_.queue.close_day(*intent, *with_left, closed);
}

void Api::spoil_form(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto form = read_body(request, reply, read_spoiled_form);
  if (!form) return;
  services_.queue.spoil_form(*intent, std::move(*form),
                             reply_json<DayClose>(reply, day_close_json));
}

}  // namespace yizhan::node::http
