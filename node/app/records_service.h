// RecordsService: finding, watching over and answering for records.
//
// What        Search, sync state, health, staff, and the overview of the levels above. One method per operation of docs/openapi.yaml, as in node/app/service.h, whose
//             invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/service.h"

namespace yizhan::node {

class RecordsService {
 public:
  virtual ~RecordsService() = default;
};

}  // namespace yizhan::node
