#include "sync/message.h"

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"
#include "tests/sync/samples.h"

namespace yizhan::sync {
using namespace test;

BOOST_AUTO_TEST_SUITE(message_test)

BOOST_AUTO_TEST_CASE(every_message_comes_back_as_written_I1) {
  for (const auto& [name, message] : sample_messages()) {
    const Bytes bytes = encode(message);
    const Result<Message> decoded = decode_message(bytes);
    BOOST_REQUIRE_MESSAGE(decoded.has_value(), name);
    BOOST_TEST((*decoded == message), name);
    BOOST_TEST(encode(*decoded) == bytes, name);
  }
}

BOOST_AUTO_TEST_CASE(no_message_has_a_second_encoding_I1) {
  for (const auto& [name, message] : sample_messages()) {
    const Message& original = message;
    for_each_damage(encode(message), [&](const Bytes& damaged) {
      const Result<Message> decoded = decode_message(damaged);
      if (!decoded) return;
      BOOST_REQUIRE(*decoded != original);
      BOOST_REQUIRE(encode(*decoded) == damaged);
    });
  }
}

BOOST_AUTO_TEST_CASE(the_largest_hello_has_at_most_200_bytes_I2) {
  Hello hello;
  hello.network = {bytes_of<16>(1)};
  hello.node = {bytes_of<16>(2)};
  hello.answer = true;
  hello.log_instance = hello.arrivals = UINT64_MAX;
  hello.now = WallMs{INT64_MIN};
  BOOST_TEST(encode(hello).size() <= 200U);
  BOOST_TEST_MESSAGE("largest HELLO: " << encode(hello).size() << " bytes");
}

BOOST_AUTO_TEST_CASE(no_damage_leaves_a_hello_or_proof_that_verifies) {
  const Key32 dialer = bytes_of<32>(1), binder = bytes_of<32>(2);
  const SignKey key(secret(3));
  const Hello hello = sample_hello();
  BOOST_TEST(verify(key.public_key(), hello_signed_bytes(hello, dialer, binder), hello.signature));
  BOOST_TEST(!verify(key.public_key(), hello_signed_bytes(hello, binder, dialer), hello.signature));
  for_each_damage(encode(hello), [&](const Bytes& damaged) {
    const Result<Message> decoded = decode_message(damaged);
    if (!decoded || !std::holds_alternative<Hello>(*decoded)) return;
    const Hello& other = std::get<Hello>(*decoded);
    BOOST_REQUIRE(
        !verify(key.public_key(), hello_signed_bytes(other, dialer, binder), other.signature));
  });
  const Signature proof = key.sign(proof_signed_bytes(hello.node, hello.nonce, dialer, binder));
  BOOST_TEST(
      verify(key.public_key(), proof_signed_bytes(hello.node, hello.nonce, dialer, binder), proof));
  BOOST_TEST(!verify(key.public_key(),
                     proof_signed_bytes(hello.node, hello.peer_nonce, dialer, binder), proof));
  BOOST_TEST(!verify(key.public_key(), proof_signed_bytes(hello.node, hello.nonce, binder, dialer),
                     proof));
}

BOOST_AUTO_TEST_CASE(sets_travel_sorted_I3) {
  const VectorEntry a{stream(1), 1, {}}, b{stream(2), 2, {}};
  BOOST_TEST(encode(Ack{{b, a}}) == encode(Ack{{a, b}}));
  const Bytes sorted = encode(Ack{{a, b}});
  Bytes swapped = sorted;
  std::swap_ranges(swapped.begin() + 3, swapped.begin() + 3 + 29, swapped.begin() + 3 + 29);
  BOOST_REQUIRE(swapped != sorted);
  YZ_REQUIRE_ERROR(decode_message(swapped), Errc::BadFormat);
  const ScopeState low{scope("1403#biz"), {}, {}}, high{scope("1404#biz"), {}, {}};
  BOOST_TEST(encode(Scopes{true, 1, 2, {high, low}}) == encode(Scopes{true, 1, 2, {low, high}}));
}

BOOST_AUTO_TEST_CASE(lists_are_limited_at_their_edges) {
  const auto entries = [](std::size_t count) {
    std::vector<VectorEntry> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({StreamId{bytes_of<16>(i)}, 1, {}});
    return out;
  };
  constexpr std::size_t kMost = kVectorEntriesPerMessage;
  for (const std::size_t count : {kMost - 1, kMost}) {
    BOOST_TEST(decode_message(encode(Ack{entries(count)})).has_value());
    BOOST_TEST(decode_message(encode(Vector{scope("1403#biz"), entries(count)})).has_value());
  }
  YZ_REQUIRE_ERROR(decode_message(encode(Ack{entries(kMost + 1)})), Errc::LimitExceeded);
  YZ_REQUIRE_ERROR(decode_message(encode(Vector{scope("1403#biz"), entries(kMost + 1)})),
                   Errc::LimitExceeded);

  const auto rows = [](std::size_t count) {
    KeyRows message;
    Bytes wrapped(57);
    for (std::uint32_t i = 0; i < count; ++i) {
      message.rows.push_back({{stream(1), i + 1, 0}, scope("1403#biz"), 1, wrapped});
    }
    return decode_message(encode(message)).has_value();
  };
  BOOST_TEST((rows(kKeyRowsPerMessage - 1) && rows(kKeyRowsPerMessage)));
  BOOST_TEST(!rows(kKeyRowsPerMessage + 1));

  const auto scopes = [](std::size_t count) {
    Scopes message;
    for (std::size_t i = 0; i < count; ++i) {
      message.scopes.push_back({scope(std::to_string(100'000 + i) + "#biz"), {}, {}});
    }
    return decode_message(encode(message)).has_value();
  };
  BOOST_TEST((scopes(kScopesPerMessage - 1) && scopes(kScopesPerMessage)));
  BOOST_TEST(!scopes(kScopesPerMessage + 1));

  const Bytes most = encode(SegmentMessage{Bytes(kObjectBytesMax - 7)});
  BOOST_REQUIRE_EQUAL(most.size(), kObjectBytesMax);
  BOOST_TEST(decode_message(most).has_value());
  YZ_REQUIRE_ERROR(decode_message(encode(SegmentMessage{Bytes(kObjectBytesMax - 6)})),
                   Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(unknown_messages_and_versions_are_told_apart_from_damage) {
  Hello hello = sample_hello();
  hello.version = kWireVersion + 1;
  YZ_REQUIRE_ERROR(decode_message(encode(hello)), Errc::UnknownVersion);
  YZ_REQUIRE_ERROR(decode_message(Bytes{0x92, 99, 0}), Errc::UnknownVersion);
  YZ_REQUIRE_ERROR(decode_message(Bytes{0x92, 0, 0}), Errc::UnknownVersion);
  YZ_REQUIRE_ERROR(decode_message(Bytes{}), Errc::BadFormat);
  YZ_REQUIRE_ERROR(decode_message(Bytes{0xc0}), Errc::BadFormat);
  Bytes trailing = encode(Done{1, 2});
  trailing.push_back(0);
  YZ_REQUIRE_ERROR(decode_message(trailing), Errc::BadFormat);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
