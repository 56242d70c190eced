#include "node/runtime/backup_hours.h"

#include <boost/test/unit_test.hpp>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kHour = 3'600'000;

WallMs at(std::int64_t hour, std::int64_t minute = 0) {
  return wall_at({20'700, hour * 60 + minute});
}
BackupHours made(WallMs now, std::int64_t hours_ago, int minutes) {
  return {WallMs{now.value - hours_ago * kHour}, {}, minutes};
}

BOOST_AUTO_TEST_SUITE(backup_hours_test)

BOOST_AUTO_TEST_CASE(every_night_and_not_twice_in_one) {
  for (const auto& [hour, minute, due] :
       {std::tuple{1, 59, false}, {2, 0, true}, {4, 59, true}, {5, 0, false}, {14, 0, false}}) {
    const WallMs now = at(hour, minute);
    BOOST_TEST(is_backup_due(made(now, 20, 1000), now) == due, hour);
  }
  BOOST_TEST(!is_backup_due(made(at(2), 11, 1000), at(2)));
  BOOST_TEST(is_backup_due(made(at(2), 12, 1000), at(2)));
}

BOOST_AUTO_TEST_CASE(soon_after_a_start_when_the_last_is_older_than_a_day) {
  const WallMs now = at(9);
  BOOST_TEST(!is_backup_due(made(now, 24, 4), now));
  BOOST_TEST(is_backup_due(made(now, 24, 5), now));
  BOOST_TEST(!is_backup_due(made(now, 23, 5), now));
  BOOST_TEST(!is_backup_due({{}, {}, 4}, now));
  BOOST_TEST(is_backup_due({{}, {}, 5}, now));
}

BOOST_AUTO_TEST_CASE(in_the_day_only_when_the_night_was_missed) {
  const WallMs now = at(15);
  BOOST_TEST(!is_backup_due(made(now, 35, 60), now));
  BOOST_TEST(is_backup_due(made(now, 36, 60), now));
}

BOOST_AUTO_TEST_CASE(a_failure_is_tried_again_after_an_hour_I1) {
  BackupHours hours{{}, at(3), 100};
  BOOST_TEST(!is_backup_due(hours, at(3, 59)));
  BOOST_TEST(is_backup_due(hours, at(4)));
  BOOST_TEST(is_backup_due(hours, at(1)));  // the clock was set back: the hour is not known
}

BOOST_AUTO_TEST_CASE(a_clock_that_steps_back_makes_none_I2) {
  const WallMs now = at(3);
  BOOST_TEST(!is_backup_due(made(now, -24 * 3650, 100), now));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
