// NodeFeedback: FeedbackService over the engine loop.
//
// What        Each call becomes a task of the loop; its answer is shown from what is durable then.
// Invariants  I1  pages are told that the queue changed once an evaluation is durable, never how it
//                 came out.
//             I2  who gave wrong codes waits (node/identity/code_tries.h).
// Errors      See node/app/feedback_service.h.
// Source      style.md section 6; ADR-0008.
#pragma once
#include "node/app/feedback_service.h"
#include "node/app/rating_codes.h"
#include "node/identity/code_tries.h"
#include "node/policy/policy.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeFeedback final : public FeedbackService {
 public:
  // `calls` and `policy` outlive the service.
  NodeFeedback(LoopCalls& calls, const Policy& policy, const RatingKey& key)
      : calls_(calls), policy_(policy), key_(key) {}

  void evaluate(Intent intent, NewEvaluation wish, Done<EvaluationVerdict> done) override;
  void evaluation_summary(std::string date, Done<EvaluationSummary> done) override;
  void complain(Intent intent, NewComplaint wish, Done<ComplaintReceipt> done) override;
  void complaints(ComplaintQuery query, Done<ComplaintPage> done) override;

 private:
  // The evaluation that was written, or what the asker of a wrong code is told.
  struct Tried {
    std::optional<crdt::Dot> evaluation;
    EvaluationVerdict verdict;
  };
  Result<Tried> try_to_evaluate(Core& core, sync::Effects& effects, const Intent& intent,
                                const NewEvaluation& wish);
  void show_evaluated(const crdt::Dot& evaluation, const Done<EvaluationVerdict>& done);

  LoopCalls& calls_;
  const Policy& policy_;
  RatingKey key_;
  CodeTries tries_;  // on the loop's thread
};

}  // namespace yizhan::node
