#include "crdt/hlc.h"

#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

namespace yizhan::crdt {
namespace {

constexpr std::int64_t kYear = 365LL * 24 * 3600 * 1000;
constexpr WallMs kNow{1'780'000'000'000};

}  // namespace

BOOST_AUTO_TEST_SUITE(hlc_test)

BOOST_AUTO_TEST_CASE(a_stamp_follows_the_wall_clock) {
  HlcClock clock;
  BOOST_TEST(wall_ms(clock.issue(kNow)) == kNow.value);
  BOOST_TEST(wall_ms(clock.issue({kNow.value + 5})) == kNow.value + 5);
  BOOST_TEST(clock.last().value == hlc_at({kNow.value + 5}).value);
}

BOOST_AUTO_TEST_CASE(a_stopped_or_backward_clock_still_gives_growing_stamps_I1) {
  HlcClock clock;
  Hlc last = clock.issue({kNow.value + 10 * kYear});
  for (const std::int64_t wall : {kNow.value, std::int64_t{0}, std::int64_t{-5}, INT64_MIN}) {
    const Hlc next = clock.issue({wall});
    BOOST_TEST(next.value == last.value + 1);
    last = next;
  }
}

BOOST_AUTO_TEST_CASE(a_counter_that_runs_over_goes_into_the_next_millisecond_I1) {
  HlcClock clock(hlc_at(kNow, 0xffff));
  BOOST_TEST(clock.issue(kNow).value == hlc_at({kNow.value + 1}).value);
}

BOOST_AUTO_TEST_CASE(negative_time_counts_as_zero_and_far_time_is_clamped) {
  BOOST_TEST(hlc_at({-1}).value == 0U);
  BOOST_TEST(hlc_at({INT64_MIN}, 7).value == 7U);
  BOOST_TEST(wall_ms(hlc_at({INT64_MAX})) == (std::int64_t{1} << 48) - 1);
}

BOOST_AUTO_TEST_CASE(five_minutes_of_a_peers_future_are_absorbed_and_no_more_I2) {
  HlcClock clock;
  clock.issue(kNow);
  const Hlc edge = hlc_at({kNow.value + kFutureMs}, 9);
  clock.see(edge, kNow);
  BOOST_TEST(clock.last().value == edge.value);
  clock.see(hlc_at({kNow.value + kFutureMs + 1}), kNow);
  BOOST_TEST(clock.last().value == edge.value);
  clock.see(hlc_at({kNow.value + 10 * kYear}), kNow);
  BOOST_TEST(clock.last().value == edge.value);
}

BOOST_AUTO_TEST_CASE(a_clock_at_1970_sees_the_peers_of_today_as_future_and_serves_on_I2) {
  HlcClock clock;
  clock.see(hlc_at(kNow), {0});
  BOOST_TEST(wall_ms(clock.issue({1000})) == 1000);
  HlcClock before_1970;
  before_1970.see(hlc_at({kFutureMs}), {-10 * kYear});
  BOOST_TEST(wall_ms(before_1970.last()) == kFutureMs);
}

BOOST_AUTO_TEST_CASE(a_clock_ten_years_ahead_is_not_followed_but_follows_the_others_I2) {
  HlcClock good;
  HlcClock wrong;
  const Hlc ahead = wrong.issue({kNow.value + 10 * kYear});
  good.see(ahead, kNow);
  BOOST_TEST(wall_ms(good.issue(kNow)) == kNow.value);
  wrong.see(good.last(), {kNow.value + 10 * kYear});
  BOOST_TEST(wrong.last().value == ahead.value);
}

BOOST_AUTO_TEST_CASE(who_was_ahead_returns_to_the_time_that_is_certain_and_else_never) {
  HlcClock clock;
  const Hlc ahead = clock.issue({kNow.value + 10 * kYear});
  BOOST_TEST(clock.issue(kNow).value == ahead.value + 1);
  clock.return_to(kNow);
  BOOST_TEST(clock.issue(kNow).value == hlc_at(kNow, 1).value);
  const Hlc edge = clock.issue({kNow.value + kFutureMs});
  clock.return_to(kNow);  // within what honest clocks differ by
  BOOST_TEST(clock.issue(kNow).value == edge.value + 1);
  clock.return_to({kNow.value + kYear});
  BOOST_TEST(clock.last().value == edge.value + 1);
}

RC_BOOST_PROP(stamps_grow_strictly_whatever_clock_and_peers_do_I1,
              (const std::vector<std::pair<std::int64_t, std::int64_t>>& steps)) {
  HlcClock clock;
  Hlc last = clock.last();
  for (const auto& [wall, remote] : steps) {
    clock.see(hlc_at({remote}), {wall});
    RC_ASSERT(clock.last() >= last);
    const Hlc issued = clock.issue({wall});
    RC_ASSERT(issued > last);
    last = issued;
  }
}

RC_BOOST_PROP(a_peer_never_moves_the_clock_more_than_five_minutes_ahead_I2,
              (std::uint32_t wall, std::uint64_t remote)) {
  HlcClock clock;
  clock.see({remote}, {wall});
  RC_ASSERT(wall_ms(clock.last()) <= std::int64_t{wall} + kFutureMs);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::crdt
