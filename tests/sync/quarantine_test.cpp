#include "sync/quarantine.h"

#include <boost/test/unit_test.hpp>

#include "sync/limits.h"
#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

NodeId author() { return node_id(SignKey(secret(3)).public_key()); }

Quarantine sample() {
  return {author(),
          {{stream(1), 1, 7, {}},
           {stream(1), 9, 9, crdt::hlc_at({1'790'000'000'000}, 3)},
           {stream(2), 70'000, crdt::kSeqMax, {}}}};
}

crdt::Change change(std::uint64_t seq, std::uint64_t stamp) {
  crdt::Change made;
  made.id = {stream(1), seq};
  made.hlc = {stamp};
  return made;
}

Quarantine of(std::uint64_t first, std::uint64_t last, std::uint64_t stamp) {
  return {author(), {{stream(1), first, last, {stamp}}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quarantine_test)

BOOST_AUTO_TEST_CASE(one_quarantine_has_one_encoding) {
  const Bytes bytes = encode(sample());
  check_golden("quarantine", "payload", "QUAR: [author, [[stream, first, last, stamp]...]]", bytes);
  BOOST_TEST((decode_quarantine(bytes).value() == sample()));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const auto decoded = decode_quarantine(damaged);
    if (!decoded) return;
    BOOST_REQUIRE((*decoded != sample()));
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(runs_stand_in_order_and_apart) {
  using Runs = std::vector<QuarantinedRun>;
  for (const Runs& wrong : {Runs{}, Runs{{stream(1), 5, 4, {}}}, Runs{{stream(1), 0, 4, {}}},
                            Runs{{stream(2), 1, 1, {}}, {stream(1), 1, 1, {}}},
                            Runs{{stream(1), 1, 3, {}}, {stream(1), 3, 4, {}}},
                            Runs{{stream(1), 1, 3, {}}, {stream(1), 1, 3, {}}}}) {
    YZ_REQUIRE_ERROR(decode_quarantine(encode(Quarantine{author(), wrong})), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(as_many_runs_as_one_operation_holds) {
  for (const std::size_t count : {kQuarantinedRunsMax, kQuarantinedRunsMax + 1}) {
    Quarantine quarantine{author(), {}};
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t seq = crdt::kSeqMax - 2 * (count - i);
      quarantine.runs.push_back({stream(1), seq, seq, {UINT64_MAX}});
    }
    const Bytes bytes = encode(quarantine);
    BOOST_TEST(decode_quarantine(bytes).has_value() == (count == kQuarantinedRunsMax));
    BOOST_TEST(bytes.size() < crdt::kOpBytesMax);
  }
}

BOOST_AUTO_TEST_CASE(the_least_counts_whatever_came_first_and_none_raises_a_stamp_I1) {
  const std::vector<Quarantine> said{of(2, 4, 50), of(3, 3, 40), of(3, 9, 60)};
  std::vector<std::size_t> order{0, 1, 2};
  do {
    Quarantines all;
    for (const std::size_t each : order) all.add(said[each]);
    for (const auto& [seq, stamp] :
         std::map<std::uint64_t, std::uint64_t>{{1, 90}, {2, 50}, {3, 40}, {4, 50}, {5, 60}}) {
      BOOST_TEST(all.stamp(author(), change(seq, 90)).value == stamp);
      BOOST_TEST(all.stamp(author(), change(seq, 30)).value == 30U);
      BOOST_TEST(all.instead_of(author(), change(seq, 90)).has_value() == (stamp != 90));
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

BOOST_AUTO_TEST_CASE(of_another_author_it_says_nothing_I2) {
  Quarantines all;
  all.add(of(1, 9, 0));
  BOOST_TEST(all.stamp(NodeId{bytes_of<16>(1)}, change(3, 90)).value == 90U);
  crdt::Change elsewhere = change(3, 90);
  elsewhere.id.stream = stream(2);
  BOOST_TEST(all.stamp(author(), elsewhere).value == 90U);
}

BOOST_AUTO_TEST_CASE(what_two_say_differently_is_found) {
  Quarantines before;
  before.add(of(2, 4, 50));
  Quarantines now = before;
  BOOST_TEST(now.differences(before).empty());
  now.add(of(7, 8, 0));
  now.add(of(9, 9, 1));
  for (const auto& ranges : {now.differences(before), before.differences(now)}) {
    BOOST_REQUIRE(ranges.size() == 1U);
    BOOST_TEST(ranges.at(stream(1)).first == 7U);
    BOOST_TEST(ranges.at(stream(1)).last == 9U);
  }
}

BOOST_AUTO_TEST_CASE(only_who_stands_above_quarantines_I2) {
  const City city = make_city();
  const Certificate &hub = city.hub.certificate, &district = city.district.certificate,
                    &station = city.station.certificate;
  for (const auto& [issuer, subject] :
       {std::pair{&hub, &district}, {&hub, &station}, {&district, &station}}) {
    BOOST_TEST(may_quarantine(*issuer, *subject));
    BOOST_TEST(!may_quarantine(*subject, *issuer));
  }
  for (const Certificate* one : {&hub, &district, &station})
    BOOST_TEST(!may_quarantine(*one, *one));
  const Member other = make_member(city, Role::District, division("1403/140321"), 9, &city.hub);
  BOOST_TEST(!may_quarantine(other.certificate, station));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sync
