// Golden bytes: what is written today must be read for ever (from the first release on).
#include <boost/test/unit_test.hpp>

#include "crdt/codec/change_codec.h"
#include "sync/fragment.h"
#include "sync/quarantine.h"
#include "tests/sync/fixture.h"
#include "tests/sync/samples.h"

namespace yizhan::sync {
using namespace test;

namespace {

Bytes golden_container(std::size_t changes) {
  return sealed(sample_changes(stream(500), changes), first_head(stream(500)), SignKey(secret(77)))
      .container;
}

// Makes the first integer of `bytes` after the array header one byte longer than it need be.
Bytes second_encoding(Bytes bytes, std::size_t at) {
  BOOST_REQUIRE(bytes.at(at) < 0x80);
  bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), 0xcc);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_test)

BOOST_AUTO_TEST_CASE(messages) {
  for (const auto& [name, message] : sample_messages()) {
    const Bytes bytes = encode(message);
    check_golden(name, "message", "message " + name + ": [type, fields...]", bytes);
    BOOST_TEST(encode(decode_message(bytes).value()) == bytes);
    YZ_REQUIRE_ERROR(decode_message(second_encoding(bytes, 1)), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(certificates) {
  const City city = make_city();
  for (const auto& [name, member] :
       {std::pair{"hub", &city.hub}, {"district", &city.district}, {"station", &city.station}}) {
    const Bytes bytes = encode(member->certificate);
    check_golden("certificate", name, std::string("certificate of a ") + name, bytes);
    BOOST_TEST(encode(decode_certificate(bytes).value()) == bytes);
  }
  Bytes bytes = encode(city.hub.certificate);
  BOOST_REQUIRE(bytes[0] == 0xdc);
  YZ_REQUIRE_ERROR(decode_certificate(second_encoding(bytes, 3)), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(segments_and_seals) {
  for (const std::size_t changes : {1U, 4U, 40U}) {
    const Bytes container = golden_container(changes);
    const std::string name = std::to_string(changes) + "-changes";
    check_golden("segment", name, "segment of " + name + " as stored and relayed", container);
    const SegmentHeader header = peek_header(container).value();
    BOOST_TEST(verify_seal(header, SignKey(secret(77)).public_key()).has_value());
    BOOST_TEST(open_body(header, container).has_value());
    const Bytes seal = encode_header(header);
    check_golden("seal", name, "header and seal of " + name, seal);
    BOOST_TEST(encode_header(decode_header(seal).value()) == seal);
    YZ_REQUIRE_ERROR(decode_header(second_encoding(seal, 1)), Errc::BadFormat);
  }
}

// A change of one operation of each kind, as the chain hashes it.
BOOST_AUTO_TEST_CASE(operations) {
  const crdt::Dot entity{stream(500), 3, 0};
  const std::vector<crdt::Dot> over{{stream(500), 3, 1}, {stream(501), 7, 0}};
  const EpochOpen open{
      {bytes_of<16>(1)}, {bytes_of<16>(2)}, {1, bytes_of<8>(3)}, scope("1403/140311#biz")};
  const City city = make_city();
  const ScopeKeyOp scope_key{scope("1403/140311#biz"), 1, x25519_public(secret(40)), {}};
  const auto control = [](crdt::OpKind kind, Bytes payload) {
    return crdt::Opaque{static_cast<std::uint16_t>(kind), std::move(payload)};
  };
  const std::vector<std::pair<std::string, decltype(crdt::Op::body)>> kinds{
      {"ent-new", crdt::EntNew{1}},
      {"reg-set", crdt::RegSet{{{1, std::string("预约"), over}, {2, std::int64_t{-5}, {}}}}},
      {"life-to", crdt::LifeTo{2, over}},
      {"set-add", crdt::SetAdd{4, std::string("材料")}},
      {"set-rem", crdt::SetRem{4, over}},
      {"cnt-inc", crdt::CntInc{5, -3}},
      {"ent-del", crdt::EntDel{over}},
      {"epoch-open", control(crdt::OpKind::EpochOpen, encode(open))},
      {"cert-issue", control(crdt::OpKind::CertIssue, encode(city.hub.certificate))},
      {"scope-key", control(crdt::OpKind::ScopeKey, encode(scope_key))},
      {"quarantine", control(crdt::OpKind::Quarantine,
                             encode(Quarantine{city.station.certificate.node(),
                                               {{stream(500), 2, 5, crdt::hlc_at({0})}}}))},
      {"unknown-4711", crdt::Opaque{4711, Bytes{0x93, 0x01, 0x02, 0x03}}}};
  for (const auto& [name, body] : kinds) {
    crdt::Change change;
    change.id = {stream(500), 9};
    change.hlc = crdt::hlc_at({1'790'000'000'000}, 3);
    change.policy = 12;
    const bool creates = name == "ent-new" || std::holds_alternative<crdt::Opaque>(body);
    change.ops.push_back({creates ? change.dot(0) : entity, body});
    const Bytes bytes = crdt::encode_expanded(change);
    check_golden("op", name, "an expanded change whose one operation is " + name, bytes);
    const auto again = crdt::decode_expanded(bytes, change.id);
    BOOST_REQUIRE_MESSAGE(again.has_value(), name);
    BOOST_TEST(crdt::encode_expanded(*again) == bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (bytes[at] >= 0x80) continue;
      BOOST_TEST(!crdt::decode_expanded(second_encoding(bytes, at), change.id).has_value(),
                 name << ": a second encoding at byte " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(control_operations) {
  const EpochOpen open{
      {bytes_of<16>(1)}, {bytes_of<16>(2)}, {1, bytes_of<8>(3)}, scope("1403/140311#biz")};
  check_golden("epoch_open", "payload", "payload of EPOCH_OPEN", encode(open));
  check_golden("epoch_open", "stream_id", "the stream id it yields", view(stream_id(open)));
  BOOST_TEST((decode_epoch_open(encode(open)).value() == open));

  SeededEntropy entropy(5);
  ScopeKeyOp op{scope("1403/140311#biz"), 1, x25519_public(secret(40)), {}};
  op.boxes = {
      {NodeId{bytes_of<16>(1)}, seal_box(x25519_public(secret(1)), secret(40).view(), entropy)}};
  check_golden("scope_key", "payload", "payload of SCOPE.key with one box", encode(op));
  BOOST_TEST((decode_scope_key(encode(op)).value() == op));
}

BOOST_AUTO_TEST_CASE(frames) {
  const Frame frame{300, 1, 5, 100'000, 4'096, Bytes(16, 0x2a)};
  check_golden("frame", "frame", "[counter, lane, object, total, offset, bytes]", encode(frame));
  BOOST_TEST((decode_frame(encode(frame)).value() == frame));
  const Frame small{7, 1, 5, 100, 0, Bytes(16, 0x2a)};
  YZ_REQUIRE_ERROR(decode_frame(second_encoding(encode(small), 1)), Errc::BadFormat);
}

BOOST_AUTO_TEST_CASE(personal_fields) {
  const crdt::SealedBlob blob = seal_personal(secret(60), {stream(3), 7, 0}, {stream(3), 9}, 0,
                                              {"测试甲", "140399199001011234"}, bytes_of<8>(1));
  check_golden("personal", "ciphertext", "personal fields of one person, encrypted",
               blob.ciphertext);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::sync
