// FeedbackService: what people say of the service.
//
// What        Evaluations and complaints. One method per operation of docs/openapi.yaml, as in
//             node/app/service.h, whose invariants hold here too.
// Invariants  I1  who served a person is never told how they rated, only whether they did.
// Errors      Those of node/app/service.h, evaluation_desk.h and complaint_desk.h.
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/service.h"

namespace yizhan::node {

class FeedbackService {
 public:
  virtual ~FeedbackService() = default;

  // The intent is the tablet's, or that of a member of staff who helps.
  virtual void evaluate(Intent intent, NewEvaluation wish, Done<EvaluationVerdict> done) = 0;
  virtual void evaluation_summary(std::string date, Done<EvaluationSummary> done) = 0;
  virtual void complain(Intent intent, NewComplaint wish, Done<ComplaintReceipt> done) = 0;
  virtual void complaints(ComplaintQuery query, Done<ComplaintPage> done) = 0;
};

}  // namespace yizhan::node
