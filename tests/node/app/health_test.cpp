#include "node/app/health.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

HealthFacts well() {
  HealthFacts facts;
  facts.node.now = {1'795'000'000'000};
  facts.node.role = NodeRole::Station;
  facts.node.connected = true;
  facts.node.can_save = true;
  facts.calendar_days = 365;
  return facts;
}

Verdict verdict(const HealthFacts& facts, const std::string& id) {
  for (const HealthCheck& check : health_checks(facts)) {
    if (check.id == id) return check.verdict;
  }
  BOOST_FAIL("no check " + id);
  return Verdict::Unknown;
}

BOOST_AUTO_TEST_SUITE(health_test)

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_unknown_I1) {
  for (const char* id : {"DV-03", "ID-02", "ID-04", "ST-02", "ST-04", "ST-05", "SY-03", "SY-04"}) {
    BOOST_TEST((verdict(well(), id) == Verdict::Unknown), id);
  }
}

BOOST_AUTO_TEST_CASE(the_checks_stand_in_the_order_of_their_ids_I2) {
  const auto checks = health_checks(well());
  BOOST_TEST(std::is_sorted(checks.begin(), checks.end(),
                            [](const auto& a, const auto& b) { return a.id < b.id; }));
}

// Everything else may be well: a node that nobody below can reach must not look healthy.
BOOST_AUTO_TEST_CASE(a_node_that_nobody_below_can_reach_any_more_has_failed) {
  HealthFacts facts = well();
  BOOST_TEST((verdict(facts, "SY-02") == Verdict::Ok));
  facts.listening_ended = true;
  BOOST_TEST((verdict(facts, "SY-02") == Verdict::Fail));
}

BOOST_AUTO_TEST_CASE(two_machines_of_one_name_are_a_failure) {
  HealthFacts facts = well();
  facts.doubles = 0;
  BOOST_TEST((verdict(facts, "ID-04") == Verdict::Ok));
  facts.doubles = 1;
  BOOST_TEST((verdict(facts, "ID-04") == Verdict::Fail));
}

BOOST_AUTO_TEST_CASE(a_paired_device_that_is_not_heard_of_any_more_is_told) {
  HealthFacts facts = well();
  const auto heard = [&](std::int64_t ago) { return WallMs{facts.node.now.value - ago}; };
  DeviceRow device;
  device.paired = true;
  device.seen_at = heard(kDeviceSilentMs - 1);
  facts.devices = {device};
  BOOST_TEST((verdict(facts, "DV-03") == Verdict::Ok));
  device.paired = false;  // waits for its code to be typed
  device.seen_at.reset();
  facts.devices->push_back(device);
  BOOST_TEST((verdict(facts, "DV-03") == Verdict::Ok));
  facts.devices->front().seen_at = heard(kDeviceSilentMs);
  BOOST_TEST((verdict(facts, "DV-03") == Verdict::Warn));
  BOOST_TEST((health_checks(facts).front().value == 1));
}

BOOST_AUTO_TEST_CASE(numbers_are_judged_at_their_edges) {
  constexpr std::int64_t kDay = 86'400'000;
  HealthFacts facts = well();
  for (const auto& [free, wanted] : {std::pair{std::int64_t{199'999'999}, Verdict::Fail},
                                     {200'000'000, Verdict::Warn},
                                     {1'999'999'999, Verdict::Warn},
                                     {2'000'000'000, Verdict::Ok}}) {
    facts.node.disk_free_bytes = free;
    BOOST_TEST((verdict(facts, "ST-02") == wanted), free);
  }
  for (const auto& [days, wanted] : {std::pair{29, Verdict::Warn}, {30, Verdict::Ok}}) {
    facts.certificate_ends = WallMs{facts.node.now.value + days * kDay};
    BOOST_TEST((verdict(facts, "ID-02") == wanted), days);
  }
  BOOST_TEST((verdict(facts, "ST-10") == Verdict::Warn));  // none was ever made
  for (const auto& [days, wanted] :
       {std::pair{0, Verdict::Ok}, {6, Verdict::Ok}, {7, Verdict::Warn}, {-1, Verdict::Ok}}) {
    facts.last_backup = WallMs{facts.node.now.value - days * kDay};
    BOOST_TEST((verdict(facts, "ST-10") == wanted), days);
  }
  for (const auto& [days, wanted] : {std::pair{59, Verdict::Warn}, {60, Verdict::Ok}}) {
    facts.calendar_days = days;
    BOOST_TEST((verdict(facts, "PO-02") == wanted), days);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
