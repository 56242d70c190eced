// What the screens of the hall are told by rule: the wait, and the reasons of an evaluation.
#include <boost/test/unit_test.hpp>
#include <set>

#include "node/policy/evaluation_reasons.h"
#include "node/policy/wait_estimate.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kMin = 60'000;

std::vector<std::int64_t> served(std::size_t times, std::int64_t minutes) {
  return std::vector<std::int64_t>(times, minutes * kMin);
}
std::int64_t told(std::vector<std::int64_t> served_ms, std::int64_t waiting, std::int64_t windows) {
  return estimate_wait_min({std::move(served_ms), waiting, windows}, 5).value_or(-1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hall_rules_test)

BOOST_AUTO_TEST_CASE(nothing_is_estimated_from_too_little_I1) {
  BOOST_TEST(told(served(4, 8), 3, 1) == -1);
  BOOST_TEST(told(served(5, 8), 3, 1) == 25);
  BOOST_TEST(told(served(6, 8), 3, 1) == 25);
  BOOST_TEST(told(served(5, 8), 0, 1) == -1);
  BOOST_TEST(told(served(5, 8), 3, 0) == -1);
  BOOST_TEST(!estimate_wait_min({{}, 3, 1}, 0).has_value());
}

BOOST_AUTO_TEST_CASE(a_wait_is_rounded_up_to_five_minutes_I2) {
  BOOST_TEST(told(served(5, 5), 1, 1) == 5);
  BOOST_TEST(told(served(5, 6), 1, 1) == 10);
  BOOST_TEST(told(served(5, 0), 1, 1) == 5);
  BOOST_TEST(told(served(5, 6), 9, 2) == 30);  // 27
}

BOOST_AUTO_TEST_CASE(one_case_left_open_over_noon_counts_little) {
  std::vector<std::int64_t> times = served(5, 6);
  times.push_back(150 * kMin);
  BOOST_TEST(told(times, 4, 2) == 15);  // 12
}

BOOST_AUTO_TEST_CASE(reasons_have_codes_of_their_own) {
  std::set<std::string_view> codes;
  for (const EvaluationReason& row : evaluation_reasons()) {
    BOOST_TEST(codes.insert(row.code).second);
    BOOST_TEST(knows_reason(row.code));
    BOOST_TEST((!row.zh.empty() && !row.en.empty()));
  }
  BOOST_TEST(evaluation_reasons().back().code == "other");
  BOOST_TEST(!knows_reason(""));
  BOOST_TEST(!knows_reason("weather"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node
