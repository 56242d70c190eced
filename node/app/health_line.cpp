#include "node/app/health_line.h"

#include "node/app/health_text.h"

namespace yizhan::node {
namespace {

HealthCheck contact(const NodeStatus& node) {
  if (node.role == NodeRole::Hub) return {.id = "SY-01", .verdict = Verdict::Ok, .found = "top"};
  if (node.connected) return {.id = "SY-01", .verdict = Verdict::Ok, .value = 0, .found = "up"};
  HealthCheck down{
      .id = "SY-01", .verdict = Verdict::Warn, .value = node.chip.days, .found = "never_up"};
  if (node.last_contact) {
    down.found = "down";
    down.with = {{"when", moment_text(*node.last_contact)}};
  }
  return down;
}

// The node's own half of it: that there is somebody who checks those who connect.
HealthCheck mutual_authentication(const HealthFacts& facts) {
  if (facts.listening_ended) return {.id = "SY-02", .verdict = Verdict::Fail, .found = "ended"};
  return {.id = "SY-02", .verdict = Verdict::Ok, .found = "checks"};
}

// Against the agreed interval: a station that reports by stick once a week is not ill on day two.
HealthCheck receipt(const HealthFacts& facts) {
  if (facts.node.role == NodeRole::Hub) {
    return {.id = "SY-03", .verdict = Verdict::Ok, .found = "top"};
  }
  if (!facts.last_receipt) return {.id = "SY-03", .found = "none"};
  const std::int64_t age = days_between(*facts.last_receipt, facts.node.now);
  const bool late = facts.node.agreed_interval_s && age * 86'400 > *facts.node.agreed_interval_s;
  return {.id = "SY-03",
          .verdict = late ? Verdict::Warn : Verdict::Ok,
          .value = age,
          .found = late ? "late" : "got",
          .with = {{"when", moment_text(*facts.last_receipt)}, {"days", std::to_string(age)}}};
}

HealthCheck outbox(const HealthFacts& facts) {
  if (!facts.node.counts) return {.id = "SY-04"};
  const std::int64_t pending = facts.node.counts->pending;
  HealthCheck check{.id = "SY-04",
                    .verdict = Verdict::Ok,
                    .value = pending,
                    .found = pending == 0 ? "empty" : "waits",
                    .with = {{"count", std::to_string(pending)}}};
  if (!facts.oldest_pending) return check;
  check.with["since"] = moment_text(*facts.oldest_pending);
  check.found = "waits_since";
  const std::int64_t age_ms = facts.node.now.value - facts.oldest_pending->value;
  if (facts.node.agreed_interval_s && age_ms > *facts.node.agreed_interval_s * 1000) {
    check.verdict = Verdict::Warn;
  }
  return check;
}

}  // namespace

std::vector<HealthCheck> line_checks(const HealthFacts& facts) {
  if (!facts.serving) return {receipt(facts), outbox(facts)};
  return {contact(facts.node), mutual_authentication(facts), receipt(facts), outbox(facts)};
}

}  // namespace yizhan::node
