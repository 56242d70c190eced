// The reader of policy files.
#include "node/policy/policy_file.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "node/policy/china_time.h"
#include "node/policy/embedded.h"
#include "node/policy/policy_values.h"
#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

std::string sample() { return std::string(embedded_files().front().text); }

// The sample with one line changed.
std::string with(const std::string& from, const std::string& to) {
  std::string text = sample();
  const std::size_t at = text.find("\n" + from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
  const std::size_t end = text.find('\n', at + 1);
  return text.replace(at + 1, end - at - 1, to);
}

std::string refusal(const std::string& text) {
  const auto parsed = parse_policy(text);
  if (parsed) return "accepted";
  BOOST_TEST(parsed.error().detail.starts_with("line "));
  return parsed.error().field;
}

BOOST_AUTO_TEST_SUITE(policy_file_test)

BOOST_AUTO_TEST_CASE(the_built_in_policy_has_the_values_of_the_standard) {
  const Policy& policy = default_policy();
  BOOST_TEST(policy.version == "2026.1");
  BOOST_TEST(policy.booking.must_accept_lead_hours == 24);
  BOOST_TEST(policy.booking.horizon_days == 14);
  BOOST_TEST(policy.booking.walkin_reserve_percent == 30);
  BOOST_TEST(policy.queue.ready_before_min == 15);
  BOOST_TEST(policy.queue.recall_wait_s == 15);
  BOOST_TEST(policy.queue.waiting_amber == 8);
  BOOST_TEST(policy.queue.waiting_red == 15);
  BOOST_TEST(policy.evaluation.timeout_s == 60);
}

BOOST_AUTO_TEST_CASE(every_number_has_exact_limits) {
  for (const PolicyNumber& number : policy_numbers()) {
    const std::string key = std::string(number.key).substr(std::string(number.key).find('.') + 1);
    const auto put = [&](std::int64_t value) {
      std::string text = with(key + " = ", key + " = " + std::to_string(value));
      if (key == "waiting_amber" && value > 15) {
        const std::size_t red = text.find("waiting_red = 15");
        text.replace(red, 16, "waiting_red = 10000");
      }
      return text;
    };
    if (key != "waiting_red") BOOST_TEST(refusal(put(number.min)) == "accepted");
    BOOST_TEST(refusal(put(number.max)) == "accepted");
    BOOST_TEST(refusal(put(number.min - 1)) == number.key);
    BOOST_TEST(refusal(put(number.max + 1)) == number.key);
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_with_its_line_and_key) {
  BOOST_TEST(refusal(with("version = ", "version = 3")) == "version");
  BOOST_TEST(refusal(with("version = ", "")) == "version");
  BOOST_TEST(refusal(with("effective_from = ", "effective_from = \"2026-13-01\"")) ==
             "effective_from");
  BOOST_TEST(refusal(with("slot_minutes = ", "slot_minutes = 30.0")) == "booking.slot_minutes");
  BOOST_TEST(refusal(with("slot_minutes = ", "slot_minute = 30")) == "booking.slot_minutes");
  BOOST_TEST(refusal(with("[booking]", "[booking]\ncolour = 1")) == "booking.colour");
  BOOST_TEST(refusal(with("hotline = ", "hotline = \"1\"\ncolour = 1")) == "colour");
  BOOST_TEST(refusal(with("sunday = ", "sunday = 1")) == "by_booking.sunday");
  BOOST_TEST(refusal(with("noon = \"", "noon = \"yesterday 11:00\"")) == "cut_off.noon");
  BOOST_TEST(refusal(with("noon = \"", "noon = \"same_day 25:00\"")) == "cut_off.noon");
  BOOST_TEST(refusal(with("noon = [", "noon = [\"12:00\"]")) == "hours.noon");
  BOOST_TEST(refusal(with("noon = [", "noon = [\"14:30-12:00\"]")) == "hours.noon");
  BOOST_TEST(refusal(with("noon = [", "noon = [\"11:30-14:30\"]")) == "hours.noon");
  BOOST_TEST(refusal(with("from = ", "from = \"02-30\"")) == "hours.from");
  BOOST_TEST(refusal("version = ") == "policy");
  const auto detail = parse_policy(with("slot_minutes = ", "slot_minutes = 4")).error().detail;
  BOOST_TEST(detail.ends_with("must be a whole number from 5 to 240"));
}

BOOST_AUTO_TEST_CASE(a_station_may_keep_more_for_walk_ins_but_not_less) {
  BOOST_TEST(refusal(with("walkin_reserve_percent = ", "walkin_reserve_percent = 29")) ==
             "booking.walkin_reserve_percent");
  BOOST_TEST(refusal(with("must_accept_lead_hours = ", "must_accept_lead_hours = 25")) ==
             "booking.must_accept_lead_hours");
}

BOOST_AUTO_TEST_CASE(closures_stand_in_the_policy) {
  const std::string closed = sample() + "\n[[closure]]\ndate = \"2026-11-24\"\nreason = \"停电\"\n";
  const auto policy = make_policy(closed, "");
  BOOST_REQUIRE(policy.has_value());
  BOOST_TEST((policy->calendar.at(*parse_date("2026-11-24")).kind == DayKind::LocalClosure));
  BOOST_TEST((policy->calendar.at(*parse_date("2026-11-25")).kind == DayKind::Workday));
  BOOST_TEST(refusal(sample() + "\n[[closure]]\ndate = \"x\"\nreason = \"停电\"\n") ==
             "closure.date");
  BOOST_TEST(refusal(sample() + "\n[[closure]]\ndate = \"2026-11-24\"\n") == "closure.reason");
}

BOOST_AUTO_TEST_CASE(a_closure_may_be_part_of_a_day) {
  const auto closed = [](const char* hours) {
    return sample() + "\n[[closure]]\ndate = \"2026-11-24\"\nreason = \"停电\"\nhours = \"" +
           hours + "\"\n";
  };
  const auto policy = make_policy(closed("11:00-16:00"), "");
  BOOST_REQUIRE(policy.has_value());
  const std::int64_t day = *parse_date("2026-11-24");
  BOOST_TEST((policy->calendar.at(day).kind == DayKind::Workday));
  const auto at = [&](const char* time) { return period_at(*policy, {day, *parse_minute(time)}); };
  BOOST_TEST((at("10:59") == Period::Regular));
  BOOST_TEST(!at("11:00").has_value());
  BOOST_TEST(!at("12:30").has_value());
  BOOST_TEST(!at("15:59").has_value());
  BOOST_TEST((at("16:00") == Period::Regular));
  BOOST_TEST(slot_at(*policy, day, 10 * 60 + 30).has_value());
  BOOST_TEST(!slot_at(*policy, day, 15 * 60).has_value());
  BOOST_TEST(hours_of(*policy, day + 1).size() == hours_of(default_policy(), day + 1).size());
  BOOST_TEST(refusal(closed("16:00-11:00")) == "closure.hours");
}

BOOST_AUTO_TEST_CASE(days_of_another_year_come_in_a_file_of_their_own) {
  const auto policy =
      make_policy(sample(), "notice 国办发明电〔2026〕5号 2026-11-20\n2027-01-04 workday\n");
  BOOST_REQUIRE(policy.has_value());
  BOOST_TEST(policy->calendar.is_workday(*parse_date("2027-01-04")));
  BOOST_TEST((make_policy(sample(), "2027-01-04 workday\n").error().field == "calendar"));
}

BOOST_AUTO_TEST_CASE(sizes_are_limited) {
  const std::string text = sample();
  const std::string filler(kPolicyBytesMax - text.size() - 2, 'x');
  BOOST_TEST(parse_policy(text + "\n#" + filler).has_value());
  BOOST_TEST((parse_policy(text + "\n#x" + filler).error().code == Errc::LimitExceeded));
}

BOOST_AUTO_TEST_CASE(screens_are_shown_every_value_once) {
  std::set<std::string> keys;
  for (const PolicyValue& value : policy_values(default_policy())) {
    BOOST_TEST(keys.insert(value.key).second, value.key);
    BOOST_TEST(!value.value.empty(), value.key);
    BOOST_TEST(!value.title.empty(), value.key);
    BOOST_TEST(!value.title_en.empty(), value.key);
  }
  BOOST_TEST(keys.contains("hours.noon"));
  BOOST_TEST(keys.contains("cut_off.weekend"));
  BOOST_TEST(keys.contains("station.hotline"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
