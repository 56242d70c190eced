// Records types: what is asked of records as a whole, as plain values.
//
// What        The requests and answers of node/app/records_service.h.
// Invariants  I1  what is not known is absent, never 0.
// Units       Dates "YYYY-MM-DD" in China time; times in WallMs.
// Errors      none: values only.
// Source      ux.md W3, W4, W10, W12, H1, H2.
#pragma once
#include <map>

#include "node/app/admin_types.h"

namespace yizhan::node {

struct NameTile {  // at the sign-in
  std::string login;
  std::string display_name;
  StaffRole role = StaffRole::Clerk;
};

enum class RecordSort : std::uint8_t { Appointment, Visit, Evaluation, Complaint, Other };

struct PendingKind {  // 待上报 by what it is about
  RecordSort sort = RecordSort::Other;
  std::int64_t pending = 0;
};

struct Route {  // the way upwards
  std::string name;
  NodeRole role = NodeRole::District;
  bool connected = false;
  std::optional<WallMs> last_contact;
};

struct SyncState {
  NodeStatus node;
  std::vector<PendingKind> by_kind;  // those with something pending
  std::optional<WallMs> oldest_pending;
  std::vector<Route> routes;
};

enum class Verdict : std::uint8_t { Ok, Warn, Fail, Unknown };

struct HealthCheck {
  std::string id;  // ST-02
  Verdict verdict = Verdict::Unknown;
  std::optional<std::int64_t> value = {};        // the number behind it
  std::string found = {};                        // which finding of this check: names its words
  std::map<std::string, std::string> with = {};  // what those words name; nobody's data, no secret
};

// What this machine says of itself, for who helps from afar: nobody's data, no secret.
struct HealthPackage {
  std::string name;  // of the file
  std::string bytes;
};

struct HealthReport {
  WallMs checked_at;
  std::optional<WallMs> verified_at;
  std::vector<HealthCheck> checks;
};

}  // namespace yizhan::node
