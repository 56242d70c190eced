// RecordsService: finding, watching over and answering for records.
//
// What        Names at the sign-in, the state of reporting, health. One method per operation of
//             docs/openapi.yaml, as in node/app/service.h, whose invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/records_types.h"
#include "node/app/service.h"

namespace yizhan::node {

class RecordsService {
 public:
  virtual ~RecordsService() = default;
  // NotFound at a hub: nobody outside learns who works there.
  virtual void sign_in_names(Done<std::vector<NameTile>> done) = 0;
  virtual void sync_state(Done<SyncState> done) = 0;
  virtual void health(Done<HealthReport> done) = 0;
  // As Service::verify, and remembered for health().
  virtual void verify_now(Done<VerifyReport> done) = 0;
};

}  // namespace yizhan::node
