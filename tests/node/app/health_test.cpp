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

HealthCheck check(const HealthFacts& facts, const std::string& id) {
  for (const HealthCheck& one : health_checks(facts)) {
    if (one.id == id) return one;
  }
  BOOST_FAIL("no check " + id);
  return {};
}
Verdict verdict(const HealthFacts& facts, const std::string& id) {
  return check(facts, id).verdict;
}
std::string found(const HealthFacts& facts, const std::string& id) {
  return check(facts, id).found;
}

BOOST_AUTO_TEST_SUITE(health_test)

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_unknown_I1) {
  for (const char* id :
       {"DV-03", "ID-02", "ID-04", "ST-02", "ST-04", "ST-05", "ST-09", "SY-03", "SY-04"}) {
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

BOOST_AUTO_TEST_CASE(entries_that_stand_on_one_machine_alone_are_told_before_a_second_machine) {
  HealthFacts facts = well();
  facts.doubles = 1;
  facts.forked = 2;
  BOOST_TEST((verdict(facts, "ID-04") == Verdict::Fail));
  BOOST_TEST(found(facts, "ID-04") == "parted");
  BOOST_TEST(check(facts, "ID-04").with.at("count") == "2");
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
  constexpr std::int64_t kMib = 1024 * 1024;
  for (const auto& [free, wanted] : {std::pair{200 * kMib - 1, Verdict::Fail},
                                     {200 * kMib, Verdict::Warn},
                                     {2048 * kMib - 1, Verdict::Warn},
                                     {2048 * kMib, Verdict::Ok}}) {
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
    facts.backups.made_at = WallMs{facts.node.now.value - days * kDay};
    BOOST_TEST((verdict(facts, "ST-10") == wanted), days);
  }
  for (const auto& [days, wanted] : {std::pair{59, Verdict::Warn}, {60, Verdict::Ok}}) {
    facts.calendar_days = days;
    BOOST_TEST((verdict(facts, "PO-02") == wanted), days);
  }
}

BOOST_AUTO_TEST_CASE(a_number_comes_with_the_next_threshold) {
  HealthFacts facts = well();
  facts.node.disk_free_bytes = 1'500'000'000;
  BOOST_TEST(check(facts, "ST-02").with.at("free") == "1.3 GB");
  BOOST_TEST(check(facts, "ST-02").with.at("next") == "200 MB");
  facts.node.disk_free_bytes = 15'000'000'000;
  BOOST_TEST(check(facts, "ST-02").with.at("next") == "2.0 GB");
}

BOOST_AUTO_TEST_CASE(a_backup_counts_by_when_it_was_last_opened_and_a_bad_one_is_told_first) {
  constexpr std::int64_t kDay = 86'400'000;
  HealthFacts facts = well();
  BOOST_TEST(found(facts, "ST-11") == "never");
  for (const auto& [days, wanted] :
       {std::pair{0, "good"}, {29, "good"}, {30, "old"}, {-1, "good"}}) {
    facts.backups.verified_at = WallMs{facts.node.now.value - days * kDay};
    BOOST_TEST(found(facts, "ST-11") == wanted, days);
  }
  BOOST_TEST((verdict(facts, "ST-11") == Verdict::Ok));
  facts.backups.bad_file = "yizhan-1.yzb";
  BOOST_TEST((verdict(facts, "ST-11") == Verdict::Fail));
  BOOST_TEST(check(facts, "ST-11").with.at("file") == "yizhan-1.yzb");
}

BOOST_AUTO_TEST_CASE(what_a_verify_found_stands_where_it_belongs) {
  HealthFacts facts = well();
  facts.verified = VerifyReport{true, 3, 40, 12, {}};
  for (const char* id : {"ST-04", "ST-05", "ST-09"}) BOOST_TEST(found(facts, id) == "agrees", id);
  facts.verified->ok = false;
  facts.verified->findings = {{"seal", "segment 1..9 of stream ab"}, {"chain", "gap"}};
  BOOST_TEST((verdict(facts, "ST-04") == Verdict::Ok));
  BOOST_TEST((verdict(facts, "ST-05") == Verdict::Fail));
  BOOST_TEST((check(facts, "ST-05").value == 2));
  BOOST_TEST(check(facts, "ST-05").with.at("first") == "seal segment 1..9 of stream ab");
  facts.verified->findings = {{"entity", "record 1"}, {"journal", "seq 4"}};
  BOOST_TEST((verdict(facts, "ST-04") == Verdict::Fail));
  BOOST_TEST((verdict(facts, "ST-05") == Verdict::Ok));
  BOOST_TEST((verdict(facts, "ST-09") == Verdict::Fail));
}

BOOST_AUTO_TEST_CASE(a_clock_is_judged_by_what_cannot_be_in_the_future) {
  constexpr std::int64_t kMinute = 60'000;
  HealthFacts facts = well();
  BOOST_TEST(found(facts, "OS-05") == "not_compared");
  BOOST_TEST((verdict(facts, "OS-05") == Verdict::Ok));
  facts.peer_clocks = {{"郊区", 9 * kMinute}, {"阳泉市", -10 * kMinute}};
  BOOST_TEST(found(facts, "OS-05") == "agrees");
  facts.peer_clocks.back().ahead_ms = -11 * kMinute;
  BOOST_TEST(found(facts, "OS-05") == "apart");
  BOOST_TEST(check(facts, "OS-05").with.at("peer") == "阳泉市");
  BOOST_TEST(check(facts, "OS-05").with.at("minutes") == "11");
  facts.clock_floor = WallMs{facts.node.now.value + 10 * kMinute};
  BOOST_TEST(found(facts, "OS-05") == "apart");
  facts.clock_floor = WallMs{facts.node.now.value + 10 * kMinute + 1};
  BOOST_TEST(found(facts, "OS-05") == "behind");
  facts.node.clock_off_ms = -31 * kMinute;
  BOOST_TEST(found(facts, "OS-05") == "machine");
  BOOST_TEST(check(facts, "OS-05").with.at("minutes") == "31");
  facts.node.clock_suspect = true;
  BOOST_TEST(found(facts, "OS-05") == "said");
  facts.serving = false;
  BOOST_TEST(found(facts, "OS-05") == "before_joining");
  facts.node.clock_asks = true;
  BOOST_TEST(found(facts, "OS-05") == "asks");
}

BOOST_AUTO_TEST_CASE(a_database_that_was_put_back_is_told_with_what_is_awaited) {
  HealthFacts facts = well();
  BOOST_TEST((verdict(facts, "ST-12") == Verdict::Ok));
  facts.put_back = PutBack{"behind", 7};
  BOOST_TEST((verdict(facts, "ST-12") == Verdict::Warn));
  BOOST_TEST(found(facts, "ST-12") == "behind");
  BOOST_TEST(check(facts, "ST-12").with.at("lacking") == "7");
}

BOOST_AUTO_TEST_CASE(a_node_that_does_not_serve_says_nothing_of_its_line) {
  HealthFacts facts = well();
  facts.serving = false;
  for (const HealthCheck& one : health_checks(facts)) {
    BOOST_TEST((one.id != "SY-01" && one.id != "SY-02" && one.id != "DV-03"), one.id);
  }
}

BOOST_AUTO_TEST_CASE(of_two_with_one_id_the_worse_is_kept_and_of_equals_the_second) {
  const auto one = [](const char* id, Verdict judged, const char* what) {
    return HealthCheck{.id = id, .verdict = judged, .found = what};
  };
  const auto all = merged({one("ST-03", Verdict::Ok, "saves"), one("SY-01", Verdict::Warn, "down")},
                          {one("ST-01", Verdict::Fail, "fat"), one("ST-03", Verdict::Ok, "durable"),
                           one("SY-01", Verdict::Unknown, "")});
  BOOST_REQUIRE(all.size() == 3);
  BOOST_TEST(all[0].found == "fat");
  BOOST_TEST(all[1].found == "durable");
  BOOST_TEST(all[2].found == "down");
  const auto failed =
      merged({one("ST-03", Verdict::Fail, "fails")}, {one("ST-03", Verdict::Ok, "durable")});
  BOOST_TEST(failed.front().found == "fails");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
