#include "node/identity/throttle.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace yizhan;
using namespace yizhan::node;

BOOST_AUTO_TEST_SUITE(throttle_test)

BOOST_AUTO_TEST_CASE(delays_grow_from_nothing_to_a_quarter_of_an_hour) {
  const std::vector<std::int64_t> seconds = {0,  0,  0,   1,   2,   4,   8,  16,
                                             32, 64, 128, 256, 512, 900, 900};
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    BOOST_TEST(delay_after_ms(static_cast<std::uint32_t>(i + 1)) == seconds[i] * 1000);
  }
  BOOST_TEST(delay_after_ms(0) == 0);
  BOOST_TEST(delay_after_ms(4'000'000'000U) == kDelayMaxMs);
}

BOOST_AUTO_TEST_CASE(a_reboot_never_shortens_a_delay_I1) {
  const Failures failures{.count = 10, .wait_ms = 64'000, .since = {Id16{1}, 5'000'000}};
  BOOST_TEST(remaining_ms(failures, {Id16{1}, 5'000'000}) == 64'000);
  BOOST_TEST(remaining_ms(failures, {Id16{1}, 5'063'999}) == 1);
  BOOST_TEST(remaining_ms(failures, {Id16{1}, 5'064'000}) == 0);
  // Another boot: only what it has run itself is certain.
  BOOST_TEST(remaining_ms(failures, {Id16{2}, 0}) == 64'000);
  BOOST_TEST(remaining_ms(failures, {Id16{2}, 63'999}) == 1);
  BOOST_TEST(remaining_ms(failures, {Id16{2}, 64'000}) == 0);
  // Ticks before those of the failure are a later boot's, also where boots have no names.
  BOOST_TEST(remaining_ms(failures, {Id16{1}, 10}) == 63'990);
}

BOOST_AUTO_TEST_SUITE_END()
