#include "sync/digest.h"

#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

BOOST_AUTO_TEST_SUITE(digest_test)

RC_BOOST_PROP(removing_what_was_added_is_the_identity_and_order_is_none_I1,
              (std::vector<std::uint16_t> seeds)) {
  ScopeDigest forward, backward, gone;
  for (const std::uint16_t seed : seeds) forward.add(bytes_of<32>(seed));
  for (auto at = seeds.rbegin(); at != seeds.rend(); ++at) backward.add(bytes_of<32>(*at));
  RC_ASSERT(forward == backward);
  RC_ASSERT(forward.folded() == backward.folded());
  gone = forward;
  for (const std::uint16_t seed : seeds) gone.remove(bytes_of<32>(seed));
  RC_ASSERT(gone == ScopeDigest{});
}

BOOST_AUTO_TEST_CASE(carries_and_borrows_run_through_all_bytes) {
  Hash32 most, one{};
  most.fill(0xff);
  one[0] = 1;
  ScopeDigest digest;
  digest.add(most);
  digest.add(one);
  BOOST_TEST(digest.sum == Hash32{});
  digest.remove(one);
  BOOST_TEST(digest.sum == most);
}

BOOST_AUTO_TEST_CASE(terms_bind_every_part_and_kind) {
  const Head head{bytes_of<32>(1)}, other{bytes_of<32>(2)};
  const Hash32 term = stream_term(stream(1), 5, head);
  BOOST_TEST(term != stream_term(stream(2), 5, head));
  BOOST_TEST(term != stream_term(stream(1), 6, head));
  BOOST_TEST(term != stream_term(stream(1), 5, other));
  ScopeDigest empty, zero;
  zero.add(Hash32{});
  BOOST_TEST(empty.folded() != zero.folded());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
