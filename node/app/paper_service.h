// PaperService: the standard and what is printed.
//
// What        The policy and its calendar; slips, lists and forms on paper. One method per
//             operation of docs/openapi.yaml, as in node/app/service.h, whose invariants hold here
//             too.
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
  // Answers when the slip is printed, or when it is clear that it is not.
  virtual void print(Intent intent, NewSlip wish, Done<MadeSlip> done) = 0;
  // The PDF of a slip that was made within the last ten minutes.
  virtual void slip(std::string slip, Done<std::string> done) = 0;
  virtual void printers(Done<std::vector<PrinterRow>> done) = 0;
};

}  // namespace yizhan::node
