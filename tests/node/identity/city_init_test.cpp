#include "node/identity/city_init.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "tests/node/store/temp_folder.h"
#include "tests/sync/fixture.h"

namespace yizhan::node::test {
namespace {

constexpr WallMs kNow{1'790'000'000'000};

Bytes read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

BOOST_AUTO_TEST_SUITE(city_init_test)

BOOST_AUTO_TEST_CASE(a_city_has_a_hub_that_its_root_signed) {
  const TempFolder folder;
  sync::test::SeededEntropy entropy(1);
  const NodeFiles files(folder.path());
  const auto made = init_city(files, {*sync::Division::parse("1403"), "阳泉市"}, entropy, kNow);
  BOOST_REQUIRE(made.has_value());
  const auto identity = files.identity();
  BOOST_REQUIRE(identity.has_value());
  BOOST_TEST(sync::verify_root(identity->certificate, identity->root_public).has_value());
  BOOST_TEST((identity->certificate.role == sync::Role::Hub));
  BOOST_TEST(!identity->parent.has_value());

  const Bytes file = read_file(folder.path() / "root-key.yz");
  const auto city = open_city(file, made->root_code);
  BOOST_REQUIRE(city.has_value());
  BOOST_TEST((sync::SignKey(city->root.clone()).public_key() == identity->root_public));
  BOOST_TEST(files.recovery_key().value().has_value());

  const auto again = init_city(files, {*sync::Division::parse("1403"), "阳泉市"}, entropy, kNow);
  BOOST_REQUIRE(!again.has_value());
  BOOST_TEST((again.error().code == Errc::Busy));
  BOOST_TEST((files.identity()->certificate == identity->certificate));
}

struct Founded {
  TempFolder folder;
  sync::test::SeededEntropy entropy{3};
  NodeFiles files{folder.path() / "hub"};
  CityMade made = *init_city(files, {*sync::Division::parse("1403"), "阳泉市"}, entropy, kNow);
  Bytes file = read_file(folder.path() / "hub" / "root-key.yz");
};

BOOST_FIXTURE_TEST_CASE(its_file_makes_another_machine_the_hub, Founded) {
  const NodeFiles again(folder.path() / "again");
  const auto rebuilt = rebuild_hub(again, *open_city(file, made.root_code), entropy, kNow);
  BOOST_REQUIRE(rebuilt.has_value());
  const auto identity = again.identity();
  BOOST_REQUIRE(identity.has_value());
  BOOST_TEST((identity->certificate == made.hub.certificate));
  BOOST_TEST((identity->root_public == made.hub.root_public));
  BOOST_TEST(identity->name == "阳泉市");
  BOOST_TEST(identity->epoch.counter == made.hub.epoch.counter + 1);
  BOOST_TEST((identity->epoch.nonce != made.hub.epoch.nonce));
  BOOST_TEST((identity->reopened == kNow));
  BOOST_TEST((files.identity()->reopened == WallMs{}));
  const auto keys = again.keys();
  BOOST_TEST((keys->secrets.sign.public_key() == identity->certificate.sign_key));
  BOOST_TEST((sync::x25519_public(keys->secrets.curve) == identity->certificate.curve_key));
  BOOST_TEST((sync::x25519_public(keys->secrets.box) == identity->certificate.box_key));
  BOOST_TEST((keys->pepper.bytes == files.keys()->pepper.bytes));
  BOOST_TEST(rebuilt->recovery_code != made.recovery_code);
  BOOST_TEST(rebuilt->root_code.empty());
  BOOST_TEST(!std::filesystem::exists(folder.path() / "again" / "root-key.yz"));
}

BOOST_FIXTURE_TEST_CASE(a_rebuilding_that_was_cut_short_is_run_again, Founded) {
  const NodeFiles again(folder.path() / "again");
  BOOST_REQUIRE(again.save_keys(open_city(file, made.root_code)->hub).has_value());
  BOOST_TEST(rebuild_hub(again, *open_city(file, made.root_code), entropy, kNow).has_value());
  BOOST_TEST(again.enrolled());
}

BOOST_FIXTURE_TEST_CASE(a_folder_with_another_node_is_left_alone, Founded) {
  const auto refused = rebuild_hub(files, *open_city(file, made.root_code), entropy, kNow);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == Errc::Busy));
  BOOST_TEST((files.identity()->epoch == made.hub.epoch));

  const NodeFiles joining(folder.path() / "joining");
  BOOST_REQUIRE(joining.save_keys(make_node_keys(entropy)).has_value());
  BOOST_TEST(!rebuild_hub(joining, *open_city(file, made.root_code), entropy, kNow).has_value());
  BOOST_TEST(!joining.enrolled());
}

BOOST_FIXTURE_TEST_CASE(no_other_file_or_code_opens, Founded) {
  const auto wrong = [&](const Bytes& bytes, const std::string& code) {
    const auto opened = open_city(bytes, code);
    BOOST_REQUIRE(!opened.has_value());
    BOOST_TEST(opened.error().field == "city");
    return opened.error().code;
  };
  BOOST_TEST((wrong(file, "aaaa-aaaa-aaaa-aaaa") == Errc::BadSignature));
  BOOST_TEST((wrong(file, "") == Errc::BadSignature));
  const std::size_t head = 8 + 16 + 24;  // mark, salt, nonce
  for (const std::size_t at : {std::size_t{8}, std::size_t{30}, head, file.size() - 1}) {
    Bytes damaged = file;
    damaged[at] ^= 1;
    BOOST_TEST((wrong(damaged, made.root_code) == Errc::BadSignature));
  }
  Bytes other = file;
  other[0] ^= 1;
  BOOST_TEST((wrong(other, made.root_code) == Errc::BadFormat));
  Bytes longer = file;
  longer.push_back(0);
  BOOST_TEST((wrong(longer, made.root_code) == Errc::BadSignature));
  BOOST_TEST((wrong(Bytes(file.begin(), file.end() - 1), made.root_code) == Errc::BadSignature));
  BOOST_TEST((wrong(Bytes(file.begin(), file.begin() + 64), made.root_code) == Errc::BadFormat));
  BOOST_TEST((wrong({}, made.root_code) == Errc::BadFormat));
  BOOST_TEST((wrong(Bytes(65 * 1024, 7), made.root_code) == Errc::BadFormat));
}

BOOST_AUTO_TEST_CASE(a_city_needs_a_name_and_a_division_of_its_own) {
  const TempFolder folder;
  sync::test::SeededEntropy entropy(2);
  const NodeFiles files(folder.path() / "hub");
  const auto field = [&](const char* division, const std::string& name) {
    const auto made = init_city(files, {*sync::Division::parse(division), name}, entropy, kNow);
    return made ? "accepted" : made.error().field;
  };
  BOOST_TEST(field("1403/140311", "郊区") == "division");
  BOOST_TEST(field("1403", "") == "name");
  BOOST_TEST(field("1403", std::string(257, 'x')) == "name");
  BOOST_TEST(!std::filesystem::exists(folder.path() / "hub"));
  BOOST_TEST(field("1403", std::string(256, 'x')) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
