// RecordsService: finding, watching over and answering for records.
//
// What        Names at the sign-in, the state of reporting, health. One method per operation of
//             docs/openapi.yaml, as in node/app/service.h, whose invariants hold here too.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/overview.h"
#include "node/app/records_types.h"
#include "node/app/search_types.h"
#include "node/app/service.h"
#include "node/app/station_detail.h"

namespace yizhan::node {

class RecordsService {
 public:
  virtual ~RecordsService() = default;
  // NotFound at a hub: nobody outside learns who works there.
  virtual void sign_in_names(Done<std::vector<NameTile>> done) = 0;
  virtual void sync_state(Done<SyncState> done) = 0;
  virtual void health(Done<HealthReport> done) = 0;
  // The same with versions, exchanges and log, as one file.
  virtual void health_package(Done<HealthPackage> done) = 0;
  // As Service::verify, and remembered for health().
  virtual void verify_now(Done<VerifyReport> done) = 0;
  // What a person at the counter says, types or scans; never a guess.
  virtual void lookup(LookupQuestion wish, Done<Lookup> done) = 0;
  // Absent: today.
  virtual void overview(std::optional<std::string> date, Done<Overview> done) = 0;
  // `node` in hex. Absent date: today.
  virtual void station(std::string node, std::optional<std::string> date,
                       Done<StationDetail> done) = 0;
  virtual void search(RecordQuery wish, Done<RecordPage> done) = 0;
};

}  // namespace yizhan::node
