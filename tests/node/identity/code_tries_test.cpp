// Wrong codes: who gave them waits, and nobody else.
#include "node/identity/code_tries.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

StaffId asker(std::uint8_t number) {
  StaffId id;
  id.value[0] = number;
  return id;
}
BootTime at(std::int64_t ms) { return {.boot = {}, .ticks_ms = ms}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(code_tries_test)

BOOST_AUTO_TEST_CASE(three_wrong_codes_are_free_and_then_delays_grow) {
  CodeTries tries;
  for (const std::int64_t delay : {0, 0, 0, 1000, 2000, 4000}) {
    BOOST_TEST(tries.failed(asker(1), at(5)) == delay);
  }
  BOOST_TEST(tries.wait_ms(asker(1), at(5)) == 4000);
  BOOST_TEST(tries.wait_ms(asker(1), at(4004)) == 1);
  BOOST_TEST(tries.wait_ms(asker(1), at(4005)) == 0);
}

BOOST_AUTO_TEST_CASE(nobody_keeps_another_waiting_and_a_right_code_ends_it_I1) {
  CodeTries tries;
  for (int i = 0; i < 4; ++i) tries.failed(asker(1), at(0));
  BOOST_TEST(tries.wait_ms(asker(1), at(0)) == 1000);
  BOOST_TEST(tries.wait_ms(asker(2), at(0)) == 0);
  tries.succeeded(asker(2));
  BOOST_TEST(tries.wait_ms(asker(1), at(0)) == 1000);
  tries.succeeded(asker(1));
  BOOST_TEST(tries.wait_ms(asker(1), at(0)) == 0);
  BOOST_TEST(tries.failed(asker(1), at(0)) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node
