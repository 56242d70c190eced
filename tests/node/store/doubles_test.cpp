// Two machines of one name are told from one machine that begins anew.
#include "node/store/doubles.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/store/city.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

struct Watched : test::SmallCity {
  Watched() : SmallCity(41) {
    connect();
    run(3000);
    first = station->engine().epoch();
    write();
  }
  void write() {
    station->now = station->now + std::chrono::minutes(1);
    BOOST_REQUIRE(station->write(test::booking(scope, ++written)).has_value());
    station->commit();
  }
  sync::Epoch epoch(std::uint32_t counter, std::uint8_t nonce) const { return {counter, {nonce}}; }
  void go_on_in(const sync::Epoch& epoch) {
    station->begin_epoch(epoch);
    write();
  }
  std::vector<Double> seen(std::int64_t days_later = 0) {
    const auto found =
        doubles(station->store(), WallMs{station->wall().value + days_later * kDayMs});
    BOOST_REQUIRE(found.has_value());
    return *found;
  }
  sync::Epoch first;
  int written = 0;
};

BOOST_FIXTURE_TEST_SUITE(doubles_test, Watched)

BOOST_AUTO_TEST_CASE(one_machine_that_is_restored_again_and_again_is_one) {
  BOOST_TEST(seen().empty());
  go_on_in(epoch(2, 1));
  write();
  go_on_in(epoch(3, 2));
  BOOST_TEST(seen().empty());
}

BOOST_AUTO_TEST_CASE(one_that_goes_on_in_the_epoch_before_is_another) {
  go_on_in(epoch(2, 1));
  go_on_in(first);
  const auto found = seen();
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST((found[0].node == station->engine().node()));
  BOOST_TEST((found[0].seen <= station->wall()));
  BOOST_TEST((found[0].seen.value > station->wall().value - kDayMs));
}

BOOST_AUTO_TEST_CASE(two_restores_of_one_backup_are_two_once_both_go_on) {
  go_on_in(epoch(2, 1));
  go_on_in(epoch(2, 2));
  BOOST_TEST(seen().empty());  // it may be one machine that was restored twice
  go_on_in(epoch(2, 1));
  BOOST_TEST(seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_two_weeks_old_is_not_told_any_more) {
  go_on_in(epoch(2, 1));
  go_on_in(first);
  BOOST_TEST(seen(13).size() == 1U);
  BOOST_TEST(seen(15).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
