#include "node/app/overview.h"

#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Above : Counter {
  StationFacts facts() {
    StationFacts out;
    out.node = "0a";
    out.name = "荫营镇";
    out.division = city.station->engine().self().home;
    out.member_since = now();
    return out;
  }
  WallMs now() const { return city.station->wall(); }
  Overview read(const std::vector<StationFacts>& stations, WallMs at) {
    auto out = read_overview(StoreReads(city.station->store()), policy, stations, day_number(), at);
    BOOST_REQUIRE(out.has_value());
    return *out;
  }
  OverviewStation one(const StationFacts& facts, WallMs at) {
    return read({facts}, at).stations[0];
  }
};

WallMs later(WallMs at, std::int64_t hours) { return {at.value + hours * kHourMs}; }

BOOST_FIXTURE_TEST_SUITE(overview_test, Above)

BOOST_AUTO_TEST_CASE(the_appointments_of_the_day_by_what_became_of_them) {
  booked(1);
  const std::string came = booked(2);
  const std::string gone = booked(3);
  const auto act = [&](auto use) { BOOST_REQUIRE(here(use).has_value()); };
  const auto arrive = [&](auto use) { BOOST_REQUIRE(arrivals(use).has_value()); };
  arrive([&](ArrivalDesk& desk) { return desk.check_in(intent("in"), came); });
  arrive([&](ArrivalDesk& desk) { return desk.finish(intent("done"), came); });
  act([&](AppointmentDesk& desk) {
    return desk.cancel(intent("cancel"), {gone, "client_request"});
  });
  StationFacts online = facts();
  online.connected = true;
  const Overview all = read({online}, now());
  BOOST_TEST(all.totals.booked == 3);
  BOOST_TEST(all.totals.confirmed == 1);
  BOOST_TEST(all.totals.arrived == 1);
  BOOST_TEST(all.totals.finished == 1);
  BOOST_TEST(all.stations[0].booked == 3);
  BOOST_TEST(all.stations[0].finished == 1);
  BOOST_REQUIRE(all.days.size() == 7U);
  BOOST_TEST(all.days.back().date == day);
  BOOST_TEST(all.days.back().regular + all.days.back().off_hours == 1);
  BOOST_TEST(all.days.front().regular == 0);
}

BOOST_AUTO_TEST_CASE(a_silent_station_is_overdue_only_beyond_what_was_agreed) {
  const std::int64_t agreed = policy.station.agreed_interval_h;
  StationFacts silent = facts();
  silent.last_contact = now();
  const auto at = [&](std::int64_t ms) { return one(silent, {now().value + ms}); };
  BOOST_TEST((at(agreed * kHourMs - 1).state == StationState::AgreedOffline));
  BOOST_TEST((at(agreed * kHourMs).state == StationState::AgreedOffline));
  BOOST_TEST((at(agreed * kHourMs + 1).state == StationState::Overdue));
  BOOST_TEST(at(agreed * kHourMs + 1).offline_days == agreed / 24);
  BOOST_TEST(read({silent}, later(now(), agreed + 1)).attention == 1);
  silent.last_contact.reset();  // never heard of: counted from when it became a member
  BOOST_TEST((at(agreed * kHourMs + 1).state == StationState::Overdue));
  BOOST_TEST(!at(agreed * kHourMs + 1).last_contact.has_value());
}

BOOST_AUTO_TEST_CASE(a_day_is_complete_when_all_have_reported_it) {
  StationFacts online = facts();
  online.connected = true;
  StationFacts silent = facts();
  silent.last_contact = now();
  StationFacts invited = facts();
  invited.invited = true;
  const Overview all = read({online, silent, invited}, later(now(), 1));
  BOOST_TEST(all.expected == 2);
  BOOST_TEST(all.reported == 1);
  BOOST_TEST((all.stations[0].state == StationState::Invited));  // sorted by need
  BOOST_TEST((all.stations[2].state == StationState::Online));
}

BOOST_AUTO_TEST_CASE(a_clock_ahead_of_ours_is_named_and_is_no_contact) {
  booked(1);
  StationFacts ahead = facts();
  ahead.streams = city.station->engine().streams();
  const WallMs before{now().value - kHourMs};
  ahead.member_since = before;
  const OverviewStation row = one(ahead, before);
  BOOST_TEST((row.state == StationState::ClockSuspect));
  BOOST_TEST(!row.last_contact.has_value());
  BOOST_TEST(one(ahead, now()).last_contact.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
