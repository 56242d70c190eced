#include "sync/receipt.h"

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

Receipt sample(std::size_t entries = 3) {
  Receipt receipt;
  receipt.hub = node_id(SignKey(secret(8)).public_key());
  receipt.log_instance = 0x1122334455667788;
  receipt.scope = scope("1403/140311/140311100#biz");
  receipt.issued = {77'000'000};
  for (std::size_t i = 0; i < entries; ++i) {
    receipt.entries.push_back({StreamId{bytes_of<16>(i)}, i + 1, bytes_of<8>(i)});
  }
  std::sort(receipt.entries.begin(), receipt.entries.end());
  sign(receipt, SignKey(secret(8)));
  return receipt;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(receipt_test)

BOOST_AUTO_TEST_CASE(a_receipt_verifies_under_its_hub_only) {
  const Receipt receipt = sample();
  BOOST_TEST(verify_receipt(receipt, SignKey(secret(8)).public_key()).has_value());
  YZ_REQUIRE_ERROR(verify_receipt(receipt, SignKey(secret(9)).public_key()), Errc::BadSignature);
  Receipt forged = receipt;
  sign(forged, SignKey(secret(9)));
  YZ_REQUIRE_ERROR(verify_receipt(forged, SignKey(secret(8)).public_key()), Errc::BadSignature);
  YZ_REQUIRE_ERROR(verify_receipt(forged, SignKey(secret(9)).public_key()), Errc::BadSignature);
}

BOOST_AUTO_TEST_CASE(no_damage_leaves_a_receipt_that_verifies) {
  const Bytes bytes = encode(sample());
  BOOST_TEST((decode_receipt(bytes).value() == sample()));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const Result<Receipt> decoded = decode_receipt(damaged);
    if (!decoded) return;
    BOOST_REQUIRE(!verify_receipt(*decoded, SignKey(secret(8)).public_key()).has_value());
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(it_covers_the_streams_it_names_and_no_other) {
  const Receipt receipt = sample();
  for (const VectorEntry& entry : receipt.entries)
    BOOST_TEST(receipt.seq(entry.stream) == entry.seq);
  BOOST_TEST(receipt.seq(stream(200)) == 0U);
  BOOST_TEST(Receipt{}.seq(stream(200)) == 0U);
}

BOOST_AUTO_TEST_CASE(entries_are_limited_at_their_edges) {
  BOOST_TEST(decode_receipt(encode(sample(kReceiptEntriesMax - 1))).has_value());
  BOOST_TEST(decode_receipt(encode(sample(kReceiptEntriesMax))).has_value());
  YZ_REQUIRE_ERROR(decode_receipt(encode(sample(kReceiptEntriesMax + 1))), Errc::LimitExceeded);
  BOOST_TEST(encode(sample(kReceiptEntriesMax)).size() < kObjectBytesMax);
  YZ_REQUIRE_ERROR(decode_receipt(Bytes(kObjectBytesMax + 1)), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
