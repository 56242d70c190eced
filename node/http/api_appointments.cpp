// The API of appointments.
#include "node/http/api.h"
#include "node/http/appointment_json.h"
#include "node/http/handler.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kPageMax = 50;

Response appointment_response(const Appointment& appointment, int status = 200) {
  Response response = json_response(appointment_json(appointment), status);
  response.headers.emplace_back("ETag", "\"" + appointment.revision + "\"");
  return response;
}

Done<Appointment> reply_appointment(const Reply& reply) {
  return reply_with<Appointment>(
      reply, [](const Appointment& appointment) { return appointment_response(appointment); });
}

Result<std::string> revision_of(const Request& request) {
  const std::string& tag = request.header("if-match");
  if (tag.size() > 66) return fail(Errc::LimitExceeded, "longer than 66", "If-Match");
  const bool quoted = tag.size() >= 3 && tag.front() == '"' && tag.back() == '"';
  if (!quoted || !is_revision(tag.substr(1, tag.size() - 2))) {
    return fail(Errc::BadFormat, "must be the quoted ETag of the appointment", "If-Match");
  }
  return tag.substr(1, tag.size() - 2);
}

}  // namespace

void Api::appointments(const Request& request, const Reply& reply) {
  auto date = query_text(request, "date", kDateRule);
  if (!date) return reply(problem(date.error()));
  const std::size_t after_min = request.query.contains("after") ? 1 : 0;
  auto after = query_text(request, "after", {.min = after_min, .max = 128, .shape = is_cursor});
  if (!after) return reply(problem(after.error()));
  auto limit = query_number(request, "limit", kPageMax, kPageMax);
  if (!limit) return reply(problem(limit.error()));
  services_.node.appointments({.date = *date, .after = *after, .limit = *limit},
                              reply_with<AppointmentPage>(reply, [](const AppointmentPage& page) {
                                return json_response(page_json(page));
                              }));
}

void Api::book(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto booking = read_body(request, reply, read_new_appointment);
  if (!booking) return;
  services_.node.book(*intent, std::move(*booking),
                      reply_with<Appointment>(reply, [](const Appointment& appointment) {
                        Response response = appointment_response(appointment, 201);
                        response.headers.emplace_back("Location",
                                                      "/api/v1/appointments/" + appointment.id);
                        return response;
                      }));
}

void Api::appointment(const Request& request, const Reply& reply) {
  auto id = id_of(request);
  if (!id) return reply(problem(id.error()));
  services_.node.appointment(request.principal->staff, *id, reply_appointment(reply));
}

void Api::edit(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto revision = revision_of(request);
  if (!revision) return reply(problem(revision.error()));
  auto edit = read_body(request, reply, read_edit);
  if (!edit) return;
  edit->id = target->id;
  edit->revision = *revision;
  services_.node.edit(target->intent, std::move(*edit), reply_appointment(reply));
}

void Api::reschedule(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto to = read_body(request, reply, read_reschedule);
  if (!to) return;
  to->id = target->id;
  services_.node.reschedule(target->intent, std::move(*to), reply_appointment(reply));
}

void Api::cancel(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto cancel = read_body(request, reply, read_cancel);
  if (!cancel) return;
  cancel->id = target->id;
  services_.node.cancel(target->intent, std::move(*cancel), reply_appointment(reply));
}

void Api::finish(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  auto target = target_of(request, reply);
  if (target) services_.node.finish(target->intent, target->id, reply_appointment(reply));
}

void Api::excuse(const Request& request, const Reply& reply) {
  auto target = target_of(request, reply);
  if (!target) return;
  auto excuse = read_body(request, reply, read_excuse);
  if (!excuse) return;
  excuse->id = target->id;
  services_.node.excuse(target->intent, std::move(*excuse), reply_appointment(reply));
}

void Api::no_show(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  auto target = target_of(request, reply);
  if (target) services_.node.no_show(target->intent, target->id, reply_appointment(reply));
}

void Api::history(const Request& request, const Reply& reply) {
  auto id = id_of(request);
  if (!id) return reply(problem(id.error()));
  services_.node.history(*id, reply_with<std::vector<HistoryRow>>(reply, [](const auto& rows) {
    return json_response(history_json(rows));
  }));
}

}  // namespace yizhan::node::http
