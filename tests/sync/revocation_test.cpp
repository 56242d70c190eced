#include "sync/revocation.h"

#include <boost/test/unit_test.hpp>

#include "sync/membership.h"
#include "tests/sync/fixture.h"

namespace yizhan::sync {
using namespace test;

namespace {

Revocation sample() {
  return {node_id(SignKey(secret(3)).public_key()),
          {{stream(1), 1, bytes_of<8>(1)}, {stream(2), 70'000, bytes_of<8>(2)}}};
}

crdt::Opaque op(crdt::OpKind kind, Bytes payload) {
  return {static_cast<std::uint16_t>(kind), std::move(payload)};
}

struct Fixture {
  City city = make_city();
  Membership membership{city.root.public_key()};
  std::uint64_t seq = 0;

  Fixture() {
    membership.trust(city.hub.certificate);
    membership.trust(city.district.certificate);
  }
  void put(const Member& author, crdt::OpKind kind, Bytes payload) {
    const Scope scope{author.certificate.home, ScopeClass::Auth};
    membership.put(
        decode_authority_op(scope, author.certificate.node(),
                            {stream(author.certificate.role == Role::Hub ? 1 : 2), ++seq, 0},
                            op(kind, std::move(payload)))
            .value());
  }
  bool stands(const Member& who) const {
    return membership.standing().members.contains(who.certificate.node());
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(revocation_test)

BOOST_AUTO_TEST_CASE(one_revocation_has_one_encoding) {
  const Bytes bytes = encode(sample());
  check_golden("revocation", "payload", "REVOKE: [node, [[stream, seq, head tag]...]]", bytes);
  BOOST_TEST((decode_revocation(bytes).value() == sample()));
  for_each_damage(bytes, [&](const Bytes& damaged) {
    const auto decoded = decode_revocation(damaged);
    if (!decoded) return;
    BOOST_REQUIRE((*decoded != sample()));
    BOOST_REQUIRE(encode(*decoded) == damaged);
  });
}

BOOST_AUTO_TEST_CASE(as_many_streams_as_one_operation_holds) {
  for (const std::size_t count : {kRevokedStreamsMax, kRevokedStreamsMax + 1}) {
    Revocation revocation;
    for (std::uint64_t i = 0; i < count; ++i) {
      StreamId id{};
      id.value[0] = static_cast<std::uint8_t>(i >> 8);
      id.value[1] = static_cast<std::uint8_t>(i);
      revocation.cuts.push_back({id, crdt::kSeqMax, {}});
    }
    const Bytes bytes = encode(revocation);
    BOOST_TEST(decode_revocation(bytes).has_value() == (count == kRevokedStreamsMax));
    BOOST_TEST(bytes.size() < crdt::kOpBytesMax);
  }
}

BOOST_AUTO_TEST_CASE(the_narrower_of_two_holds_stream_by_stream_I2) {
  const Revocation a{{}, {{stream(1), 5, bytes_of<8>(1)}, {stream(2), 9, bytes_of<8>(2)}}};
  const Revocation b{{}, {{stream(1), 7, bytes_of<8>(3)}, {stream(3), 1, bytes_of<8>(4)}}};
  for (const Revocation& both : {narrower(a, b), narrower(b, a)}) {
    BOOST_TEST((cut_of(both, stream(1)) == Cut{5, bytes_of<8>(1)}));
    BOOST_TEST((cut_of(both, stream(2)) == Cut{}));
    BOOST_TEST((cut_of(both, stream(3)) == Cut{}));
  }
  BOOST_TEST((narrower(a, a) == a));
}

BOOST_AUTO_TEST_CASE(only_who_stands_above_revokes_I1) {
  const City city = make_city();
  const Certificate &hub = city.hub.certificate, &district = city.district.certificate,
                    &station = city.station.certificate;
  BOOST_TEST(may_revoke(hub, district));
  BOOST_TEST(may_revoke(hub, station));
  BOOST_TEST(may_revoke(district, station));
  BOOST_TEST(!may_revoke(station, district));
  BOOST_TEST(!may_revoke(district, hub));
  for (const Certificate* one : {&hub, &district, &station}) BOOST_TEST(!may_revoke(*one, *one));
  const Member other = make_member(city, Role::District, division("1403/140321"), 9, &city.hub);
  BOOST_TEST(!may_revoke(other.certificate, station));
  Certificate wider = station;  // it also writes where the district has nothing to say
  wider.write.push_back({division("1403/140321/140321100"), false, kAllClasses});
  BOOST_TEST(!may_revoke(district, wider));
  BOOST_TEST(may_revoke(hub, wider));
}

BOOST_FIXTURE_TEST_CASE(what_stands_is_what_is_signed_from_above, Fixture) {
  BOOST_TEST(!stands(city.station));
  put(city.hub, crdt::OpKind::CertIssue, encode(city.station.certificate));  // the district's word
  BOOST_TEST(!stands(city.station));
  Certificate forged = city.station.certificate;
  forged.serial = 9;
  put(city.district, crdt::OpKind::CertIssue, encode(forged));
  BOOST_TEST(!stands(city.station));
  put(city.district, crdt::OpKind::CertIssue, encode(city.station.certificate));
  BOOST_TEST(stands(city.station));
  membership.drop_after(stream(2), seq - 1);
  BOOST_TEST(!stands(city.station));
}

BOOST_FIXTURE_TEST_CASE(a_revocation_waits_for_the_certificate_of_whom_it_revokes, Fixture) {
  const NodeId station = city.station.certificate.node();
  put(city.district, crdt::OpKind::Revoke, encode(Revocation{station, {}}));
  BOOST_TEST(!membership.standing().revoked.contains(station));
  put(city.district, crdt::OpKind::CertIssue, encode(city.station.certificate));
  BOOST_TEST(membership.standing().revoked.contains(station));
  BOOST_TEST(stands(city.station));  // a member still: what it wrote before is under its key
}

BOOST_FIXTURE_TEST_CASE(outside_an_auth_scope_nothing_is_said_of_members, Fixture) {
  const auto decoded =
      decode_authority_op(scope("1403#biz"), city.hub.certificate.node(), {stream(1), 1, 0},
                          op(crdt::OpKind::Revoke, encode(sample())));
  YZ_REQUIRE_ERROR(decoded, Errc::OutOfScope);
}

BOOST_FIXTURE_TEST_CASE(of_two_keys_of_one_generation_the_one_from_above_holds, Fixture) {
  const Scope biz = scope("1403/140311#biz");
  const auto key = [&](std::uint64_t seed) {
    return ScopeKeyOp{biz, 2, x25519_public(secret(seed)), {}};
  };
  put(city.district, crdt::OpKind::ScopeKey, encode(key(1)));
  put(city.hub, crdt::OpKind::ScopeKey, encode(key(2)));
  BOOST_TEST((membership.standing().scope_keys.at({biz, 2}).public_key == key(2).public_key));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sync
