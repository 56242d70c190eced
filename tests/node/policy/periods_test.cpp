// Hours of days, periods of moments, windows and their cut-offs.
#include "node/policy/periods.h"

#include <boost/test/unit_test.hpp>

#include "node/policy/policy_file.h"
#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

ChinaMoment moment(const char* date, const char* time) {
  return {*parse_date(date), *parse_minute(time)};
}
WallMs wall(const char* date, const char* time) { return wall_at(moment(date, time)); }

std::string period(const char* date, const char* time, const Policy& policy = default_policy()) {
  const auto found = period_at(policy, moment(date, time));
  return found ? name(*found) : "none";
}

std::string cut_off(const char* date, const char* time) {
  const auto slot = slot_at(default_policy(), *parse_date(date), *parse_minute(time));
  if (!slot) return "no window";
  const auto at = cut_off_of(default_policy(), moment(date, time), slot->period);
  if (!at) return "none";
  const ChinaMoment local = china_moment(*at);
  return date_text(local.day) + " " + minute_text(local.minute);
}

// May the window of Saturday be booked at that moment?
bool late(const char* date, const char* time, WallMs now) {
  const auto slot = slot_at(default_policy(), *parse_date(date), *parse_minute(time));
  return is_too_late(default_policy(), moment(date, time), slot->period, now);
}

BOOST_AUTO_TEST_SUITE(periods_test)

BOOST_AUTO_TEST_CASE(hours_are_half_open) {
  const char* tuesday = "2026-11-24";
  BOOST_TEST(period(tuesday, "07:29") == "none");
  BOOST_TEST(period(tuesday, "07:30") == "flex_early");
  BOOST_TEST(period(tuesday, "08:30") == "regular");
  BOOST_TEST(period(tuesday, "11:59") == "regular");
  BOOST_TEST(period(tuesday, "12:00") == "noon");
  BOOST_TEST(period(tuesday, "14:29") == "noon");
  BOOST_TEST(period(tuesday, "14:30") == "regular");
  BOOST_TEST(period(tuesday, "18:00") == "flex_late");
  BOOST_TEST(period(tuesday, "19:00") == "overtime");
  BOOST_TEST(period(tuesday, "21:00") == "none");
  // 11:59:59.999 is morning still
  const WallMs noon = wall(tuesday, "12:00");
  BOOST_TEST((*period_at(default_policy(), china_moment({noon.value - 1})) == Period::Regular));
  BOOST_TEST((*period_at(default_policy(), china_moment(noon)) == Period::Noon));
}

BOOST_AUTO_TEST_CASE(a_make_up_saturday_has_regular_hours_and_is_no_weekend_service) {
  BOOST_TEST(period("2026-10-10", "09:00") == "regular");
  BOOST_TEST(period("2026-10-10", "12:30") == "noon");
  BOOST_TEST(!by_booking_only(default_policy(), *parse_date("2026-10-10"), Period::Regular));
}

BOOST_AUTO_TEST_CASE(holidays_and_the_days_off_around_them_are_one_kind) {
  BOOST_TEST(period("2026-10-01", "09:00") == "statutory_holiday");
  BOOST_TEST(period("2026-10-04", "09:00") == "statutory_holiday");  // a Sunday
  BOOST_TEST(period("2026-10-06", "09:00") == "statutory_holiday");  // a Tuesday
  BOOST_TEST(period("2026-06-20", "09:00") == "statutory_holiday");  // a Saturday inside 端午
  BOOST_TEST(period("2026-10-06", "14:30") == "none");
  BOOST_TEST(
      by_booking_only(default_policy(), *parse_date("2026-10-01"), Period::StatutoryHoliday));
}

BOOST_AUTO_TEST_CASE(saturdays_are_open_and_sundays_are_by_booking) {
  const std::int64_t saturday = *parse_date("2026-11-28");
  BOOST_TEST(period("2026-11-28", "09:00") == "weekend");
  BOOST_TEST(!by_booking_only(default_policy(), saturday, Period::Weekend));
  BOOST_TEST(by_booking_only(default_policy(), saturday + 1, Period::Weekend));
}

