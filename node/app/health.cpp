#include "node/app/health.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "node/app/health_line.h"
#include "node/app/health_storage.h"
#include "node/app/health_text.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kCalendarWarnDays = 60;
constexpr std::int64_t kRenewWarnDays = 30;
constexpr std::int64_t kClockWarnMs = 10 * kMinuteMs;  // design.md section 7 "Clocks"

HealthCheck devices(const HealthFacts& facts) {
  if (!facts.devices) return {.id = "DV-03"};
  const auto silent =
      std::count_if(facts.devices->begin(), facts.devices->end(),
                    [&](const DeviceRow& device) { return is_silent(device, facts.node.now); });
  return {.id = "DV-03",
          .verdict = silent > 0 ? Verdict::Warn : Verdict::Ok,
          .value = silent,
          .found = silent > 0 ? "silent" : "heard",
          .with = {{"count", std::to_string(silent)}}};
}

HealthCheck certificate(const HealthFacts& facts) {
  if (!facts.certificate_ends) return {.id = "ID-02"};
  const std::int64_t left = days_between(facts.node.now, *facts.certificate_ends);
  const bool ends = left < kRenewWarnDays;
  return {.id = "ID-02",
          .verdict = ends ? Verdict::Warn : Verdict::Ok,
          .value = left,
          .found = ends ? "ends" : "left",
          .with = {{"days", std::to_string(left)}, {"when", moment_text(*facts.certificate_ends)}}};
}

// Each of them prints slips and calls people that the other knows nothing of. What stands on one
// machine alone is worse: it waits for a person.
HealthCheck doubles(const HealthFacts& facts) {
  if (facts.forked > 0) {
    return {.id = "ID-04",
            .verdict = Verdict::Fail,
            .value = facts.forked,
            .found = "parted",
            .with = {{"count", std::to_string(facts.forked)}}};
  }
  if (!facts.doubles) return {.id = "ID-04"};
  return {.id = "ID-04",
          .verdict = *facts.doubles > 0 ? Verdict::Fail : Verdict::Ok,
          .value = facts.doubles,
          .found = *facts.doubles > 0 ? "two" : "one",
          .with = {{"count", std::to_string(*facts.doubles)}}};
}

HealthCheck clock_finding(Verdict verdict, const char* found, std::int64_t apart_ms) {
  const std::int64_t minutes = std::abs(apart_ms) / kMinuteMs;
  return {.id = "OS-05",
          .verdict = verdict,
          .value = minutes,
          .found = found,
          .with = {{"minutes", std::to_string(minutes)}}};
}

// Why nobody can say what time it is; null: it is known.
const char* doubt_of(const HealthFacts& facts) {
  if (facts.node.clock_asks) return "asks";
  if (!facts.node.clock_suspect) return nullptr;
  return facts.serving ? "said" : "before_joining";
}

// Against what cannot be in the future: the certificate, the node's own records; then the others.
HealthCheck clock(const HealthFacts& facts) {
  const WallMs now = facts.node.now;
  if (const char* doubt = doubt_of(facts)) {
    return {.id = "OS-05",
            .verdict = Verdict::Warn,
            .found = doubt,
            .with = {{"now", moment_text(now)}}};
  }
  if (facts.node.clock_off_ms) {
    auto off = clock_finding(Verdict::Warn, "machine", *facts.node.clock_off_ms);
    off.with["now"] = moment_text(now);
    return off;
  }
  if (facts.clock_floor && facts.clock_floor->value - now.value > kClockWarnMs) {
    auto behind = clock_finding(Verdict::Warn, "behind", facts.clock_floor->value - now.value);
    behind.with["when"] = moment_text(*facts.clock_floor);
    return behind;
  }
  const auto furthest = std::max_element(
      facts.peer_clocks.begin(), facts.peer_clocks.end(),
      [](const auto& a, const auto& b) { return std::abs(a.ahead_ms) < std::abs(b.ahead_ms); });
  if (furthest == facts.peer_clocks.end()) {
    return {.id = "OS-05",
            .verdict = Verdict::Ok,
            .found = "not_compared",
            .with = {{"now", moment_text(now)}}};
  }
  const bool apart = std::abs(furthest->ahead_ms) > kClockWarnMs;
  auto check = clock_finding(apart ? Verdict::Warn : Verdict::Ok, apart ? "apart" : "agrees",
                             furthest->ahead_ms);
  check.with["peer"] = furthest->name;
  check.with["seconds"] = std::to_string(std::abs(furthest->ahead_ms) / 1000);
  return check;
}

HealthCheck calendar(const HealthFacts& facts) {
  const bool ends = facts.calendar_days < kCalendarWarnDays;
  return {.id = "PO-02",
          .verdict = ends ? Verdict::Warn : Verdict::Ok,
          .value = facts.calendar_days,
          .found = ends ? "ends" : "known",
          .with = {{"days", std::to_string(facts.calendar_days)}}};
}

HealthCheck newer_changes(const HealthFacts& facts) {
  return {.id = "SV-04",
          .verdict = facts.dead_letters > 0 ? Verdict::Warn : Verdict::Ok,
          .value = facts.dead_letters,
          .found = facts.dead_letters > 0 ? "kept" : "none",
          .with = {{"count", std::to_string(facts.dead_letters)}}};
}

void append(std::vector<HealthCheck>& checks, std::vector<HealthCheck> more) {
  std::move(more.begin(), more.end(), std::back_inserter(checks));
}

int weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok: return 0;
    case Verdict::Unknown: return 1;
    case Verdict::Warn: return 2;
    case Verdict::Fail: return 3;
  }
  return 3;
}

}  // namespace

bool is_silent(const DeviceRow& device, WallMs now) {
  if (!device.paired || !device.seen_at) return false;
  return now.value - device.seen_at->value >= kDeviceSilentMs;
}

std::vector<HealthCheck> health_checks(const HealthFacts& facts) {
  std::vector<HealthCheck> checks;
  if (facts.serving) checks.push_back(devices(facts));
  append(checks, {certificate(facts), doubles(facts), clock(facts), calendar(facts)});
  append(checks, storage_checks(facts));
  checks.push_back(newer_changes(facts));
  append(checks, line_checks(facts));
  return checks;
}

std::vector<HealthCheck> merged(std::vector<HealthCheck> first, std::vector<HealthCheck> second) {
  append(first, std::move(second));
  std::stable_sort(first.begin(), first.end(),
                   [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<HealthCheck> kept;
  for (HealthCheck& check : first) {
    if (kept.empty() || kept.back().id != check.id) {
      kept.push_back(std::move(check));
    } else if (weight(check.verdict) >= weight(kept.back().verdict)) {
      kept.back() = std::move(check);
    }
  }
  return kept;
}

std::optional<WallMs> newest(const std::vector<sync::Receipt>& receipts) {
  std::optional<WallMs> newest;
  for (const sync::Receipt& receipt : receipts) {
    const WallMs issued{crdt::wall_ms(receipt.issued)};
    if (!newest || issued > *newest) newest = issued;
  }
  return newest;
}

}  // namespace yizhan::node
