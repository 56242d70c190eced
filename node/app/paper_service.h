// PaperService: the standard and what is printed.
//
// What        The policy and its calendar; slips, lists and forms on paper. One method per operation of docs/openapi.yaml, as in node/app/service.h, whose
//             invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/service.h"

namespace yizhan::node {

class PaperService {
 public:
  virtual ~PaperService() = default;
};

}  // namespace yizhan::node
