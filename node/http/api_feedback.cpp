// The API of FeedbackService.
#include "node/http/api.h"
#include "node/http/feedback_json.h"
#include "node/http/handler.h"

namespace yizhan::node::http {
namespace {

constexpr std::int64_t kPage = 50;

Response evaluation_response(const EvaluationVerdict& verdict) {
  if (verdict.evaluated) return json_response(evaluated_json(*verdict.evaluated), 201);
  const Error error = verdict.waiting
                          ? Error{Errc::Throttled, "too many wrong codes", "code"}
                          : Error{Errc::NotFound, "the code is wrong or too old", "code"};
  return problem_wait(error, status_of(error), verdict.retry_after_s);
}

}  // namespace

void Api::evaluate(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_new_evaluation);
  if (!wish) return;
  services_.feedback.evaluate(*intent, std::move(*wish),
                              reply_with<EvaluationVerdict>(reply, evaluation_response));
}

void Api::evaluation_summary(const Request& request, const Reply& reply) {
  auto date = query_text(request, "date", kDateRule);
  if (!date) return reply(problem(date.error()));
  services_.feedback.evaluation_summary(std::move(*date),
                                        reply_json<EvaluationSummary>(reply, summary_json));
}

void Api::complain(const Request& request, const Reply& reply) {
  auto intent = intent_of(request);
  if (!intent) return reply(problem(intent.error()));
  auto wish = read_body(request, reply, read_new_complaint);
  if (!wish) return;
  services_.feedback.complain(*intent, std::move(*wish),
                              reply_json<ComplaintReceipt>(reply, receipt_json, 201));
}

void Api::complaints(const Request& request, const Reply& reply) {
  const std::size_t after_min = request.query.contains("after") ? 1 : 0;
  auto after = query_text(request, "after", {.min = after_min, .max = 128, .shape = is_cursor});
  auto limit =
      after ? query_number(request, "limit", kPage, kPage) : Result<std::int64_t>(fail(after));
  if (!limit) return reply(problem(limit.error()));
  services_.feedback.complaints({std::move(*after), *limit},
                                reply_json<ComplaintPage>(reply, complaints_json));
}

}  // namespace yizhan::node::http
