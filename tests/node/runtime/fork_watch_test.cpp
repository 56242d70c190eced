// Whose streams have two histories: each node once, for two weeks after it was met last.
#include "node/runtime/fork_watch.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node::test {
namespace {

constexpr WallMs kNow{1'796'000'000'000};

sync::Notice fork_of(std::uint8_t node) {
  sync::Notice notice;
  notice.kind = sync::Notice::Kind::ForkSeen;
  notice.node = NodeId{Id16{node}};
  return notice;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fork_watch)

BOOST_AUTO_TEST_CASE(a_node_counts_once_and_other_notices_do_not) {
  ForkWatch watch;
  BOOST_TEST(watch.nodes(kNow) == 0);
  watch.note({fork_of(1), fork_of(1), sync::Notice{}}, kNow);
  BOOST_TEST(watch.nodes(kNow) == 1);
  watch.note({fork_of(2)}, kNow);
  BOOST_TEST(watch.nodes(kNow) == 2);
}

BOOST_AUTO_TEST_CASE(it_goes_quiet_when_it_is_met_no_more) {
  ForkWatch watch;
  watch.note({fork_of(1)}, kNow);
  const WallMs later{kNow.value + kForkShownMs - 1};
  BOOST_TEST(watch.nodes(later) == 1);
  BOOST_TEST(watch.nodes(WallMs{later.value + 1}) == 0);
  watch.note({fork_of(1)}, later);
  BOOST_TEST(watch.nodes(WallMs{later.value + 1}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node::test
