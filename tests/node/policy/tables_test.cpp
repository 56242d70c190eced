// The data that the standard brings: divisions, items, windows.
#include <boost/test/unit_test.hpp>
#include <set>

#include "node/policy/china_time.h"
#include "node/policy/divisions.h"
#include "node/policy/policy_file.h"
#include "node/policy/service_items.h"
#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

BOOST_AUTO_TEST_SUITE(tables_test)

BOOST_AUTO_TEST_CASE(divisions_are_a_tree_in_order) {
  std::string_view before;
  std::size_t counties = 0;
  for (const DivisionEntry& row : divisions()) {
    BOOST_TEST((before < row.path));
    before = row.path;
    const std::size_t slash = row.path.rfind('/');
    if (slash == std::string_view::npos) continue;
    BOOST_TEST(division_at(row.path.substr(0, slash)) != nullptr);
    counties += row.path.find('/') == slash ? 1 : 0;
  }
  BOOST_TEST(counties == 5U);
  BOOST_TEST(divisions().size() == 49U);  // city, 5 counties, 43 townships
  BOOST_TEST(division_at("1403/140311/140311100")->name == "荫营镇");
  BOOST_TEST(division_at("1403/140311/140311102") == nullptr);  // retired codes leave gaps
}

BOOST_AUTO_TEST_CASE(items_have_unique_codes_in_order) {
  std::string_view before;
  for (const ServiceItem& item : service_items()) {
    BOOST_TEST((before < item.code));
    before = item.code;
    BOOST_TEST(service_item(item.code) == &item);
  }
  BOOST_TEST(service_item("SB-9999") == nullptr);
}

BOOST_AUTO_TEST_CASE(windows_of_a_workday_follow_each_other) {
  const auto slots = slots_of(default_policy(), *parse_date("2026-11-24"));
  BOOST_REQUIRE(slots.size() == 23U);
  BOOST_TEST(minute_text(slots.front().window) == "07:30");
  BOOST_TEST(minute_text(slots.back().window) == "18:30");
  for (std::size_t i = 1; i < slots.size(); ++i) {
    BOOST_TEST(slots[i].window == slots[i - 1].end);
  }
}

BOOST_AUTO_TEST_CASE(three_tenths_of_regular_hours_stay_for_walk_ins) {
  for (const SlotPlan& slot : slots_of(default_policy(), *parse_date("2026-11-24"))) {
    const std::int64_t kept = slot.capacity - slot.bookable;
    BOOST_TEST((off_hours(slot.period) ? kept == 0 : kept * 10 >= slot.capacity * 3));
  }
}

BOOST_AUTO_TEST_CASE(weekends_have_their_own_windows) {
  const std::int64_t saturday = *parse_date("2026-11-28");
  for (const std::int64_t day : {saturday, saturday + 1}) {
    for (const SlotPlan& slot : slots_of(default_policy(), day)) {
      BOOST_TEST((slot.period == Period::Weekend));
    }
    BOOST_TEST(!slot_at(default_policy(), day, 12 * 60).has_value());
    BOOST_TEST(slot_at(default_policy(), day, 9 * 60).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
