#include "node/app/overview.h"

#include "node/app/station_detail.h"
#include "node/policy/slots.h"
#include "tests/node/app/served.h"

namespace yizhan::node::test {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Above : Served {
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
    return read_day(stations, day_number(), at);
  }
  Overview read_day(const std::vector<StationFacts>& stations, std::int64_t which, WallMs at) {
    auto out = read_overview(StoreReads(city.station->store()), policy, stations, which, at);
    BOOST_REQUIRE(out.has_value());
    return *out;
  }
  void wait_until(std::int64_t which, std::int64_t minute) {
    wait_ms(wall_at({which, minute}).value - now().value);
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
  const std::int64_t till_nine = wall_at({day_number(), 9 * 60}).value - now().value;
  city.station->now.value += till_nine;
  arrive([&](ArrivalDesk& desk) { return desk.check_in(intent("in"), came); });
  arrive([&](ArrivalDesk& desk) { return desk.finish(intent("done"), came); });
  act([&](AppointmentDesk& desk) {
    return desk.cancel(intent("cancel"), {gone, "client_request"});
  });
  StationFacts online = facts();
  online.connected = true;
  const Overview all = read({online}, now());
  BOOST_TEST(all.totals.booked == 3);
  BOOST_TEST(all.totals.confirmed == 2);  // who came had a certain place; the cancelled one is free
  BOOST_TEST(all.totals.arrived == 1);
  BOOST_TEST(all.totals.finished == 1);
  BOOST_TEST(all.stations[0].booked == 3);
  BOOST_TEST(all.stations[0].finished == 1);
  BOOST_REQUIRE(all.days.size() == 7U);
  BOOST_TEST(all.days.back().date == day);
  BOOST_TEST(all.days.back().regular == 1);
  BOOST_TEST(all.days.back().off_hours == 0);
  BOOST_TEST(all.days.front().regular == 0);
}

BOOST_AUTO_TEST_CASE(who_stayed_away_had_a_certain_place_and_whoever_moved_has_one_elsewhere) {
  const std::string away = booked(1);
  const std::string moved = booked(2);
  const auto act = [&](auto use) { BOOST_REQUIRE(here(use).has_value()); };
  const std::string next = date_text(day_number() + 1);
  act([&](AppointmentDesk& desk) {
    return desk.reschedule(intent("move"), {moved, next, "09:00"});
  });
  wait_until(day_number(), 11 * 60);
  act([&](AppointmentDesk& desk) { return desk.mark_no_show(intent("away"), away); });
  const Overview all = read({facts()}, now());
  BOOST_TEST(all.totals.booked == 1);
  BOOST_TEST(all.totals.confirmed == 1);
  BOOST_TEST(all.totals.arrived == 0);
  BOOST_TEST(read_day({facts()}, day_number() + 1, now()).totals.confirmed == 1);
}

// On a Tuesday, in the National Day holiday, and on a Saturday.
BOOST_AUTO_TEST_CASE(who_was_served_off_hours_is_counted_by_the_kind_of_hours) {
  const std::int64_t workday = day_number();
  const auto kinds = [&](std::int64_t which) {
    const OverviewTotals totals = read_day({facts()}, which, now()).totals;
    std::string out;
    for (const Period period : kPeriods) {
      out += std::to_string(totals.finished_in[static_cast<std::size_t>(period)]) + " ";
    }
    return out + "of " + std::to_string(totals.off_hours());
  };
  for (const std::int64_t hour : {8, 10, 12, 13, 18, 20}) {
    wait_until(workday, hour * 60 + 5);
    served();
  }
  BOOST_TEST(kinds(workday) == "1 2 1 1 1 0 0 of 5");  // regular, noon, early, late, overtime
  for (const char* date : {"2026-10-05", "2026-10-17"}) {
    wait_until(*parse_date(date), 10 * 60);
    served();
  }
  BOOST_TEST(kinds(*parse_date("2026-10-05")) == "0 0 0 0 0 0 1 of 1");
  BOOST_TEST(kinds(*parse_date("2026-10-17")) == "0 0 0 0 0 1 0 of 1");
  BOOST_TEST(kinds(workday) == "1 2 1 1 1 0 0 of 5");
}

BOOST_AUTO_TEST_CASE(who_had_no_appointment_is_finished_and_not_booked) {
  wait_ms(wall_at({day_number(), 9 * 60}).value - now().value);
  served();
  arrived();  // and still waits
  const Overview all = read({facts()}, now());
  BOOST_TEST(all.totals.booked == 0);
  BOOST_TEST(all.totals.arrived == 0);
  BOOST_TEST(all.totals.finished == 1);
  BOOST_TEST(all.stations[0].finished == 1);
  BOOST_TEST(all.days.back().regular == 1);
  BOOST_TEST(all.days.back().off_hours == 0);
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

BOOST_AUTO_TEST_CASE(one_station_is_told_as_far_as_it_is_here) {
  booked(1);
  StationFacts station = facts();
  station.streams = city.station->engine().streams();
  station.last_contact = now();
  const StoreReads reads(city.station->store());
  StationDetail detail;
  const WallMs then = later(now(), 48);
  BOOST_REQUIRE(
      read_station_history(reads, policy, station, day_number(), then, detail).has_value());
  BOOST_TEST((detail.day.row.state == StationState::AgreedOffline));
  BOOST_TEST(detail.day.row.offline_days == 2);
  BOOST_TEST(detail.day.row.booked == 1);
  BOOST_TEST(detail.day.totals.confirmed == 1);
  BOOST_TEST(detail.changes > 0);
  BOOST_TEST(detail.written.has_value());
  const auto rows =
      station_rows(city.station->engine(), reads, policy, station.division, day_number());
  BOOST_REQUIRE(rows.has_value());
  BOOST_REQUIRE(rows->size() == 1U);
  BOOST_TEST((*rows)[0].masked_name == "测**");
  BOOST_TEST((*rows)[0].date == day);
}

BOOST_AUTO_TEST_CASE(the_list_of_a_station_ends_at_fifty) {
  int number = 0;
  for (const SlotPlan& plan : slots_of(policy, day_number())) {
    if (plan.period != Period::Regular) continue;
    for (std::int64_t place = 0; place < plan.bookable && number < 51; ++place) {
      NewAppointment one = wish(++number);
      one.window = minute_text(plan.window);
      BOOST_REQUIRE(book(one, "k" + std::to_string(number)).has_value());
      if (number < 49) continue;
      const auto rows = station_rows(city.station->engine(), StoreReads(city.station->store()),
                                     policy, city.station->engine().self().home, day_number());
      BOOST_TEST(rows->size() == static_cast<std::size_t>(std::min(number, 50)));
    }
  }
  BOOST_TEST(number == 51);
}

BOOST_AUTO_TEST_CASE(of_the_exchanges_only_those_with_the_station_are_told) {
  std::vector<SyncLogRow> log;
  for (int i = 0; i < 21; ++i) {
    log.push_back({now(), "5f0c6d2a", "sent", i, 0, ""});
    log.push_back({now(), "00112233", "sent", i, 0, ""});
    log.push_back({now(), "", "members", i, 0, ""});
  }
  const auto rows = exchanges_with("5f0c6d2a9b1e4f7788a0c3d2e1f40516", log);
  BOOST_REQUIRE(rows.size() == kStationExchanges);
  BOOST_TEST(rows.back().changes == 19);
  BOOST_TEST(exchanges_with("99", log).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
