// An exchange that is cut goes on where it was: at some bytes of it, in memory and over sockets.
#define BOOST_TEST_MODULE cut
#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include "tests/cut/in_memory.h"
#include "tests/cut/over_sockets.h"

struct Sodium {
  Sodium() { BOOST_REQUIRE(sodium_init() >= 0); }
};
BOOST_TEST_GLOBAL_FIXTURE(Sodium);

namespace yizhan::cut::test {

BOOST_AUTO_TEST_SUITE(cut_test)

BOOST_AUTO_TEST_CASE(two_engines_go_on_after_a_cut_and_send_little_again) {
  InMemory exchange;
  BOOST_TEST(exchange.whole() > kPayloadBytes);
  BOOST_TEST(exchange.whole() < 2 * kPayloadBytes);
  // What was on its way is lost: one covering segment at most.
  for (std::size_t at = 0; at < exchange.whole(); at += 2711) {
    BOOST_TEST(exchange.cut_after(at) < sync::kSegmentBytesMax + 4096);
  }
}

BOOST_AUTO_TEST_CASE(a_line_that_ends_with_the_exchange_costs_a_greeting) {
  InMemory exchange;
  BOOST_TEST(exchange.cut_after(exchange.whole()) < 4096U);
}

BOOST_AUTO_TEST_CASE(two_nodes_go_on_after_the_socket_broke) {
  OverSockets exchange;
  for (const std::size_t at : {std::size_t{1}, exchange.whole() / 3, exchange.whole() * 2 / 3}) {
    const auto passed = exchange.cut_after(at);
    BOOST_TEST(passed.cut);
    BOOST_TEST(passed.passed < exchange.whole() + 3 * kPayloadBytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::cut::test
