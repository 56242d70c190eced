// The numbers of a station that went on from a backup, which knows nothing of those of the day.
#include <set>

#include "node/app/ticket_number.h"
#include "sync/epoch.h"
#include "tests/node/app/station.h"

namespace yizhan::node {
namespace {

using test::Station;

struct Numbers : Station {
  std::string number(const std::string& window) { return shown_appointment(booked(window)).number; }
  std::string ticket() { return shown(took()).ticket; }
  std::int64_t mark() { return sync::epoch_mark(city.station->engine().epoch()); }
  void begin_epoch(std::uint64_t seed) {
    sync::test::SeededEntropy entropy(seed);
    city.station->begin_epoch(sync::next_epoch({city.station->engine().epoch()}, entropy));
    city.connect();
  }
  template <class Use>
  auto ask(Use use) {
    return work([&](const DeskContext& at) { return use(at); });
  }
};

BOOST_FIXTURE_TEST_SUITE(numbers, Numbers)

BOOST_AUTO_TEST_CASE(those_of_the_first_epoch_are_short) {
  BOOST_TEST(number("09:30").find("-0001-") != std::string::npos);
  BOOST_TEST(ticket() == "A001");
  BOOST_TEST(ticket() == "A002");
}

BOOST_AUTO_TEST_CASE(each_epoch_counts_for_itself_and_under_its_own_mark) {
  std::set<std::string> given{number("09:30"), ticket()};
  for (const std::uint64_t seed : {7, 8}) {
    begin_epoch(seed);
    for (const char* window : {"10:00", "10:30"}) {
      const std::string printed = number(window);
      const std::string called = ticket();
      BOOST_TEST(mark_of(*printed_counter(printed)) == mark(), printed);
      BOOST_TEST(mark_of(parse_ticket_number(called)->counter) == mark(), called);
      BOOST_TEST(given.insert(printed).second, printed);
      BOOST_TEST(given.insert(called).second, called);
    }
    BOOST_TEST(ticket().ends_with("003"));
  }
  verify_lists();
}

BOOST_AUTO_TEST_CASE(forms_that_are_filled_in_by_hand_too) {
  begin_epoch(9);
  const auto reserved = forms(3);
  BOOST_REQUIRE(reserved.size() == 3U);
  BOOST_TEST(*printed_counter(reserved[0]) == mark() * kCountersADay + 1);
  BOOST_TEST(*printed_counter(number("10:00")) == mark() * kCountersADay + 4);
  const auto form = ask([&](const DeskContext& at) {
    return find_paper_form(at.reads, at.own_biz(), at.wall, reserved[2]);
  });
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST(form->counter == *printed_counter(reserved[2]));
}

BOOST_AUTO_TEST_CASE(the_counters_of_a_day_end_before_those_of_the_next_mark) {
  for (const bool later : {false, true}) {
    if (later) begin_epoch(10);
    const auto last = ask([&](const DeskContext& at) { return next_counter(at, today(), 9'999); });
    BOOST_REQUIRE(last.has_value());
    BOOST_TEST(*last == mark() * kCountersADay + 1);
    const auto beyond =
        ask([&](const DeskContext& at) { return next_counter(at, today(), 10'000); });
    BOOST_REQUIRE(!beyond.has_value());
    BOOST_TEST((beyond.error().code == Errc::LimitExceeded));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
