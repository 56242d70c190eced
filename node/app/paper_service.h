// PaperService: the standard and what is printed.
//
// What        The policy and its calendar; slips, lists and forms on paper. One method per operation
//             of docs/openapi.yaml, as in node/app/service.h, whose invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/paper_types.h"
#include "node/app/service.h"

namespace yizhan::node {

class PaperService {
 public:
  virtual ~PaperService() = default;
  virtual void policy(Done<PolicyFacts> done) = 0;
  virtual void calendar(CalendarQuery query, Done<std::vector<CalendarRow>> done) = 0;
};

}  // namespace yizhan::node
