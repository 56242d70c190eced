// HallService: what stands in the hall without a sign-in.
//
// What        Displays, tablets and ticket machines, evaluations, complaints. One method per
//             operation of docs/openapi.yaml, as in node/app/service.h, whose invariants hold here
//             too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/service.h"

namespace yizhan::node {

class HallService {
 public:
  virtual ~HallService() = default;
};

}  // namespace yizhan::node
