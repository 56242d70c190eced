// Health: what the node can say of itself, each with a verdict and the number behind it.
//
// What        The checks of `doctor` that a running node knows without touching anything outside.
// Invariants  I1  what was not looked at is Unknown, never Ok.
//             I2  the order is that of the ids.
// Units       In the values: bytes, days, minutes, devices as their names in the pages say.
// Errors      none.
// Not here    Words: the pages have cause, effect and remedy of each id in both languages.
// Source      ux.md section 7 "doctor", W12.
#pragma once
#include "node/app/hall_types.h"
#include "node/app/records_types.h"

namespace yizhan::node {

// A paired device asks, or listens, all the time; it is noted every five minutes.
constexpr std::int64_t kDeviceSilentMs = std::int64_t{15} * 60 * 1000;
bool is_silent(const DeviceRow& device, WallMs now);

struct HealthFacts {
  NodeStatus node;
  std::optional<WallMs> certificate_ends;
  std::optional<WallMs> verified_at;  // the last verify of this run
  bool verified_ok = false;
  std::int64_t verify_findings = 0;
  std::optional<WallMs> last_receipt;
  std::optional<WallMs> oldest_pending;
  std::int64_t calendar_days = 0;  // how far ahead the calendar is known
  std::int64_t dead_letters = 0;
  std::optional<std::vector<DeviceRow>> devices;  // of the hall; absent: could not be read
  bool listening_ended = false;                   // nobody below can connect any more
  std::optional<WallMs> last_backup;              // absent: none is known
  std::optional<std::int64_t> doubles;  // names under which two machines run; absent: not readable
};

std::vector<HealthCheck> health_checks(const HealthFacts& facts);

}  // namespace yizhan::node
