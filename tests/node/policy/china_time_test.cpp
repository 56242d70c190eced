#include "node/policy/china_time.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

BOOST_AUTO_TEST_SUITE(china_time_test)

BOOST_AUTO_TEST_CASE(the_day_turns_at_16_hours_utc) {
  const WallMs before{1'772'466'600'000 - 60'000 * 90};  // 2026-03-02 15:50 UTC less 90 min
  BOOST_TEST(date_text(china_moment(before).day) == "2026-03-02");
  const std::int64_t midnight = *parse_date("2026-03-03");
  BOOST_TEST((china_moment(wall_at({midnight, 0})) == ChinaMoment{midnight, 0}));
  BOOST_TEST((china_moment({wall_at({midnight, 0}).value - 1}) ==
              ChinaMoment{midnight - 1, kMinutesPerDay - 1}));
}

BOOST_AUTO_TEST_CASE(moments_before_1970_have_whole_minutes) {
  const ChinaMoment moment = china_moment({-9 * 3600 * 1000LL});
  BOOST_TEST(date_text(moment.day) == "1969-12-31");
  BOOST_TEST(minute_text(moment.minute) == "23:00");
}

BOOST_AUTO_TEST_CASE(weekdays) {
  BOOST_TEST(weekday(0) == 4);                          // 1970-01-01 was a Thursday
  BOOST_TEST(weekday(*parse_date("2026-11-24")) == 2);  // a Tuesday
  BOOST_TEST(weekday(*parse_date("1969-12-28")) == 0);  // a Sunday
}

BOOST_AUTO_TEST_CASE(written_forms_are_inverse_and_strict) {
  for (const char* text : {"1970-01-01", "2024-02-29", "2026-12-31", "9999-12-31"}) {
    BOOST_TEST(date_text(*parse_date(text)) == text);
  }
  for (const char* text : {"", "2026-3-05", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
                           "2026/01/01", "2026-01-01 ", "x026-01-01"}) {
    BOOST_TEST(!parse_date(text).has_value());
  }
  for (const char* text : {"00:00", "09:30", "23:59"}) {
    BOOST_TEST(minute_text(*parse_minute(text)) == text);
  }
  for (const char* text : {"", "24:00", "12:60", "9:30", "09-30", "09:3x"}) {
    BOOST_TEST(!parse_minute(text).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
