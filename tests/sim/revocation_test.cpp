// A revocation at every position of every order of arrival of a small history.
//
// What        A station creates, edits and deletes records; the hub edits the same ones, and
//             replaces what the station wrote; somewhere between, the station is revoked, at each
//             position of its stream. A replica admits their segments in every order that keeps
//             each stream's own, the station's cut into segments in several ways. Whatever the
//             order, what stands is what a plain replay of the changes that count gives.
// Also        A revocation, and a certificate, that fall because their issuer is revoked before
//             them: what had been cut off counts again, what had counted falls.
// Source      design.md section 4 "Revocation"; sync-notes.md C9, invariant 19.
#define BOOST_TEST_MODULE revocation
#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include "crdt/codec/state_codec.h"
#include "tests/sim/pen.h"
#include "tests/sim/witness.h"

struct Sodium {
  Sodium() { BOOST_REQUIRE(sodium_init() >= 0); }
};
BOOST_TEST_GLOBAL_FIXTURE(Sodium);

namespace yizhan::sim::test {
namespace {

using crdt::Dot;
using sync::Scope;
using sync::ScopeClass;
using sync::test::Member;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kShort = true;
#else
constexpr bool kShort = false;
#endif

constexpr crdt::FieldId kField = 3;
constexpr crdt::FieldId kTags = 20;

// What the changes of `pens` up to `last` give, replayed one stream after the other.
Hash32 root_of(const std::vector<std::pair<const Pen*, std::uint64_t>>& pens) {
  std::map<StreamId, std::uint64_t> applied;
  const crdt::Admitted admitted = [&applied](const crdt::ChangeId& id) {
    return id.seq <= applied[id.stream];
  };
  std::map<Dot, crdt::EntityState> states;
  for (const auto& [pen, last] : pens) {
    for (std::uint64_t seq = 1; seq <= last; ++seq) {
      const crdt::Change& change = pen->change(seq);
      for (std::size_t i = 0; i < change.ops.size(); ++i) {
        if (crdt::takes_effect(change, i)) {
          crdt::apply(states[change.ops[i].entity], change, i, admitted);
        }
      }
      applied[pen->stream()] = seq;
    }
  }
  crdt::StateRoot root;
  for (const auto& [dot, state] : states) root.add(dot, state);
  return root.finish();
}

// Cuts of a stream of `size` changes: one a segment, all in one, the first alone, all but the last.
std::vector<std::vector<std::uint64_t>> ways_to_cut(std::uint64_t size) {
  std::vector<std::uint64_t> singles;
  for (std::uint64_t last = 1; last <= size; ++last) singles.push_back(last);
  return {singles, {size}, {1, size}, {size - 1, size}, {2, size - 1, size}};
}

struct History {
  const sync::test::City city = sync::test::make_city();
  const Member witness =
      sync::test::make_member(city, sync::Role::Hub, sync::test::division("1403"), 55, nullptr);
  std::vector<sync::Certificate> known{city.hub.certificate, city.district.certificate,
                                       city.station.certificate, witness.certificate};
  const Scope scope{city.station.certificate.home, ScopeClass::Biz};
  const Scope hub_auth{city.hub.certificate.home, ScopeClass::Auth};
  const Scope district_auth{city.district.certificate.home, ScopeClass::Auth};
  Pen station{city.station, scope};
  Pen hub{city.hub, scope};
  Pen authority{city.hub, hub_auth};
  Pen district{city.district, district_auth};
  Dot first;
  Dot second;
  std::vector<sync::KeyRow> keys;

  History() {
    first = record(1);
    second = record(2);  // third change: edits the first record too
    station.write({{first, crdt::SetAdd{kTags, std::int64_t{7}}}, {first, crdt::CntInc{30, 2}}});
    const Dot name{first.stream, first.seq, 1};
    hub.write({{first, crdt::RegSet{{{kField, std::int64_t{50}, {name}}}}},
               {first, crdt::LifeTo{4, {{first.stream, first.seq, 2}}}}});
    hub.write(
        {{first, crdt::SetRem{kTags, {{station.stream(), 4, 0}}}},
         {second, crdt::RegSet{{{kField, std::int64_t{51}, {{second.stream, second.seq, 1}}}}}},
         {first, crdt::RegSet{{{kField + 1, std::int64_t{5}, {}}}}}});
    if (!kShort) {
      station.write({{first, crdt::EntDel{{name}}}});
      hub.write({{first, crdt::RegSet{{{kField,
                                        std::int64_t{52},
                                        {{station.stream(), 3, 3}, {hub.stream(), 2, 0}}}}}}});
    }
    for (std::uint64_t seq : {std::uint64_t{2}, std::uint64_t{3}}) {
      const sync::ScopeKeyInfo unreadable{scope, 1, city.station.certificate.box_key, std::nullopt};
      sync::test::SeededEntropy entropy(seq);
      const Dot key{station.stream(), seq, 0};
      keys.push_back(
          {key, scope, 1, sync::wrap_data_key(sync::test::secret(seq), key, unreadable, entropy)});
    }
  }

  Dot record(std::int64_t number) {
    std::vector<crdt::Op> ops{{{}, crdt::EntNew{2}}};
    const Dot self{station.stream(), station.size() + 1, 0};
    ops.push_back({self, crdt::RegSet{{{kField, number, {}}}}});
    ops.push_back({self, crdt::LifeTo{1, {}}});
    if (number > 1) {
      ops.push_back({first, crdt::RegSet{{{kField, number + 10, {{first.stream, first.seq, 1}}}}}});
    }
    station.write(std::move(ops));
    return self;
  }

