#include "sync/node_clock.h"

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;
using namespace std::chrono_literals;
using Ms = std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(node_clock_test)

constexpr WallMs kNoon{1'795'000'000'000};
constexpr Ms kYear = 365 * 24h;

// A machine whose two clocks the test moves, and the node's clock on it.
struct Machine {
  ClockPair at{kNoon, {5'000}};
  NodeClock clock{kNoon, at};

  WallMs pass(Ms time) {
    at = {at.wall + time, at.mono + time};
    return clock.read(at);
  }
  WallMs step(Ms by) {
    at.wall = at.wall + by;
    return clock.read(at);
  }
  WallMs frozen(Ms time) {
    at.mono = at.mono + time;
    return clock.read(at);
  }
  void restart(WallMs last, WallMs wall) {
    at = {wall, {0}};
    clock = NodeClock(last, at);
  }
};

BOOST_AUTO_TEST_CASE(a_clock_that_nothing_contradicts_is_followed) {
  Machine machine;
  BOOST_TEST((machine.pass(3h) == kNoon + 3h));
  BOOST_TEST((machine.step(9min) == kNoon + 3h + 9min));
  BOOST_TEST((machine.step(-2s) == kNoon + (3h + 9min - 2s)));  // a correction
  BOOST_TEST(!machine.clock.suspect());
  BOOST_TEST(!machine.clock.asks());
  BOOST_TEST(!machine.clock.off_ms().has_value());
}

BOOST_AUTO_TEST_CASE(a_step_back_and_a_leap_are_not_followed_I1) {
  for (const Ms by : {Ms(-2001), Ms(-1h), -10 * kYear, Ms(10min + 1ms), 10 * kYear}) {
    Machine machine;
    machine.pass(1h);
    BOOST_TEST((machine.step(by) == kNoon + 1h));
    BOOST_TEST(machine.clock.suspect());
    BOOST_TEST(machine.clock.asks());
    BOOST_TEST((machine.clock.off_ms() == by.count()));
    BOOST_TEST((machine.pass(30min) == kNoon + 90min));  // counts on
    BOOST_TEST((machine.step(-by) == kNoon + 90min));    // set right again
    BOOST_TEST(!machine.clock.suspect());
  }
}

BOOST_AUTO_TEST_CASE(a_frozen_clock_is_found_out_and_the_time_goes_on) {
  Machine machine;
  for (int second = 0; second < 600; ++second) machine.frozen(1s);
  BOOST_TEST(!machine.clock.suspect());
  BOOST_TEST((machine.frozen(1s) == kNoon + 601s));
  BOOST_TEST(machine.clock.suspect());
}

BOOST_AUTO_TEST_CASE(a_start_before_the_last_time_here_or_long_after_it_is_suspect_I1) {
  Machine machine;
  for (const WallMs wrong :
       {WallMs{0}, kNoon + (-10min - 1ms), kNoon + (400 * 24h + 1ms), kNoon + 10 * kYear}) {
    machine.restart(kNoon, wrong);
    BOOST_TEST((machine.pass(1h) == kNoon + 1h));
    BOOST_TEST(machine.clock.suspect());
    BOOST_TEST(machine.clock.asks());
  }
  for (const WallMs plausible : {kNoon + -10min, kNoon, kNoon + 400 * 24h}) {
    machine.restart(kNoon, plausible);
    BOOST_TEST((machine.pass(1h) == plausible + 1h));
    BOOST_TEST(!machine.clock.suspect());
  }
}

BOOST_AUTO_TEST_CASE(a_lost_clock_that_is_set_is_followed_like_one_that_was_right_at_the_start) {
  Machine machine;
  machine.restart(kNoon, {0});
  machine.pass(2h);
  const WallMs three_days_on = kNoon + 72h;
  BOOST_TEST((machine.step(three_days_on - machine.at.wall) == three_days_on));
  BOOST_TEST(!machine.clock.suspect());
}

BOOST_AUTO_TEST_CASE(the_parent_is_believed_and_its_time_counted_on_I2) {
  Machine machine;
  machine.step(10 * kYear);
  machine.clock.parent_says(kNoon + 2h, machine.at);
  BOOST_TEST((machine.pass(1h) == kNoon + 3h));
  BOOST_TEST(!machine.clock.suspect());
  BOOST_TEST((machine.clock.off_ms() == (10 * kYear - Ms(2h)).count()));
  machine.step(-20 * kYear);
  BOOST_TEST((machine.pass(1h) == kNoon + 4h));
  BOOST_TEST(!machine.clock.suspect());
}

BOOST_AUTO_TEST_CASE(beside_the_parents_word_the_machine_may_be_off_by_two_minutes_I1) {
  Machine machine;
  machine.step(9min);
  machine.clock.parent_says(kNoon, machine.at);
  BOOST_TEST((machine.pass(1h) == kNoon + 1h));
  BOOST_TEST((machine.clock.off_ms() == Ms(9min).count()));
  BOOST_TEST(!machine.clock.suspect());
  BOOST_TEST((machine.step(-7min) == kNoon + 1h));  // a step back, though it would be near enough
  machine.clock.parent_says(kNoon + 1h, machine.at);
  BOOST_TEST((machine.pass(0s) == kNoon + 1h + 2min));
  BOOST_TEST(!machine.clock.off_ms().has_value());
}

BOOST_AUTO_TEST_CASE(what_the_time_is_worth) {
  Machine machine;
  BOOST_TEST((machine.clock.worth() == ClockWorth::Unconfirmed));
  machine.step(10 * kYear);
  BOOST_TEST((machine.clock.worth() == ClockWorth::Doubtful));
  BOOST_REQUIRE(machine.clock.person_says(kNoon + 2h, machine.at).has_value());
  BOOST_TEST((machine.clock.worth() == ClockWorth::Doubtful));
  machine.clock.parent_says(kNoon + 2h, machine.at);
  BOOST_TEST((machine.clock.worth() == ClockWorth::Attested));
}

BOOST_AUTO_TEST_CASE(a_person_is_believed_but_what_is_written_stays_marked) {
  Machine machine;
  machine.step(10 * kYear);
  BOOST_REQUIRE(machine.clock.person_says(kNoon + 2h, machine.at).has_value());
  BOOST_TEST((machine.pass(1h) == kNoon + 3h));
  BOOST_TEST(machine.clock.suspect());
  BOOST_TEST(!machine.clock.asks());
  machine.clock.parent_says(kNoon + 3h, machine.at);
  BOOST_TEST(!machine.clock.suspect());
}

BOOST_AUTO_TEST_CASE(a_person_who_agrees_with_the_machine_ends_the_doubt) {
  Machine machine;
  machine.step(25min);  // somebody set it
  BOOST_TEST(machine.clock.suspect());
  BOOST_REQUIRE(machine.clock.person_says(kNoon + 24min, machine.at).has_value());
  BOOST_TEST((machine.pass(0s) == kNoon + 25min));
  BOOST_TEST(!machine.clock.suspect());
}

BOOST_AUTO_TEST_CASE(a_person_who_cannot_be_right_changes_nothing) {
  Machine machine;
  machine.step(10 * kYear);
  for (const Ms by : {-(Ms(400 * 24h) + 1ms), 10 * kYear + 1ms}) {
    const auto refused = machine.clock.person_says(kNoon + by, machine.at);
    YZ_REQUIRE_ERROR(refused, Errc::BadFormat);
    BOOST_TEST(refused.error().field == "time_ms");
    BOOST_TEST(machine.clock.asks());
    BOOST_TEST((machine.pass(0s) == kNoon));
  }
  BOOST_TEST(machine.clock.person_says(kNoon + 10 * kYear, machine.at).has_value());
}

BOOST_AUTO_TEST_CASE(a_program_that_starts_again_goes_on_from_what_it_knew) {
  Machine machine;
  machine.clock.parent_says(kNoon + 1h, machine.at);
  const ClockAnchor kept = machine.clock.anchor();
  machine.at = {kNoon + -10 * kYear, machine.at.mono + 2h};
  machine.clock = NodeClock(kept, machine.at);
  BOOST_TEST((machine.pass(0s) == kNoon + 3h));
  BOOST_TEST(!machine.clock.suspect());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sync