BOOST_AUTO_TEST_CASE(hours_change_with_the_season_and_the_window_keeps_the_kind_of_its_start) {
  Policy policy = default_policy();
  Season summer = policy.seasons.front();
  summer.from = 501;
  for (Hours& hours : summer.workday) {
    if (hours.period == Period::Noon) hours.end = *parse_minute("15:00");
    if (hours.begin == *parse_minute("14:30")) hours.begin = *parse_minute("15:00");
  }
  Season autumn = policy.seasons.front();
  autumn.from = 1001;
  policy.seasons.front().from = 301;
  policy.seasons.push_back(summer);
  policy.seasons.push_back(autumn);
  BOOST_TEST(period("2026-04-30", "14:45", policy) == "regular");
  BOOST_TEST(period("2026-05-06", "14:45", policy) == "noon");
  BOOST_TEST(period("2026-09-30", "14:45", policy) == "noon");
  BOOST_TEST(period("2026-10-08", "14:45", policy) == "regular");
  BOOST_TEST(period("2026-01-05", "14:45", policy) == "regular");  // the last season of last year
  BOOST_TEST(
      (slot_at(policy, *parse_date("2026-05-06"), *parse_minute("14:30"))->period == Period::Noon));
}

BOOST_AUTO_TEST_CASE(who_waited_at_closing_time_is_served_as_overtime) {
  const auto visit = [](const char* arrived, const char* started) {
    const auto found = visit_period(default_policy(), moment("2026-11-24", arrived),
                                    moment("2026-11-24", started));
    return std::string(found ? name(*found) : "none");
  };
  BOOST_TEST(visit("17:59", "18:10") == "overtime");
  BOOST_TEST(visit("18:00", "18:10") == "flex_late");
  BOOST_TEST(visit("11:50", "12:05") == "noon");
  BOOST_TEST(visit("10:00", "10:20") == "regular");
  BOOST_TEST(visit("17:00", "21:30") == "overtime");
}

BOOST_AUTO_TEST_CASE(a_day_that_is_not_known_or_closed_has_no_hours) {
  BOOST_TEST(hours_of(default_policy(), *parse_date("2027-01-04")).empty());
  BOOST_TEST(slots_of(default_policy(), *parse_date("2027-01-04")).empty());
  Policy policy = default_policy();
  policy.calendar.close(*parse_date("2026-11-24"), "停电检修");
  BOOST_TEST(period("2026-11-24", "09:00", policy) == "none");
}

BOOST_AUTO_TEST_CASE(cut_offs) {
  BOOST_TEST(cut_off("2026-11-24", "09:00") == "none");
  BOOST_TEST(cut_off("2026-11-24", "12:00") == "2026-11-24 11:00");
  BOOST_TEST(cut_off("2026-11-24", "14:00") == "2026-11-24 11:00");
  BOOST_TEST(cut_off("2026-11-24", "07:30") == "2026-11-23 17:00");
  BOOST_TEST(cut_off("2026-11-24", "18:00") == "2026-11-24 17:00");
  BOOST_TEST(cut_off("2026-11-28", "09:00") == "2026-11-27 12:00");
  BOOST_TEST(cut_off("2026-11-28", "14:30") == "2026-11-27 14:30");  // 24 h beat the cut-off
  BOOST_TEST(cut_off("2026-11-29", "09:00") == "2026-11-28 09:00");
  BOOST_TEST(cut_off("2026-10-01", "09:00") == "2026-09-30 12:00");
  BOOST_TEST(cut_off("2026-10-03", "09:00") == "2026-10-02 12:00");
}

BOOST_AUTO_TEST_CASE(a_request_24_hours_ahead_is_never_too_late) {
  // Friday 15:00 for Saturday 15:00 qualifies; for Saturday 09:00 it does not.
  BOOST_TEST(!late("2026-11-28", "15:00", wall("2026-11-27", "15:00")));
  BOOST_TEST(late("2026-11-28", "15:00", {wall("2026-11-27", "15:00").value + 1}));
  BOOST_TEST(late("2026-11-28", "09:00", wall("2026-11-27", "15:00")));
  BOOST_TEST(!late("2026-11-24", "12:00", {wall("2026-11-24", "11:00").value - 1}));
  BOOST_TEST(late("2026-11-24", "12:00", wall("2026-11-24", "11:00")));
  for (std::int64_t day = *parse_date("2026-01-02"); day <= *parse_date("2026-12-31"); ++day) {
    for (const SlotPlan& slot : slots_of(default_policy(), day)) {
      const ChinaMoment begin{day, slot.window};
      const WallMs asked{wall_at(begin).value - 24 * 3'600'000};
      BOOST_TEST(!is_too_late(default_policy(), begin, slot.period, asked));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
