// What has not left this node yet, by what it is about.
#include "node/app/pending.h"

#include "tests/node/app/station.h"

namespace yizhan::node::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(pending_test, Station)

BOOST_AUTO_TEST_CASE(the_kinds_add_up_to_what_the_chip_says_and_an_opened_stream_is_none) {
  booked("10:00");
  took();
  took();
  const auto pending = work(
      [&](const DeskContext& at) { return read_pending(at.reads, pending_streams(at.engine)); });
  BOOST_REQUIRE(pending.has_value());
  const auto count = [&](RecordSort sort) {
    std::int64_t found = 0;
    for (const PendingKind& row : pending->by_kind) found += row.sort == sort ? row.pending : 0;
    return found;
  };
  BOOST_TEST(count(RecordSort::Appointment) == 1);
  BOOST_TEST(count(RecordSort::Visit) == 2);
  BOOST_TEST(count(RecordSort::Other) == 0);
  const auto sent = city.station->engine().delivery();
  BOOST_TEST(sent.saved - sent.carried == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
