// One bit of a station's files is another: no answer is wrong without a word.
#include "tests/storage/flips.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::storage::test {
namespace {

FlipTally flip_every(std::size_t step, node::Damage damage) {
  const Flips flips(1);
  FlipTally tally;
  for (std::size_t i = 0; i < flips.places().size(); i += step) {
    flips.flip(flips.places()[i], damage, {true, true}, tally);
  }
  return tally;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(flips_test)

BOOST_AUTO_TEST_CASE(no_answer_is_wrong_without_a_word) {
  const FlipTally tally = flip_every(4801, node::Damage::Refuse);
  BOOST_TEST(tally.silent == 0U, tally.first_silent);
  BOOST_TEST(tally.same > 0U);
  BOOST_TEST(tally.told > 0U);
  BOOST_TEST(tally.refused > 0U);
}

BOOST_AUTO_TEST_CASE(without_the_tags_some_are) {
  BOOST_TEST(flip_every(4801, node::Damage::Tell).silent > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::storage::test
