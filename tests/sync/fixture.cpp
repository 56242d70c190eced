#include "tests/sync/fixture.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"
#include "sync/keyring.h"

namespace yizhan::sync::test {
namespace {

using crdt::Dot;

StaffId staff(std::uint64_t number) { return {bytes_of<16>(7'000 + number)}; }

crdt::Opaque opaque(crdt::OpKind kind, Bytes payload) {
  return {static_cast<std::uint16_t>(kind), std::move(payload)};
}

crdt::Change blank(StreamId self, std::uint64_t seq) {
  crdt::Change change;
  change.id = {self, seq};
  change.hlc = crdt::hlc_at(WallMs{1'795'000'000'000 + static_cast<std::int64_t>(seq) * 1'700});
  change.staff = seq % 5 == 0 ? StaffId{} : staff(seq % 2);
  change.policy = 3;
  return change;
}

void add_record(crdt::Change& change) {
  change.idempotency = change.id.seq * 1'000'003;
  change.ops.push_back({change.dot(0), crdt::EntNew{2}});
  crdt::RegSet set;
  set.assigns = {{1, std::int64_t{20'780} + static_cast<std::int64_t>(change.id.seq), {}},
                 {2, std::string("养老保险"), {}},
                 {3, Bytes{1, 2, 3}, {}},
                 {4, std::monostate{}, {}}};
  change.ops.push_back({change.dot(0), std::move(set)});
  change.ops.push_back({change.dot(0), crdt::LifeTo{1, {}}});
}

void add_person(crdt::Change& change) {
  change.blobs.push_back(seal_personal(secret(5), change.dot(0), change.id, 0,
                                       {"张三", "140399199001011234", "13800000000"},
                                       bytes_of<8>(change.id.seq)));
  change.ops.push_back({change.dot(0), crdt::RegSet{{{9, crdt::PersonalRef{0, 1}, {}}}}});
}

// Touches the record of the change before and one of another stream.
void add_edits(crdt::Change& change) {
  const Dot own{change.id.stream, change.id.seq - 1, 0};
  const Dot low{stream(901), 3 + change.id.seq % 7, 1};
  const Dot high{stream(902), 40, 0};
  crdt::RegSet set;
  set.assigns = {{2, std::string("医疗保险"), {{own.stream, own.seq, 1}}}};
  change.ops.push_back({own, std::move(set)});
  std::vector<Dot> over{low, high};
  std::sort(over.begin(), over.end());
  change.ops.push_back({high, crdt::LifeTo{4, over}});
  change.ops.push_back({high, crdt::SetAdd{11, std::string("轮椅")}});
  change.ops.push_back({high, crdt::SetRem{11, {low}}});
  change.ops.push_back({low, crdt::CntInc{12, -2}});
  change.business_ms = -60'000;
}

}  // namespace

void SeededEntropy::fill(std::span<std::uint8_t> out) {
  for (std::size_t at = 0; at < out.size(); at += 32) {
    const Hash32 block = Hasher("test", 32).add_u64(seed_).add_u64(drawn_++).finish32();
    std::memcpy(out.data() + at, block.data(), std::min<std::size_t>(32, out.size() - at));
  }
}

Division division(std::string_view path) { return Division::parse(path).value(); }
Scope scope(std::string_view text) { return parse_scope(text).value(); }
Secret32 secret(std::uint64_t seed) { return Secret32(bytes_of<32>(seed)); }

Member make_member(const City& city, Role role, const Division& home, std::uint64_t seed,
                   const Member* issuer) {
  SeededEntropy entropy(seed);
  Member member{make_node_secrets(entropy), standard_certificate(role, home)};
  Certificate& certificate = member.certificate;
  certificate.network = network_id(city.root.public_key());
  certificate.sign_key = member.secrets.sign.public_key();
  certificate.curve_key = x25519_public(member.secrets.curve);
  certificate.box_key = x25519_public(member.secrets.box);
  certificate.not_before = WallMs{1'790'000'000'000};
  certificate.not_after = WallMs{1'890'000'000'000};
  certificate.serial = 1;
  if (issuer != nullptr) certificate.issuer = issuer->certificate.node();
  sign(certificate, issuer != nullptr ? issuer->secrets.sign : city.root);
  return member;
}

City make_city(std::uint64_t seed) {
  City city;
  city.root = SignKey(secret(seed * 100));
  city.hub = make_member(city, Role::Hub, division("1403"), seed * 100 + 1, nullptr);
  city.district =
      make_member(city, Role::District, division("1403/140311"), seed * 100 + 2, &city.hub);
  city.station = make_member(city, Role::Station, division("1403/140311/140311100"), seed * 100 + 3,
                             &city.district);
  return city;
}

StreamId stream(std::uint64_t number) {
  StreamId id{bytes_of<16>(number)};
  id.value[0] = static_cast<std::uint8_t>(number);  // so that tests know the order
  return id;
}

std::vector<crdt::Change> sample_changes(StreamId self, std::size_t count) {
  std::vector<crdt::Change> changes;
  for (std::uint64_t seq = 1; seq <= count; ++seq) {
    crdt::Change change = blank(self, seq);
    switch (seq % 4) {
      case 1: add_record(change); break;
      case 2: add_edits(change); break;
      case 3:
        add_record(change);
        add_person(change);
        break;
      default:
        change.ops.push_back({{self, seq - 1, 0}, crdt::EntDel{{{self, seq - 1, 1}}}});
        change.ops.push_back({change.dot(1), opaque(crdt::OpKind::CertIssue, Bytes(40, 0x5a))});
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

crdt::Change one_change(StreamId self) {
  crdt::Change change = blank(self, 1);
  add_record(change);
  return change;
}

std::vector<ChainedChange> chained(const Head& previous, std::span<const crdt::Change> changes) {
  std::vector<ChainedChange> out;
  Head head = previous;
  for (const crdt::Change& change : changes) {
    Bytes expanded = crdt::encode_expanded(change);
    head = next_head(head, change.id.seq, expanded);
    out.push_back({change, std::move(expanded), head});
  }
  return out;
}

std::optional<HeadTag> tag_at(StreamId stream, std::uint64_t seq) {
  HeadTag tag;
  const Id16 hash = Hasher("test.tag", 16).add(view(stream)).add_u64(seq).finish16();
  std::copy_n(hash.begin(), tag.size(), tag.begin());
  return tag;
}

SealedSegment sealed(std::span<const crdt::Change> changes, const Head& previous,
                     const SignKey& key) {
  const Dictionary dictionary = dictionary_for(changes[0].id.stream, changes, tag_at).value();
  return seal_segment(previous, chained(previous, changes), dictionary, key);
}

std::vector<const crdt::Change*> pointers(std::span<const crdt::Change> changes) {
  std::vector<const crdt::Change*> out;
  for (const crdt::Change& change : changes) out.push_back(&change);
  return out;
}

void check_golden(const std::string& kind, const std::string& name, const std::string& comment,
                  ByteView bytes) {
  const std::filesystem::path path = std::filesystem::path(YZ_TEST_DATA) / kind / (name + ".hex");
  if (!std::filesystem::exists(path) && std::getenv("YZ_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path);
    out << "# " << comment << "\n";
    const std::string hex = to_hex(bytes);
    for (std::size_t at = 0; at < hex.size(); at += 96) out << hex.substr(at, 96) << "\n";
  }
  std::ifstream in(path);
  BOOST_REQUIRE_MESSAGE(in.good(), "no golden file " << path);
  std::string hex;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') hex += line;
  }
  BOOST_TEST(to_hex(bytes) == hex, "golden bytes of " << kind << "/" << name);
}

}  // namespace yizhan::sync::test
