#include "sync/keyring.h"

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

const crdt::Dot kKey{stream(3), 7, 0};
const crdt::ChangeId kAt{stream(3), 9};
const std::vector<std::string> kFields{"张三", "140399199001011234", ""};
constexpr std::array<std::uint8_t, 8> kSalt{1, 2, 3, 4, 5, 6, 7, 8};

ScopeKeyInfo reader(std::uint64_t seed = 40) {
  return {scope("1403/140311#biz"), 2, x25519_public(secret(seed)), secret(seed)};
}
ScopeKeyInfo writer(std::uint64_t seed = 40) {
  return {scope("1403/140311#biz"), 2, x25519_public(secret(seed)), std::nullopt};
}
KeyRow row_by(const ScopeKeyInfo& info, std::uint64_t seed = 1) {
  SeededEntropy entropy(seed);
  return {kKey, info.scope, info.generation, wrap_data_key(secret(60), kKey, info, entropy)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(keyring_test)

BOOST_AUTO_TEST_CASE(readers_open_what_readers_and_writers_wrapped) {
  for (const bool by_writer : {false, true}) {
    const KeyRow row = row_by(by_writer ? writer() : reader());
    BOOST_TEST(equal(unwrap_data_key(row, reader()).value().view(), secret(60).view()));
    YZ_REQUIRE_ERROR(unwrap_data_key(row, writer()), Errc::BadSignature);
    YZ_REQUIRE_ERROR(unwrap_data_key(row, reader(41)), Errc::BadSignature);
  }
}

BOOST_AUTO_TEST_CASE(a_wrapped_key_opens_only_at_its_place_I3) {
  for (const bool by_writer : {false, true}) {
    const KeyRow row = row_by(by_writer ? writer() : reader());
    KeyRow moved = row;
    moved.key.op = 1;
    YZ_REQUIRE_ERROR(unwrap_data_key(moved, reader()), Errc::BadSignature);
    ScopeKeyInfo other = reader();
    moved = row;
    moved.generation = other.generation = 3;
    YZ_REQUIRE_ERROR(unwrap_data_key(moved, other), Errc::BadSignature);
    other = reader();
    moved = row;
    moved.scope = other.scope = scope("1403/140311#ref");
    YZ_REQUIRE_ERROR(unwrap_data_key(moved, other), Errc::BadSignature);
    moved = row;
    for (std::size_t at = 0; at < row.wrapped.size(); ++at) {
      moved.wrapped[at] ^= 1;
      BOOST_REQUIRE(!unwrap_data_key(moved, reader()).has_value());
      moved.wrapped[at] ^= 1;
    }
  }
}

BOOST_AUTO_TEST_CASE(an_unusable_scope_key_gives_a_row_that_nobody_opens) {
  ScopeKeyInfo info = writer();
  info.public_key = {};
  const KeyRow row = row_by(info);
  BOOST_TEST((decode_key_row(encode(row)).value() == row));
  BOOST_TEST(!unwrap_data_key(row, reader()).has_value());
}

BOOST_AUTO_TEST_CASE(key_rows_come_back_as_written_and_damage_opens_nothing) {
  for (const bool by_writer : {false, true}) {
    const KeyRow row = row_by(by_writer ? writer() : reader());
    const Bytes bytes = encode(row);
    BOOST_TEST((decode_key_row(bytes).value() == row));
    for_each_damage(bytes, [&](const Bytes& damaged) {
      const Result<KeyRow> decoded = decode_key_row(damaged);
      if (!decoded) return;
      BOOST_REQUIRE(encode(*decoded) == damaged);
      ScopeKeyInfo info = reader();
      info.scope = decoded->scope;
      info.generation = decoded->generation;
      BOOST_REQUIRE(!unwrap_data_key(*decoded, info).has_value());
    });
  }
}

BOOST_AUTO_TEST_CASE(personal_fields_open_at_their_change_and_number_only_I2) {
  const crdt::SealedBlob blob = seal_personal(secret(60), kKey, kAt, 1, kFields, kSalt);
  BOOST_TEST((open_personal(secret(60), blob, kAt, 1).value() == kFields));
  YZ_REQUIRE_ERROR(open_personal(secret(60), blob, kAt, 0), Errc::BadSignature);
  YZ_REQUIRE_ERROR(open_personal(secret(60), blob, {kAt.stream, 10}, 1), Errc::BadSignature);
  YZ_REQUIRE_ERROR(open_personal(secret(60), blob, {stream(4), 9}, 1), Errc::BadSignature);
  YZ_REQUIRE_ERROR(open_personal(secret(61), blob, kAt, 1), Errc::BadSignature);
  crdt::SealedBlob damaged = blob;
  damaged.salt[0] ^= 1;
  YZ_REQUIRE_ERROR(open_personal(secret(60), damaged, kAt, 1), Errc::BadSignature);
  for (std::size_t at = 0; at < blob.ciphertext.size(); ++at) {
    damaged = blob;
    damaged.ciphertext[at] ^= 4;
    BOOST_REQUIRE(!open_personal(secret(60), damaged, kAt, 1).has_value());
    damaged.ciphertext = Bytes(at);
    BOOST_REQUIRE(!open_personal(secret(60), damaged, kAt, 1).has_value());
  }
}

// A clone writes other fields at the same dot: with one nonce, the difference of the ciphertexts
// would be the difference of the texts.
BOOST_AUTO_TEST_CASE(clones_at_one_dot_share_no_nonce_I1) {
  const std::array<std::uint8_t, 8> other_salt{8, 7};
  const Bytes a = seal_personal(secret(60), kKey, kAt, 0, kFields, kSalt).ciphertext;
  const Bytes same = seal_personal(secret(60), kKey, kAt, 0, kFields, kSalt).ciphertext;
  const Bytes b = seal_personal(secret(60), kKey, kAt, 0, kFields, other_salt).ciphertext;
  BOOST_TEST(a == same);
  std::size_t equal_bytes = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal_bytes += a[i] == b[i] ? 1 : 0;
  BOOST_TEST(equal_bytes < a.size() / 4);
}

BOOST_AUTO_TEST_CASE(wraps_of_one_key_differ_by_their_salt) {
  BOOST_TEST(row_by(reader(), 1).wrapped != row_by(reader(), 2).wrapped);
  BOOST_TEST(row_by(writer(), 1).wrapped != row_by(writer(), 2).wrapped);
  BOOST_TEST(row_by(reader(), 1).wrapped == row_by(reader(), 1).wrapped);
}

BOOST_AUTO_TEST_CASE(personal_fields_are_limited_at_their_edges) {
  const auto fits = [](std::size_t count, std::size_t bytes) {
    std::vector<std::string> fields(count);
    if (count > 0) fields[0] = std::string(bytes, 'x');
    return personal_fits(fields).has_value();
  };
  BOOST_TEST(!fits(0, 0));
  BOOST_TEST((fits(1, 0) && fits(kPersonalFieldsMax - 1, 9) && fits(kPersonalFieldsMax, 9)));
  BOOST_TEST(!fits(kPersonalFieldsMax + 1, 9));
  BOOST_TEST((fits(2, kPersonalBytesMax - 1) && fits(2, kPersonalBytesMax)));
  BOOST_TEST(!fits(2, kPersonalBytesMax + 1));
  const std::vector<std::string> most{std::string(kPersonalBytesMax, 'x')};
  const crdt::SealedBlob blob = seal_personal(secret(60), kKey, kAt, 0, most, kSalt);
  BOOST_TEST((open_personal(secret(60), blob, kAt, 0).value() == most));
}

BOOST_AUTO_TEST_CASE(scope_keys_come_back_as_written_and_stay_sorted) {
  SeededEntropy entropy(5);
  ScopeKeyOp op{scope("1403/140311#biz"), 1, x25519_public(secret(40)), {}};
  op.boxes = {
      {NodeId{bytes_of<16>(1)}, seal_box(x25519_public(secret(1)), secret(40).view(), entropy)},
      {NodeId{bytes_of<16>(2)}, seal_box(x25519_public(secret(2)), secret(40).view(), entropy)}};
  std::sort(op.boxes.begin(), op.boxes.end());
  const Bytes bytes = encode(op);
  BOOST_TEST((decode_scope_key(bytes).value() == op));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const Result<ScopeKeyOp> decoded = decode_scope_key(damaged);
    if (!decoded) return;
    BOOST_REQUIRE(*decoded != op);
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
  std::swap(op.boxes[0], op.boxes[1]);
  YZ_REQUIRE_ERROR(decode_scope_key(encode(op)), Errc::BadFormat);
  op.boxes[0] = op.boxes[1];
  YZ_REQUIRE_ERROR(decode_scope_key(encode(op)), Errc::BadFormat);
  op.boxes.clear();
  op.public_key = {};
  YZ_REQUIRE_ERROR(decode_scope_key(encode(op)), Errc::BadFormat);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
