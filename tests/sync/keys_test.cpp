#include "sync/keys.h"

#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

BOOST_AUTO_TEST_SUITE(keys_test)

BOOST_AUTO_TEST_CASE(signatures_are_libsodiums_and_bind_key_and_message) {
  const SignKey key(secret(1));
  const Bytes message{1, 2, 3};
  const Signature signature = key.sign(message);
  std::uint8_t public_key[32], expanded[64];
  crypto_sign_seed_keypair(public_key, expanded, secret(1).bytes().data());
  BOOST_TEST(equal(public_key, key.public_key()));
  Signature expected;
  crypto_sign_detached(expected.data(), nullptr, message.data(), message.size(), expanded);
  BOOST_TEST(equal(expected, signature));

  BOOST_TEST(verify(key.public_key(), message, signature));
  BOOST_TEST(!verify(key.public_key(), Bytes{1, 2, 4}, signature));
  BOOST_TEST(!verify(SignKey(secret(2)).public_key(), message, signature));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    Signature damaged = signature;
    damaged[at] ^= 0x20;
    BOOST_REQUIRE(!verify(key.public_key(), message, damaged));
  }
}

BOOST_AUTO_TEST_CASE(libsodium_opens_our_box_and_we_open_libsodiums) {
  const Secret32 reader = secret(3);
  const Key32 to = x25519_public(reader);
  const Bytes plain{9, 8, 7, 6};
  SeededEntropy entropy(4);
  const Bytes box = seal_box(to, plain, entropy);
  BOOST_REQUIRE_EQUAL(box.size(), plain.size() + crypto_box_SEALBYTES);
  Bytes opened(plain.size());
  BOOST_TEST(crypto_box_seal_open(opened.data(), box.data(), box.size(), to.data(),
                                  reader.bytes().data()) == 0);
  BOOST_TEST(opened == plain);
  BOOST_TEST(open_box(reader, box).value() == plain);

  Bytes theirs(plain.size() + crypto_box_SEALBYTES);
  crypto_box_seal(theirs.data(), plain.data(), plain.size(), to.data());
  BOOST_TEST(open_box(reader, theirs).value() == plain);
}

BOOST_AUTO_TEST_CASE(a_box_is_a_function_of_its_entropy) {
  const Key32 to = x25519_public(secret(3));
  SeededEntropy first(4), again(4), other(5);
  const Bytes box = seal_box(to, Bytes{1}, first);
  BOOST_TEST(box == seal_box(to, Bytes{1}, again));
  BOOST_TEST(box != seal_box(to, Bytes{1}, other));
  BOOST_TEST(box != seal_box(to, Bytes{1}, first));
}

BOOST_AUTO_TEST_CASE(a_damaged_box_or_another_reader_opens_nothing) {
  SeededEntropy entropy(4);
  const Bytes box = seal_box(x25519_public(secret(3)), Bytes{1, 2, 3}, entropy);
  YZ_REQUIRE_ERROR(open_box(secret(9), box), Errc::BadSignature);
  YZ_REQUIRE_ERROR(open_box(secret(3), Bytes(47)), Errc::BadFormat);
  for_each_damage(
      box, [](const Bytes& damaged) { BOOST_REQUIRE(!open_box(secret(3), damaged).has_value()); });
}

BOOST_AUTO_TEST_CASE(unusable_keys_are_known_and_sealed_to_nobody) {
  SeededEntropy entropy(1);
  BOOST_TEST(usable_x25519(x25519_public(secret(1))));
  Key32 one{};
  one[0] = 1;
  for (const Key32& key : {Key32{}, one}) {
    BOOST_TEST(!usable_x25519(key));
    BOOST_TEST(seal_box(key, Bytes{1}, entropy).empty());
  }
}

BOOST_AUTO_TEST_CASE(secrets_move_and_leave_nothing_behind) {
  Secret32 from = secret(1);
  const Secret32 to = std::move(from);
  BOOST_TEST(equal(to.view(), secret(1).view()));
  BOOST_TEST(equal(from.view(), Key32{}));  // NOLINT(bugprone-use-after-move): that is the claim
  SeededEntropy a(1), b(1);
  const NodeSecrets secrets = make_node_secrets(a);
  BOOST_TEST(equal(secrets.box.view(), make_node_secrets(b).box.view()));
  BOOST_TEST(!equal(secrets.box.view(), secrets.curve.view()));
  BOOST_TEST(!equal(secrets.sign.seed().view(), secrets.curve.view()));
}

BOOST_AUTO_TEST_CASE(names_of_nodes_and_networks_never_coincide) {
  const Key32 key = SignKey(secret(1)).public_key();
  BOOST_TEST(!equal(view(node_id(key)), view(network_id(key))));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
