#include "node/app/health.h"

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kSpaceWarnBytes = 2'000'000'000;
constexpr std::int64_t kSpaceFailBytes = 200'000'000;
constexpr std::int64_t kCalendarWarnDays = 60;
constexpr std::int64_t kRenewWarnDays = 30;
constexpr std::int64_t kBackupWarnDays = 7;

Verdict worse_than(std::int64_t value, std::int64_t warn, std::int64_t fail) {
  if (value < fail) return Verdict::Fail;
  return value < warn ? Verdict::Warn : Verdict::Ok;
}

std::int64_t days_between(WallMs from, WallMs to) { return (to.value - from.value) / kDayMs; }

HealthCheck space(const NodeStatus& node) {
  if (!node.disk_free_bytes) return {"ST-02", Verdict::Unknown, {}};
  return {"ST-02", worse_than(*node.disk_free_bytes, kSpaceWarnBytes, kSpaceFailBytes),
          node.disk_free_bytes};
}

HealthCheck verified(const char* id, const HealthFacts& facts) {
  if (!facts.verified_at) return {id, Verdict::Unknown, {}};
  return {id, facts.verified_ok ? Verdict::Ok : Verdict::Fail, facts.verify_findings};
}

HealthCheck certificate(const HealthFacts& facts) {
  if (!facts.certificate_ends) return {"ID-02", Verdict::Unknown, {}};
  const std::int64_t left = days_between(facts.node.now, *facts.certificate_ends);
  return {"ID-02", left < kRenewWarnDays ? Verdict::Warn : Verdict::Ok, left};
}

HealthCheck contact(const NodeStatus& node) {
  if (node.role == NodeRole::Hub) return {"SY-01", Verdict::Ok, {}};
  return {"SY-01", node.connected ? Verdict::Ok : Verdict::Warn, node.chip.days};
}

// The node's own half of it: that there is somebody who checks those who connect.
HealthCheck mutual_authentication(const HealthFacts& facts) {
  return {"SY-02", facts.listening_ended ? Verdict::Fail : Verdict::Ok, {}};
}

// Against the agreed interval: a station that reports by stick once a week is not ill on day two.
HealthCheck receipt(const HealthFacts& facts) {
  if (facts.node.role == NodeRole::Hub) return {"SY-03", Verdict::Ok, {}};
  if (!facts.last_receipt) return {"SY-03", Verdict::Unknown, {}};
  const std::int64_t age = days_between(*facts.last_receipt, facts.node.now);
  const bool late = facts.node.agreed_interval_s && age * 86'400 > *facts.node.agreed_interval_s;
  return {"SY-03", late ? Verdict::Warn : Verdict::Ok, age};
}

HealthCheck outbox(const HealthFacts& facts) {
  if (!facts.node.counts) return {"SY-04", Verdict::Unknown, {}};
  const bool late =
      facts.oldest_pending && facts.node.agreed_interval_s &&
      facts.node.now.value - facts.oldest_pending->value > *facts.node.agreed_interval_s * 1000;
  return {"SY-04", late ? Verdict::Warn : Verdict::Ok, facts.node.counts->pending};
}

// Each of them prints slips and calls people that the other knows nothing of.
HealthCheck doubles(const HealthFacts& facts) {
  if (!facts.doubles) return {"ID-04", Verdict::Unknown, {}};
  return {"ID-04", *facts.doubles > 0 ? Verdict::Fail : Verdict::Ok, facts.doubles};
}

// None at all is no better than an old one.
HealthCheck backup(const HealthFacts& facts) {
  if (!facts.last_backup) return {"ST-10", Verdict::Warn, {}};
  const std::int64_t age =
      std::max<std::int64_t>(0, days_between(*facts.last_backup, facts.node.now));
  return {"ST-10", age < kBackupWarnDays ? Verdict::Ok : Verdict::Warn, age};
}

HealthCheck devices(const HealthFacts& facts) {
  if (!facts.devices) return {"DV-03", Verdict::Unknown, {}};
  const auto silent =
      std::count_if(facts.devices->begin(), facts.devices->end(),
                    [&](const DeviceRow& device) { return is_silent(device, facts.node.now); });
  return {"DV-03", silent > 0 ? Verdict::Warn : Verdict::Ok, silent};
}

}  // namespace

bool is_silent(const DeviceRow& device, WallMs now) {
  if (!device.paired || !device.seen_at) return false;
  return now.value - device.seen_at->value >= kDeviceSilentMs;
}

std::vector<HealthCheck> health_checks(const HealthFacts& facts) {
  return {
      devices(facts),
      certificate(facts),
      doubles(facts),
      {"OS-05", facts.node.clock_suspect ? Verdict::Warn : Verdict::Ok, {}},
      {"PO-02", facts.calendar_days < kCalendarWarnDays ? Verdict::Warn : Verdict::Ok,
       facts.calendar_days},
      space(facts.node),
      {"ST-03", facts.node.can_save ? Verdict::Ok : Verdict::Fail, {}},
      verified("ST-04", facts),
      verified("ST-05", facts),
      backup(facts),
      {"SV-04", facts.dead_letters > 0 ? Verdict::Warn : Verdict::Ok, facts.dead_letters},
      contact(facts.node),
      mutual_authentication(facts),
      receipt(facts),
      outbox(facts),
  };
}

}  // namespace yizhan::node
