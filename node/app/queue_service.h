// QueueService: the queue at the windows of a station.
//
// What        Windows, tickets, calls, and what becomes of each visit. One method per operation of docs/openapi.yaml, as in node/app/service.h, whose
//             invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/service.h"

namespace yizhan::node {

class QueueService {
 public:
  virtual ~QueueService() = default;
};

}  // namespace yizhan::node
