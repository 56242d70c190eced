#include "crdt/version_vector.h"

#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt {
using namespace test;

namespace {

using Entries = std::vector<std::pair<std::uint8_t, std::uint8_t>>;

VersionVector vector_of(const Entries& entries) {
  VersionVector made;
  for (const auto& [number, seq] : entries) {
    made.raise(stream(static_cast<std::uint8_t>(number % 5)), seq % 8);
  }
  return made;
}

VersionVector merged(VersionVector a, const VersionVector& b) {
  a.merge(b);
  return a;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(version_vector_test)

BOOST_AUTO_TEST_CASE(an_unknown_stream_is_held_up_to_zero_I2) {
  const VersionVector none;
  BOOST_TEST(none.seq(stream(1)) == 0U);
  BOOST_TEST(!none.contains({stream(1), 1}));
}

BOOST_AUTO_TEST_CASE(raise_never_lowers_and_zero_leaves_no_entry) {
  VersionVector vector;
  vector.raise(stream(1), 5);
  vector.raise(stream(1), 3);
  vector.raise(stream(2), 0);
  BOOST_TEST(vector.seq(stream(1)) == 5U);
  BOOST_TEST(vector.entries().size() == 1U);
  BOOST_TEST(vector.contains({stream(1), 5}));
  BOOST_TEST(!vector.contains({stream(1), 6}));
}

BOOST_AUTO_TEST_CASE(covers_is_a_partial_order) {
  VersionVector a;
  VersionVector b;
  a.raise(stream(1), 2);
  b.raise(stream(2), 1);
  BOOST_TEST((!a.covers(b) && !b.covers(a)));
  BOOST_TEST((merged(a, b).covers(a) && merged(a, b).covers(b)));
  BOOST_TEST(a.covers({}));
}

RC_BOOST_PROP(merge_is_commutative_associative_and_idempotent_I1,
              (const Entries& x, const Entries& y, const Entries& z)) {
  const VersionVector a = vector_of(x);
  const VersionVector b = vector_of(y);
  const VersionVector c = vector_of(z);
  RC_ASSERT(merged(a, b) == merged(b, a));
  RC_ASSERT(merged(merged(a, b), c) == merged(a, merged(b, c)));
  RC_ASSERT(merged(a, a) == a);
}

RC_BOOST_PROP(merge_is_the_least_that_covers_both_I1, (const Entries& x, const Entries& y)) {
  const VersionVector a = vector_of(x);
  const VersionVector b = vector_of(y);
  const VersionVector both = merged(a, b);
  RC_ASSERT(both.covers(a) && both.covers(b));
  for (const auto& [id, seq] : both.entries()) {
    RC_ASSERT(seq == std::max(a.seq(id), b.seq(id)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::crdt
