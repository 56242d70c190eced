// The next epoch, and the mark of one.
#include "sync/epoch.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
namespace {

BOOST_AUTO_TEST_SUITE(epochs)

BOOST_AUTO_TEST_CASE(the_first_epoch_has_no_mark) {
  test::SeededEntropy entropy(1);
  Epoch first;
  for (int i = 0; i < 100; ++i) {
    entropy.fill(first.nonce);
    BOOST_TEST(epoch_mark(first) == 0);
  }
}

BOOST_AUTO_TEST_CASE(the_next_one_is_unlike_all_that_are_known) {
  test::SeededEntropy entropy(2);
  std::vector<Epoch> known{Epoch{}};
  std::set<std::uint16_t> marks{0};
  for (int i = 0; i < 2'000; ++i) {
    const Epoch next = next_epoch(known, entropy);
    BOOST_TEST(next.counter == known.back().counter + 1);
    BOOST_TEST(marks.insert(epoch_mark(next)).second);
    BOOST_TEST(epoch_mark(next) <= kEpochMarks);
    known.push_back(next);
  }
}

BOOST_AUTO_TEST_CASE(two_restores_of_one_backup_have_different_marks) {
  test::SeededEntropy one(3);
  test::SeededEntropy other(4);
  const Epoch a = next_epoch({Epoch{}}, one);
  const Epoch b = next_epoch({Epoch{}}, other);
  BOOST_TEST(a.counter == b.counter);
  BOOST_TEST(epoch_mark(a) != epoch_mark(b));
}

BOOST_AUTO_TEST_CASE(where_all_marks_are_taken_there_is_an_epoch_still) {
  std::vector<Epoch> known;
  for (std::uint16_t mark = 1; mark <= kEpochMarks; ++mark) {
    Epoch epoch{2, {}};
    epoch.nonce[6] = static_cast<std::uint8_t>((mark - 1) >> 8);
    epoch.nonce[7] = static_cast<std::uint8_t>(mark - 1);
    BOOST_REQUIRE(epoch_mark(epoch) == mark);
    known.push_back(epoch);
  }
  test::SeededEntropy entropy(5);
  BOOST_TEST(next_epoch(known, entropy).counter == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::sync