  std::vector<Bytes> cut(const Pen& pen, const std::vector<std::uint64_t>& ends,
                         std::uint64_t from = 1) const {
    std::vector<Bytes> segments;
    for (const std::uint64_t end : ends) {
      if (end < from) continue;
      segments.push_back(pen.segment(from, end, {&station, &hub}));
      from = end + 1;
    }
    return segments;
  }
  static std::vector<std::uint64_t> singles(const Pen& pen) { return ways_to_cut(pen.size())[0]; }
  // Revokes `whom`, whose stream counts up to `last`.
  static void revoke(Pen& by, const Member& whom, const Pen& stream, std::uint64_t last) {
    sync::Revocation revocation{whom.certificate.node(), {}};
    if (last > 0) revocation.cuts.push_back(stream.position(last));
    by.write({control(crdt::OpKind::Revoke, encode(revocation))});
  }

  sync::ScopeDigest digest(std::uint64_t of_station, std::uint64_t of_hub) const {
    sync::ScopeDigest digest;
    if (of_station > 0) {
      digest.add(sync::stream_term(station.stream(), of_station, station.head(of_station)));
    }
    digest.add(sync::stream_term(hub.stream(), of_hub, hub.head(of_hub)));
    for (const sync::KeyRow& row : keys) {
      if (row.key.seq <= of_station) digest.add(sync::key_term(row));
    }
    return digest;
  }

  void expect(const Witness& who, std::uint64_t of_station, const Hash32& root) const {
    BOOST_REQUIRE(who.counts(station.stream()) == of_station);
    BOOST_REQUIRE(who.counts(hub.stream()) == hub.size());
    BOOST_REQUIRE(who.root(scope) == root);
    BOOST_REQUIRE((who.digest(scope) == digest(of_station, hub.size())));
  }

  // Every order of the lanes leads to the station counting up to `of_station`, a restart included.
  std::size_t every_order(const std::vector<Lane>& lanes, std::uint64_t of_station) const {
    const Hash32 root = root_of({{&station, of_station}, {&hub, hub.size()}});
    std::size_t orders = 0;
    for_each_order(lanes, [&](const std::vector<std::size_t>& order) {
      Witness who(city, witness, known);
      who.play(lanes, order);
      expect(who, of_station, root);
      who.start();
      expect(who, of_station, root);
      ++orders;
    });
    return orders;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(revocation_test, History)

BOOST_AUTO_TEST_CASE(at_every_position_of_every_order_of_arrival_there_is_one_state) {
  std::size_t orders = 0;
  std::size_t histories = 0;
  for (std::uint64_t last = 0; last <= station.size(); ++last) {
    Pen says = authority;
    revoke(says, city.station, station, last);
    for (const auto& ends : ways_to_cut(station.size())) {
      orders += every_order({{cut(station, ends), keys},
                             {cut(hub, singles(hub)), {}},
                             {cut(says, {says.size()}), {}}},
                            last);
      ++histories;
    }
  }
  BOOST_TEST_MESSAGE(orders << " orders of " << histories << " histories");
  BOOST_TEST(orders > (kShort ? 1'000U : 7'000U));
}

BOOST_AUTO_TEST_CASE(of_two_revocations_the_narrower_holds_whichever_comes_first) {
  revoke(authority, city.station, station, 4);
  revoke(district, city.station, station, 2);
  const auto orders = every_order({{cut(station, {1, 3, station.size()}), keys},
                                   {cut(hub, {hub.size()}), {}},
                                   {cut(authority, {authority.size()}), {}},
                                   {cut(district, {district.size()}), {}}},
                                  2);
  BOOST_TEST(orders == 120U);
}

BOOST_AUTO_TEST_CASE(a_revocation_falls_with_its_issuer_when_that_was_cut_before_it) {
  revoke(district, city.station, station, 2);
  for (const std::uint64_t last : {std::uint64_t{1}, std::uint64_t{2}}) {
    Pen says = authority;
    revoke(says, city.district, district, last);
    const auto orders = every_order({{cut(station, {2, 3, station.size()}), keys},
                                     {cut(hub, {hub.size()}), {}},
                                     {cut(says, {says.size()}), {}},
                                     {cut(district, {1, 2}), {}}},
                                    last == 1 ? station.size() : 2);
    BOOST_TEST(orders == 420U);
  }
}

BOOST_AUTO_TEST_CASE(what_a_node_wrote_falls_with_a_certificate_that_was_issued_past_a_cut) {
  known.erase(known.begin() + 2);  // the station's: the district's stream brings it
  district.write({control(crdt::OpKind::CertIssue, encode(city.station.certificate))});
  for (const std::uint64_t last : {std::uint64_t{1}, std::uint64_t{2}}) {
    Pen says = authority;
    revoke(says, city.district, district, last);
    const auto orders = every_order({{cut(station, {2, 3, station.size()}), keys},
                                     {cut(hub, {hub.size()}), {}},
                                     {cut(says, {says.size()}), {}},
                                     {cut(district, {1, 2}), {}}},
                                    last == 1 ? 0 : station.size());
    BOOST_TEST(orders == 420U);
  }
}

BOOST_AUTO_TEST_CASE(who_does_not_stand_above_a_node_revokes_nothing) {
  Pen peer(city.station, {city.station.certificate.home, ScopeClass::Ref});
  revoke(peer, city.station, station, 1);  // outside an auth scope
  revoke(district, city.district, district, 1);
  revoke(district, city.hub, hub, 1);
  every_order({{cut(station, {station.size()}), keys},
               {cut(hub, {hub.size()}), {}},
               {cut(peer, {peer.size()}), {}},
               {cut(district, {district.size()}), {}}},
              station.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sim::test
