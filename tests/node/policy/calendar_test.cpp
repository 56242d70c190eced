// The days of 2026, and counting them.
#include "node/policy/calendar.h"

#include <boost/test/unit_test.hpp>

#include "node/policy/china_time.h"
#include "node/policy/policy_file.h"

namespace yizhan::node {
namespace {

const Calendar& calendar() { return default_policy().calendar; }
std::int64_t day(const char* date) { return *parse_date(date); }
DayKind kind(const char* date) { return calendar().at(day(date)).kind; }

std::string workdays_after(const char* date, std::int64_t count) {
  const CountedDay found = after_workdays(calendar(), day(date), count);
  return date_text(found.day) + (found.provisional ? " provisional" : "");
}

std::string refusal(const std::string& lines) {
  const auto parsed = Calendar::parse("notice 测试〔2026〕1号 2026-01-01\n" + lines);
  return parsed ? "accepted" : parsed.error().detail;
}

BOOST_AUTO_TEST_SUITE(calendar_test)

BOOST_AUTO_TEST_CASE(every_day_of_2026_is_known_and_of_its_kind) {
  std::map<DayKind, int> count;
  for (std::int64_t at = day("2026-01-01"); at <= day("2026-12-31"); ++at) {
    const DayFacts facts = calendar().at(at);
    BOOST_TEST(facts.known);
    BOOST_TEST(facts.notice.number == "国办发明电〔2025〕7号");
    BOOST_TEST(facts.notice.issued == day("2025-11-04"));
    ++count[facts.kind];
  }
  BOOST_TEST(count[DayKind::Workday] == 242);
  BOOST_TEST(count[DayKind::MakeupWorkday] == 6);
  BOOST_TEST(count[DayKind::StatutoryHoliday] == 13);
  BOOST_TEST(count[DayKind::StatutoryHoliday] + count[DayKind::InLieuDayOff] == 33);
  BOOST_TEST(count[DayKind::Weekend] == 84);
}

BOOST_AUTO_TEST_CASE(statutory_days_are_those_of_the_revision_of_2024) {
  for (const char* date : {"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
                           "2026-04-05", "2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25",
                           "2026-10-01", "2026-10-02", "2026-10-03"}) {
    BOOST_TEST((kind(date) == DayKind::StatutoryHoliday), date);
  }
  BOOST_TEST((kind("2026-02-15") == DayKind::InLieuDayOff));
  BOOST_TEST((kind("2026-02-20") == DayKind::InLieuDayOff));
  BOOST_TEST((kind("2026-10-04") == DayKind::InLieuDayOff));
  BOOST_TEST(calendar().at(day("2026-02-16")).name == "春节");
}

BOOST_AUTO_TEST_CASE(make_up_workdays_are_workdays) {
  for (const char* date :
       {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}) {
    BOOST_TEST((kind(date) == DayKind::MakeupWorkday), date);
    BOOST_TEST(calendar().is_workday(day(date)));
  }
}

BOOST_AUTO_TEST_CASE(a_day_past_the_notices_is_never_taken_for_a_workday) {
  for (const char* date : {"2025-12-31", "2027-01-01", "2027-01-04"}) {
    BOOST_TEST(!calendar().at(day(date)).known, date);
    BOOST_TEST(!calendar().is_workday(day(date)));
  }
}

BOOST_AUTO_TEST_CASE(the_vectors_of_working_days) {
  BOOST_TEST(workdays_after("2026-09-30", 1) == "2026-10-08");
  BOOST_TEST(workdays_after("2026-09-30", 3) == "2026-10-10");
  BOOST_TEST(workdays_after("2026-09-30", 4) == "2026-10-12");
  BOOST_TEST(workdays_after("2026-02-13", 1) == "2026-02-14");
  BOOST_TEST(workdays_after("2026-02-13", 2) == "2026-02-24");
  BOOST_TEST(workdays_after("2026-02-13", 6) == "2026-02-28");
  BOOST_TEST(workdays_after("2026-09-18", 1) == "2026-09-20");
  BOOST_TEST(workdays_after("2026-09-24", 5) == "2026-10-09");
  BOOST_TEST(workdays_after("2026-06-18", 1) == "2026-06-22");
  BOOST_TEST(workdays_after("2026-06-18", 0) == "2026-06-18");
  BOOST_TEST(workdays_after("2026-12-31", 1) == "2027-01-01 provisional");
}

BOOST_AUTO_TEST_CASE(an_end_on_a_day_of_rest_moves_to_the_next_working_day) {
  const auto after = [](const char* date, std::int64_t count) {
    return date_text(after_days(calendar(), day(date), count).day);
  };
  BOOST_TEST(after("2026-09-21", 2) == "2026-09-23");
  BOOST_TEST(after("2026-09-24", 7) == "2026-10-08");
  BOOST_TEST(after("2026-02-13", 1) == "2026-02-14");  // a make-up Saturday is no day of rest
}

BOOST_AUTO_TEST_CASE(the_working_day_before) {
  const auto before = [](const char* date) {
    return date_text(workday_before(calendar(), day(date)).day);
  };
  BOOST_TEST(before("2026-11-29") == "2026-11-27");
  BOOST_TEST(before("2026-10-08") == "2026-09-30");
  BOOST_TEST(before("2026-03-01") == "2026-02-28");
}

BOOST_AUTO_TEST_CASE(a_later_notice_replaces_days_and_a_closure_stands_above_both) {
  Calendar all = calendar();
  const auto amended = Calendar::parse(
      "notice 国办发明电〔2026〕9号 2026-08-01\n2026-10-08 in_lieu_day_off 国庆节\n");
  BOOST_REQUIRE(amended.has_value());
  all.replace_with(*amended);
  BOOST_TEST((all.at(day("2026-10-08")).kind == DayKind::InLieuDayOff));
  BOOST_TEST(all.at(day("2026-10-08")).notice.number == "国办发明电〔2026〕9号");
  all.close(day("2026-10-09"), "停电检修");
  BOOST_TEST((all.at(day("2026-10-09")).kind == DayKind::LocalClosure));
  BOOST_TEST(all.at(day("2026-10-09")).name == "停电检修");
  BOOST_TEST(all.is_workday(day("2026-10-09")));  // a closure moves no deadline of the law
}

BOOST_AUTO_TEST_CASE(lines_that_are_wrong_are_named) {
  BOOST_TEST(refusal("2026-03-02 workday") == "accepted");
  BOOST_TEST(refusal("2026-03-02") == "line 2: must be: DATE KIND [NAME]");
  BOOST_TEST(refusal("2026-02-30 workday") == "line 2: must be: DATE KIND [NAME]");
  BOOST_TEST(refusal("2026-03-02 local_closure x") == "line 2: must be: DATE KIND [NAME]");
  BOOST_TEST(refusal("2026-03-07 workday") == "line 2: a workday is a Monday to Friday");
  BOOST_TEST(refusal("2026-03-02 weekend") == "line 2: a weekend is a Saturday or Sunday");
  BOOST_TEST(refusal("2026-03-02 makeup_workday 元旦") ==
             "line 2: a make-up workday is a Saturday or Sunday");
  BOOST_TEST(refusal("2026-03-02 statutory_holiday") ==
             "line 2: a name belongs to holidays and make-up workdays, and only there");
  BOOST_TEST(refusal("2026-03-02 workday\n2026-03-04 workday") ==
             "line 3: days must follow each other");
  BOOST_TEST(refusal("notice x y") == "line 2: must be: notice NUMBER DATE");
  BOOST_TEST(Calendar::parse("2026-03-02 workday").error().detail ==
             "line 1: no notice stands before this day");
  const std::string comment(kCalendarBytesMax, '#');
  BOOST_TEST(Calendar::parse(comment).has_value());
  BOOST_TEST((Calendar::parse(comment + "#").error().code == Errc::LimitExceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
