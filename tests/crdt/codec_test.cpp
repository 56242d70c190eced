// The strict reader and the codec of changes: one encoding of each value, and every limit at its
// edge.
#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt::test {
namespace {

// Reads all items of an input, whatever they are.
Result<void> read_all(ByteView bytes, const DecodeLimits& limits = {}) {
  Reader in(bytes, limits);
  const std::function<void()> item = [&] {
    switch (in.peek()) {
      case Reader::Type::Nil: return in.nil();
      case Reader::Type::Boolean: return void(in.boolean());
      case Reader::Type::Unsigned: return void(in.uint());
      case Reader::Type::Negative: return void(in.sint());
      case Reader::Type::Text: return void(in.text());
      case Reader::Type::Bin: return void(in.bin());
      case Reader::Type::Array:
        for (std::size_t left = in.array(); left > 0 && in.ok(); --left) item();
    }
  };
  item();
  return in.status();
}

Bytes nested(std::size_t depth) {
  Bytes bytes;
  Writer out(bytes);
  for (std::size_t i = 0; i < depth; ++i) out.array(i + 1 < depth ? 1 : 0);
  return bytes;
}

// An array of arrays with this many items in all, itself included.
Bytes with_nodes(std::size_t count) {
  Bytes bytes;
  Writer out(bytes);
  const std::size_t inner = 1000;
  const std::size_t full = (count - 1) / (inner + 1);
  const std::size_t rest = (count - 1) % (inner + 1);
  out.array(full + rest);
  for (std::size_t i = 0; i < full; ++i) {
    out.array(inner);
    for (std::size_t j = 0; j < inner; ++j) out.nil();
  }
  for (std::size_t i = 0; i < rest; ++i) out.nil();
  return bytes;
}

Bytes array_of_nils(std::size_t count) {
  Bytes bytes;
  Writer out(bytes);
  out.array(count);
  for (std::size_t i = 0; i < count; ++i) out.nil();
  return bytes;
}

Bytes text_of(std::size_t length) {
  Bytes bytes;
  Writer(bytes).text(std::string(length, 'a'));
  return bytes;
}

Bytes bin_of(std::size_t length) {
  Bytes bytes;
  Writer(bytes).bin(Bytes(length, 7));
  return bytes;
}

void check_edge(const std::function<Bytes(std::size_t)>& make, std::size_t limit) {
  BOOST_TEST(read_all(make(limit - 1)).has_value());
  BOOST_TEST(read_all(make(limit)).has_value());
  YZ_REQUIRE_ERROR(read_all(make(limit + 1)), Errc::LimitExceeded);
}

const ChangeId kSelf{stream(1), 3};

// A change whose only operation has `payload` bytes of an unknown kind.
Change with_payload(std::size_t payload) {
  return change(1, 3, 1000, {{dot(1, 3), Opaque{4711, Bytes(payload, 1)}}});
}
Result<Change> round(const Change& change) {
  return decode_expanded(encode_expanded(change), kSelf);
}

std::size_t op_overhead() {
  Change one = with_payload(1000);
  one.ops.clear();
  return encode_expanded(with_payload(1000)).size() - encode_expanded(one).size() - 1000;
}

BOOST_AUTO_TEST_SUITE(codec_test)

BOOST_AUTO_TEST_CASE(the_reader_is_limited_at_its_edges) {
  const DecodeLimits limits;
  check_edge(nested, limits.depth_max);
  check_edge(with_nodes, limits.nodes_max);
  check_edge(array_of_nils, limits.array_max);
  check_edge(text_of, limits.text_max);
  check_edge(bin_of, limits.bin_max);
}

BOOST_AUTO_TEST_CASE(a_declared_count_beyond_the_bytes_allocates_nothing_I2) {
  for (const char* bomb :
       {"dc 0f ff", "dd 00 00 0f ff", "c6 ff ff ff ff 00", "db ff ff ff ff 00", "9f 9f 9f 9f"}) {
    YZ_REQUIRE_ERROR(read_all(hex(bomb)), Errc::BadFormat);
  }
  YZ_REQUIRE_ERROR(read_all(hex("dd ff ff ff ff")), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(only_the_shortest_encoding_is_read_I3) {
  for (const char* longer :
       {"cc 05", "cd 00 ff", "ce 00 00 ff ff", "cf 00 00 00 00 ff ff ff ff", "d0 05", "d0 e0",
        "d1 ff 80", "d2 ff ff 80 00", "d3 ff ff ff ff 80 00 00 00", "d9 01 61", "da 00 01 61",
        "db 00 00 00 01 61", "c5 00 01 61", "c6 00 00 00 01 61", "dc 00 01 c0",
        "dd 00 00 00 01 c0"}) {
    YZ_REQUIRE_ERROR(read_all(hex(longer)), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_value_of_ours_is_refused) {
  for (const char* other : {"80", "81 a1 61 01", "ca 3f 80 00 00", "cb 3f f0 00 00 00 00 00 00",
                            "d4 01 00", "c7 01 01 00", "c1", "a1 ff", "a2 c0 80", "a3 ed a0 80",
                            "a4 f4 90 80 80", "a1 80", "", "92 01", "01 01", "c0 c0"}) {
    YZ_REQUIRE_ERROR(read_all(hex(other)), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(an_operation_is_limited_at_its_edge) {
  const std::size_t most = kOpBytesMax - op_overhead();
  BOOST_TEST(round(with_payload(most - 1)).has_value());
  BOOST_TEST(round(with_payload(most)).has_value());
  YZ_REQUIRE_ERROR(round(with_payload(most + 1)), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(a_change_is_limited_at_its_edge) {
  const auto with_bytes = [](std::size_t bytes) {
    Change big = with_payload(10'000);
    big.ops.push_back({big.dot(1), Opaque{4711, Bytes(10'000, 1)}});
    big.ops.push_back({big.dot(2), Opaque{4711, Bytes(1000, 1)}});
    auto& last = std::get<Opaque>(big.ops.back().body).payload;
    last.resize(1000 + bytes - encode_expanded(big).size());
    return big;
  };
  for (const std::size_t bytes : {kChangeBytesMax - 1, kChangeBytesMax}) {
    BOOST_REQUIRE(encode_expanded(with_bytes(bytes)).size() == bytes);
    BOOST_TEST(round(with_bytes(bytes)).has_value());
  }
  YZ_REQUIRE_ERROR(round(with_bytes(kChangeBytesMax + 1)), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(operations_and_blobs_of_a_change_are_limited_at_their_edges) {
  const auto with_ops = [](std::size_t count) {
    return change(1, 3, 1000, std::vector<Op>(count, {dot(1, 1), CntInc{1, 1}}));
  };
  BOOST_TEST(round(with_ops(kOpsPerChangeMax - 1)).has_value());
  BOOST_TEST(round(with_ops(kOpsPerChangeMax)).has_value());
  YZ_REQUIRE_ERROR(round(with_ops(kOpsPerChangeMax + 1)), Errc::LimitExceeded);
  const auto with_blobs = [](std::size_t count) {
    Change made = with_payload(1);
    made.blobs.resize(count, {dot(1, 3), {}, Bytes(20, 9)});
    return made;
  };
  BOOST_TEST(round(with_blobs(kBlobsPerChangeMax - 1)).has_value());
  BOOST_TEST(round(with_blobs(kBlobsPerChangeMax)).has_value());
  YZ_REQUIRE_ERROR(round(with_blobs(kBlobsPerChangeMax + 1)), Errc::LimitExceeded);
}

RC_BOOST_PROP(changes_come_back_as_written_and_have_one_encoding_I1,
              (const std::vector<std::uint32_t>& script)) {
  for (const std::vector<Change>& stream : wild_history(script)) {
    for (const Change& made : stream) {
      const Bytes bytes = encode_expanded(made);
      const auto back = decode_expanded(bytes, made.id);
      RC_ASSERT(back.has_value());
      RC_ASSERT(*back == made);
      RC_ASSERT(encode_expanded(*back) == bytes);
    }
  }
}

RC_BOOST_PROP(no_damage_gives_a_second_encoding_I1,
              (const std::vector<std::uint32_t>& script, std::size_t at, std::uint8_t flip)) {
  const History history = wild_history(script);
  const Change& made = history.front().front();
  Bytes bytes = encode_expanded(made);
  bytes[at % bytes.size()] ^= static_cast<std::uint8_t>(flip | 1U);
  const auto back = decode_expanded(bytes, made.id);
  if (back) RC_ASSERT(encode_expanded(*back) == bytes);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::crdt::test
