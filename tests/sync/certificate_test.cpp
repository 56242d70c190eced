#include "sync/certificate.h"

#include <boost/test/unit_test.hpp>

#include "crdt/codec/writer.h"
#include "sync/limits.h"
#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

constexpr std::uint8_t kBiz = class_bit(ScopeClass::Biz);

struct Town {
  City city = make_city();
  Certificate station = city.station.certificate;
  const Certificate& district() const { return city.district.certificate; }
  // The station's certificate as changed, signed by the district.
  Result<void> verdict() {
    sign(station, city.district.secrets.sign);
    return verify_issued(station, district());
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(certificate_test)

BOOST_AUTO_TEST_CASE(a_chain_from_the_root_verifies) {
  const City city = make_city();
  BOOST_TEST(verify_root(city.hub.certificate, city.root.public_key()).has_value());
  BOOST_TEST(verify_issued(city.district.certificate, city.hub.certificate).has_value());
  BOOST_TEST(verify_issued(city.station.certificate, city.district.certificate).has_value());
  const Member direct =
      make_member(city, Role::Station, division("1403/140302/140302001"), 50, &city.hub);
  BOOST_TEST(verify_issued(direct.certificate, city.hub.certificate).has_value());
}

BOOST_AUTO_TEST_CASE(certificates_come_back_as_written_I2) {
  const City city = make_city();
  for (const Member* member : {&city.hub, &city.district, &city.station}) {
    const Bytes bytes = encode(member->certificate);
    BOOST_TEST((decode_certificate(bytes).value() == member->certificate));
    BOOST_TEST(encode(decode_certificate(bytes).value()) == bytes);
  }
}

BOOST_AUTO_TEST_CASE(no_damage_leaves_a_certificate_that_verifies) {
  const City city = make_city();
  for_each_damage(encode(city.station.certificate), [&](const Bytes& damaged) {
    const Result<Certificate> decoded = decode_certificate(damaged);
    if (!decoded) return;
    BOOST_REQUIRE(!verify_issued(*decoded, city.district.certificate).has_value());
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(a_subject_may_only_be_narrower_I1) {
  BOOST_TEST(Town().verdict().has_value());

  Town home;
  home.station.home = division("1403/140302/140302001");
  YZ_REQUIRE_ERROR(home.verdict(), Errc::OutOfScope);
  Town prefix;
  prefix.station.home = division("1403/1403111");
  YZ_REQUIRE_ERROR(prefix.verdict(), Errc::OutOfScope);
  Town peer;
  peer.station.role = Role::District;
  YZ_REQUIRE_ERROR(peer.verdict(), Errc::OutOfScope);
  Town above;
  above.station.role = Role::Hub;
  YZ_REQUIRE_ERROR(above.verdict(), Errc::OutOfScope);
  Town network;
  network.station.network.value[0] ^= 1;
  YZ_REQUIRE_ERROR(network.verdict(), Errc::OutOfScope);
  Town issuer;
  issuer.station.issuer = issuer.city.hub.certificate.node();
  YZ_REQUIRE_ERROR(issuer.verdict(), Errc::OutOfScope);
}

BOOST_AUTO_TEST_CASE(every_grant_must_reach_the_issuer_itself_I1) {
  for (auto list : {&Certificate::read, &Certificate::write, &Certificate::carry}) {
    Town outside;
    (outside.station.*list).push_back({division("1403/140302"), false, kBiz});
    YZ_REQUIRE_ERROR(outside.verdict(), Errc::OutOfScope);
    Town above;
    (above.station.*list).push_back({division("1403"), false, kBiz});
    YZ_REQUIRE_ERROR(above.verdict(), Errc::OutOfScope);
    Town neighbour;
    (neighbour.station.*list).push_back({division("1403/140311/140311101"), false, kBiz});
    BOOST_TEST(neighbour.verdict().has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_district_that_only_carries_may_certify_stations_that_read) {
  const City city = make_city();
  Member carrier = make_member(city, Role::District, division("1403/140302"), 60, &city.hub);
  const Certificate grants = standard_certificate(Role::District, division("1403/140302"), true);
  carrier.certificate.read = grants.read;
  carrier.certificate.carry = grants.carry;
  sign(carrier.certificate, city.hub.secrets.sign);
  BOOST_TEST(verify_issued(carrier.certificate, city.hub.certificate).has_value());
  const Member station =
      make_member(city, Role::Station, division("1403/140302/140302001"), 61, &carrier);
  BOOST_TEST(verify_issued(station.certificate, carrier.certificate).has_value());
}

BOOST_AUTO_TEST_CASE(grants_cover_by_division_and_class) {
  const Grant tree{division("1403/140311"), true, kBiz};
  const Grant flat{division("1403/140311"), false, kAllClasses};
  BOOST_TEST(tree.covers(scope("1403/140311#biz")));
  BOOST_TEST(tree.covers(scope("1403/140311/140311100#biz")));
  BOOST_TEST(!tree.covers(scope("1403/140311#ref")));
  BOOST_TEST(!tree.covers(scope("1403#biz")));
  BOOST_TEST(flat.covers(scope("1403/140311#auth")));
  BOOST_TEST(!flat.covers(scope("1403/140311/140311100#biz")));

  BOOST_TEST(tree.covers(Grant{division("1403/140311/140311100"), true, kBiz}));
  BOOST_TEST(tree.covers(Grant{division("1403/140311"), false, kBiz}));
  BOOST_TEST(!tree.covers(flat));
  BOOST_TEST(!flat.covers(tree));
  BOOST_TEST(flat.covers(flat));
  BOOST_TEST(!flat.covers(Grant{division("1403/140311"), true, kAllClasses}));
}

BOOST_AUTO_TEST_CASE(standard_grants_say_who_replicates_what) {
  const Division home = division("1403/140311/140311100");
  const Certificate station = standard_certificate(Role::Station, home);
  BOOST_TEST(station.slot_owner);
  for (const char* name : {"1403/140311/140311100#biz", "1403/140311/140311100#auth",
                           "1403/140311#ref", "1403#auth"}) {
    BOOST_TEST(station.replicates(scope(name)), name);
  }
  for (const char* name : {"1403/140311#biz", "1403#biz", "1403/140311/140311101#biz",
                           "1403/140311/140311101#ref", "1403/140302#auth"}) {
    BOOST_TEST(!station.replicates(scope(name)), name);
  }
  BOOST_TEST(station.may_write(scope("1403/140311/140311100#ref")));
  BOOST_TEST(!station.may_write(scope("1403/140311/140311100#auth")));
  BOOST_TEST(!station.may_write(scope("1403/140311#biz")));

  const Certificate reader = standard_certificate(Role::District, division("1403/140311"));
  const Certificate carrier = standard_certificate(Role::District, division("1403/140311"), true);
  const Scope below = scope("1403/140311/140311100#biz");
  BOOST_TEST((reader.replicates(below) && carrier.replicates(below)));
  BOOST_TEST((reader.may_read(below) && !carrier.may_read(below)));
  BOOST_TEST(carrier.may_read(scope("1403/140311#biz")));
  BOOST_TEST(!reader.may_write(below));
  BOOST_TEST(reader.replicates(scope("1403#ref")));
  BOOST_TEST(!reader.replicates(scope("1403#biz")));

  const Certificate hub = standard_certificate(Role::Hub, division("1403"));
  BOOST_TEST((hub.may_write(below) && hub.may_read(below) && hub.replicates(below)));
  BOOST_TEST(!hub.replicates(scope("1404#biz")));
}

BOOST_AUTO_TEST_CASE(the_root_certifies_hubs_of_its_network_only) {
  const City city = make_city();
  const City other = make_city(2);
  YZ_REQUIRE_ERROR(verify_root(city.hub.certificate, other.root.public_key()), Errc::OutOfScope);
  YZ_REQUIRE_ERROR(verify_root(city.district.certificate, city.root.public_key()),
                   Errc::OutOfScope);
  Certificate station = city.station.certificate;
  station.issuer = {};
  sign(station, city.root);
  YZ_REQUIRE_ERROR(verify_root(station, city.root.public_key()), Errc::OutOfScope);
  Certificate forged = city.hub.certificate;
  sign(forged, other.root);
  YZ_REQUIRE_ERROR(verify_root(forged, city.root.public_key()), Errc::BadSignature);
}

BOOST_AUTO_TEST_CASE(unusable_keys_and_other_suites_are_refused) {
  Town zero_curve;
  zero_curve.station.curve_key = {};
  YZ_REQUIRE_ERROR(zero_curve.verdict(), Errc::BadFormat);
  Town zero_box;
  zero_box.station.box_key = {};
  YZ_REQUIRE_ERROR(zero_box.verdict(), Errc::BadFormat);
  Town suite;
  suite.station.suite = 2;
  YZ_REQUIRE_ERROR(suite.verdict(), Errc::UnknownVersion);
  YZ_REQUIRE_ERROR(decode_certificate(encode(suite.station)), Errc::UnknownVersion);
}

BOOST_AUTO_TEST_CASE(one_value_has_one_encoding) {
  Certificate station = make_city().station.certificate;
  station.read = {{division("1403/140311/140311100"), false, kBiz},
                  {division("1403/140311"), false, kBiz}};
  YZ_REQUIRE_ERROR(decode_certificate(encode(station)), Errc::BadFormat);
  station.read = {station.read[0], station.read[0]};
  YZ_REQUIRE_ERROR(decode_certificate(encode(station)), Errc::BadFormat);
  station.read = {{division("1403"), false, 0}};
  YZ_REQUIRE_ERROR(decode_certificate(encode(station)), Errc::BadFormat);
  station.read = {{division("1403"), false, 0x11}};
  YZ_REQUIRE_ERROR(decode_certificate(encode(station)), Errc::BadFormat);
  station.read.clear();
  std::swap(station.not_before, station.not_after);
  YZ_REQUIRE_ERROR(decode_certificate(encode(station)), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(grants_are_limited_at_their_edges) {
  Certificate station = make_city().station.certificate;
  const auto with = [&](std::size_t count) {
    station.carry.clear();
    for (std::size_t i = 0; i < count; ++i) {
      station.carry.push_back({division(std::to_string(100 + i)), false, kBiz});
    }
    return decode_certificate(encode(station));
  };
  BOOST_TEST(with(kGrantsMax - 1).has_value());
  BOOST_TEST(with(kGrantsMax).has_value());
  YZ_REQUIRE_ERROR(with(kGrantsMax + 1), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(a_certificate_is_limited_at_its_edges) {
  Certificate station = make_city().station.certificate;
  const auto sized = [&](std::size_t target) {
    Certificate out = station;
    for (auto list : {&Certificate::read, &Certificate::write}) {
      (out.*list).clear();
      for (int i = 10; i < 21; ++i) {
        std::string path = std::to_string(i);
        for (int depth = 0; depth < 5; ++depth) path.append("/").append(12, '7');
        (out.*list).push_back({division(path), true, kBiz});
      }
    }
    for (std::size_t i = 0; encode(out).size() < target; ++i) {
      const std::size_t left = target - encode(out).size();  // a grant takes its text and 4 bytes
      const std::size_t text = left <= 16 ? left - 4 : left >= 23 ? 12 : left - 4 - 7;
      out.carry.push_back(
          {division(std::to_string(100 + i) + std::string(text - 3, '0')), true, kBiz});
    }
    BOOST_REQUIRE_EQUAL(encode(out).size(), target);
    return decode_certificate(encode(out));
  };
  BOOST_TEST(sized(kCertificateBytesMax - 1).has_value());
  BOOST_TEST(sized(kCertificateBytesMax).has_value());
  YZ_REQUIRE_ERROR(sized(kCertificateBytesMax + 1), Errc::LimitExceeded);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
