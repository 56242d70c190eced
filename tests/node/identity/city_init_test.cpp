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
  const auto root = open_root(file, made->root_code);
  BOOST_REQUIRE(root.has_value());
  BOOST_TEST((sync::SignKey(root->clone()).public_key() == identity->root_public));
  BOOST_TEST(files.recovery_key().value().has_value());
  BOOST_TEST((open_root(file, "aaaa-aaaa-aaaa-aaaa").error().code == Errc::BadSignature));
  Bytes damaged = file;
  damaged.back() ^= 1;
  BOOST_TEST(!open_root(damaged, made->root_code).has_value());

  const auto again = init_city(files, {*sync::Division::parse("1403"), "阳泉市"}, entropy, kNow);
  BOOST_REQUIRE(!again.has_value());
  BOOST_TEST((again.error().code == Errc::Busy));
  BOOST_TEST((files.identity()->certificate == identity->certificate));
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
