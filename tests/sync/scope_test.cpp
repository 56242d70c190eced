#include "sync/scope.h"

#include <boost/test/unit_test.hpp>

#include "sync/stream.h"
#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

BOOST_AUTO_TEST_SUITE(scope_test)

BOOST_AUTO_TEST_CASE(paths_and_scopes_come_back_as_written_I2) {
  for (const char* path : {"1403", "14/1403", "1403/140311/140311100", "12/12/12/12/12/12"}) {
    BOOST_TEST(division(path).text() == path);
  }
  for (const char* name : {"1403#biz", "1403/140311#ref", "1403/140311/140311100#auth"}) {
    BOOST_TEST(text(scope(name)) == name);
  }
}

BOOST_AUTO_TEST_CASE(within_compares_whole_codes_I1) {
  const Division township = division("1403/140311/140311100");
  BOOST_TEST(township.within(division("1403/140311")));
  BOOST_TEST(township.within(division("1403")));
  BOOST_TEST(township.within(township));
  BOOST_TEST(township.within(Division{}));
  BOOST_TEST(!township.within(division("1403/14031")));
  BOOST_TEST(!township.within(division("14")));
  BOOST_TEST(!division("1403").within(township));
  BOOST_TEST(!division("14030").within(division("1403")));
}

BOOST_AUTO_TEST_CASE(parent_code_and_depth_follow_the_path) {
  const Division township = division("1403/140311/140311100");
  BOOST_TEST(township.code() == "140311100");
  BOOST_TEST(township.depth() == 3U);
  BOOST_TEST(township.parent().text() == "1403/140311");
  BOOST_TEST(division("1403").code() == "1403");
  BOOST_TEST(division("1403").parent().text() == "");
  BOOST_TEST(Division{}.depth() == 0U);
}

BOOST_AUTO_TEST_CASE(limits_hold_at_their_edges) {
  BOOST_TEST(Division::parse("12").has_value());
  YZ_REQUIRE_ERROR(Division::parse("1"), Errc::BadFormat);
  BOOST_TEST(Division::parse("12345678901").has_value());
  BOOST_TEST(Division::parse("123456789012").has_value());
  YZ_REQUIRE_ERROR(Division::parse("1234567890123"), Errc::LimitExceeded);
  BOOST_TEST(Division::parse("12/12/12/12/12").has_value());
  BOOST_TEST(Division::parse("12/12/12/12/12/12").has_value());
  YZ_REQUIRE_ERROR(Division::parse("12/12/12/12/12/12/12"), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(other_spellings_are_refused) {
  for (const char* path :
       {"", "/1403", "1403/", "1403//140311", "14o3", " 1403", "1403 ", "１４０３"}) {
    BOOST_TEST(!Division::parse(path).has_value(), path);
  }
  for (const char* name : {"", "1403", "#biz", "1403#", "1403#Biz", "1403#biz#ref", "1403#bizz"}) {
    BOOST_TEST(!parse_scope(name).has_value(), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stream_test)

EpochOpen sample_open() {
  return {{bytes_of<16>(1)}, {bytes_of<16>(2)}, {1, bytes_of<8>(3)}, scope("1403/140311#biz")};
}

crdt::Change first_change(const EpochOpen& open) {
  crdt::Change change;
  change.id = {stream_id(open), 1};
  change.ops.push_back({change.dot(0), crdt::Opaque{16, encode(open)}});
  return change;
}

BOOST_AUTO_TEST_CASE(every_part_of_the_name_changes_the_stream_id_I1) {
  const EpochOpen open = sample_open();
  std::vector<EpochOpen> others(5, open);
  others[0].network.value[0] ^= 1;
  others[1].node.value[15] ^= 1;
  others[2].epoch.counter = 2;
  others[3].epoch.nonce[7] ^= 1;
  others[4].scope = scope("1403/140311#ref");
  for (const EpochOpen& other : others) BOOST_TEST((stream_id(other) != stream_id(open)));
}

BOOST_AUTO_TEST_CASE(an_epoch_open_comes_back_as_written_and_damage_is_seen) {
  const Bytes bytes = encode(sample_open());
  BOOST_TEST((decode_epoch_open(bytes).value() == sample_open()));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const Result<EpochOpen> open = decode_epoch_open(damaged);
    if (!open) return;
    BOOST_REQUIRE((stream_id(*open) != stream_id(sample_open())));
    BOOST_REQUIRE(encode(*open) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(only_the_authors_epoch_open_begins_a_stream) {
  const crdt::Change first = first_change(sample_open());
  BOOST_TEST((epoch_open_of(first).value() == sample_open()));

  crdt::Change other_stream = first;
  other_stream.id.stream.value[3] ^= 1;
  YZ_REQUIRE_ERROR(epoch_open_of(other_stream), Errc::WrongStream);
  crdt::Change later = first;
  later.id.seq = 2;
  YZ_REQUIRE_ERROR(epoch_open_of(later), Errc::WrongStream);
  crdt::Change empty = first;
  empty.ops.clear();
  YZ_REQUIRE_ERROR(epoch_open_of(empty), Errc::WrongStream);
  YZ_REQUIRE_ERROR(epoch_open_of(one_change(first.id.stream)), Errc::WrongStream);
}

BOOST_AUTO_TEST_CASE(the_chain_binds_order_position_and_bytes) {
  const Head start = first_head(stream(1));
  BOOST_TEST((start != first_head(stream(2))));
  const Bytes a{1, 2}, b{3};
  const Head head = next_head(start, 1, a);
  BOOST_TEST((head != next_head(start, 2, a)));
  BOOST_TEST((head != next_head(start, 1, b)));
  BOOST_TEST((next_head(head, 2, b) != next_head(next_head(start, 1, b), 2, a)));
  const auto tag = head_tag(head);
  BOOST_TEST(std::equal(tag.begin(), tag.end(), head.value.begin()));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
