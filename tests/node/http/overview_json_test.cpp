// Each figure of the overview under its own name.
#include "node/http/overview_json.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node::http {
namespace {

bool has(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(overview_json_test)

BOOST_AUTO_TEST_CASE(off_hours_by_kind_early_and_late_as_one_and_regular_hours_in_none) {
  Overview overview;
  overview.totals.confirmed = 9;
  const auto served = [&](Period period, std::int64_t count) {
    overview.totals.finished_in[static_cast<std::size_t>(period)] = count;
  };
  served(Period::Regular, 1000);
  served(Period::Noon, 1);
  served(Period::FlexEarly, 20);
  served(Period::FlexLate, 2);
  served(Period::Overtime, 3);
  served(Period::Weekend, 4);
  served(Period::StatutoryHoliday, 5);
  const std::string json = overview_json(overview);
  BOOST_TEST(has(json, "\"confirmed\":9,"), json);
  BOOST_TEST(has(json,
                 "\"off_hours\":35,\"off_noon\":1,\"off_flex\":22,\"off_overtime\":3,"
                 "\"off_weekend\":4,\"off_holiday\":5,"),
             json);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::http
