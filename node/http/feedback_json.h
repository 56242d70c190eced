// JSON of what people say of the service, as in docs/openapi.yaml.
#pragma once
#include <string>

#include "node/app/feedback_types.h"
#include "node/http/fields.h"
#include "node/http/json_value.h"

namespace yizhan::node::http {

std::string evaluated_json(const Evaluated& evaluated);
std::string summary_json(const EvaluationSummary& summary);
std::string receipt_json(const ComplaintReceipt& receipt);
std::string complaints_json(const ComplaintPage& page);

Result<NewEvaluation> read_new_evaluation(Fields& fields);
Result<NewComplaint> read_new_complaint(Fields& fields);

}  // namespace yizhan::node::http
