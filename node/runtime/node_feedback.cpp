#include "node/runtime/node_feedback.h"

#include "node/app/complaint_desk.h"
#include "node/app/complaint_list.h"
#include "node/app/evaluation_desk.h"
#include "node/app/visit_tally.h"
#include "node/policy/china_time.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

std::int64_t seconds_of(std::int64_t wait_ms) { return (wait_ms + 999) / 1000; }

bool is_wrong_code(const Error& error) {
  return error.code == Errc::NotFound && error.field == "code";
}

}  // namespace

// ---- evaluations

Result<NodeFeedback::Tried> NodeFeedback::try_to_evaluate(Core& core, sync::Effects& effects,
                                                          const Intent& intent,
                                                          const NewEvaluation& wish) {
  const BootTime now{.boot = {}, .ticks_ms = core.mono.value};
  const bool by_code = !wish.code.empty();
  Tried tried;
  if (const std::int64_t left = by_code ? tries_.wait_ms(intent.staff.id, now) : 0; left > 0) {
    tried.verdict.waiting = true;
    tried.verdict.retry_after_s = seconds_of(left);
    return tried;
  }
  const StoreReads reads(core.store);
  EvaluationDesk desk({core.engine, reads, policy_, core.wall, core.mono, effects}, key_);
  const auto written = desk.evaluate(intent, wish);
  if (!written && is_wrong_code(written.error())) {
    tried.verdict.retry_after_s = seconds_of(tries_.failed(intent.staff.id, now));
    return tried;
  }
  if (!written) return fail(written);
  if (by_code) tries_.succeeded(intent.staff.id);
  tried.evaluation = *written;
  return tried;
}

void NodeFeedback::evaluate(Intent intent, NewEvaluation wish, Done<EvaluationVerdict> done) {
  const auto then = [this, done](const Result<Tried>& tried) {
    if (!tried) return done(fail(tried));
    if (!tried->evaluation) return done(tried->verdict);
    calls_.queue_touched();
    show_evaluated(*tried->evaluation, done);
  };
  calls_.change<Tried>(then, [this, intent = std::move(intent), wish = std::move(wish)](
                                 Core& core, sync::Effects& effects) {
    return try_to_evaluate(core, effects, intent, wish);
  });
}

void NodeFeedback::show_evaluated(const crdt::Dot& evaluation,
                                  const Done<EvaluationVerdict>& done) {
  calls_.look<EvaluationVerdict>(
      done, [this, evaluation](const Core& core) -> Result<EvaluationVerdict> {
        const StoreReads reads(core.store);
        sync::Effects none;  // showing writes nothing
        auto shown = EvaluationDesk({core.engine, reads, policy_, core.wall, core.mono, none}, key_)
                         .show(evaluation);
        if (!shown) return fail(shown);
        return EvaluationVerdict{std::move(*shown), false, 0};
      });
}

void NodeFeedback::evaluation_summary(std::string date, Done<EvaluationSummary> done) {
  calls_.look<EvaluationSummary>(
      std::move(done), [date = std::move(date)](const Core& core) -> Result<EvaluationSummary> {
        const auto day = parse_date(date);
        if (!day) return fail(day);
        const sync::Scope scope{core.engine.self().home, sync::ScopeClass::Biz};
        const auto tally = tally_visits(StoreReads(core.store), scope, *day);
        if (!tally) return fail(tally);
        return EvaluationSummary{date, tally->levels, tally->rated(), tally->unrated(),
                                 tally->declined()};
      });
}

// ---- complaints

void NodeFeedback::complain(Intent intent, NewComplaint wish, Done<ComplaintReceipt> done) {
  const auto then = [this, done](const Result<crdt::Dot>& written) {
    if (!written) return done(fail(written));
    calls_.look<ComplaintReceipt>(done, [complaint = *written](const Core& core) {
      return receipt_of(core.engine, StoreReads(core.store), complaint);
    });
  };
  calls_.change<crdt::Dot>(then, [this, intent = std::move(intent), wish = std::move(wish)](
                                     Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return ComplaintDesk({core.engine, reads, policy_, core.wall, core.mono, effects})
        .complain(intent, wish);
  });
}

void NodeFeedback::complaints(ComplaintQuery query, Done<ComplaintPage> done) {
  calls_.look<ComplaintPage>(std::move(done), [query = std::move(query)](const Core& core) {
    return list_complaints(core.engine, StoreReads(core.store), query);
  });
}

}  // namespace yizhan::node
