// Stamps of the future, in every order of arrival, and who says so.
//
// What        A station whose clock is ahead and the hub write the same records; quarantines come
//             before, between and after what they speak of. Whatever the order, what stands is what
//             a plain replay with the stamps that count gives. Then machines with clocks of their
//             own: the first one above that knows the time quarantines, once, and nobody else.
// Source      design.md sections 5 "Ties" and 7 "Clocks"; sync-notes.md C4, invariant 20.
#define BOOST_TEST_MODULE quarantine
#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include "crdt/codec/state_codec.h"
#include "tests/sim/line.h"
#include "tests/sim/pen.h"
#include "tests/sim/witness.h"

struct Sodium {
  Sodium() { BOOST_REQUIRE(sodium_init() >= 0); }
};
BOOST_TEST_GLOBAL_FIXTURE(Sodium);

namespace yizhan::sim::test {
namespace {

using namespace std::chrono_literals;
using crdt::Dot;
using crdt::Hlc;
using sync::Quarantine;
using sync::QuarantinedRun;
using sync::Scope;
using sync::ScopeClass;
using sync::test::Member;

constexpr crdt::FieldId kField = 3;
constexpr crdt::FieldId kTags = 20;

Hlc stamp(std::int64_t seconds) { return crdt::hlc_at(WallMs{1'795'000'000'000 + seconds * 1000}); }
constexpr std::int64_t kTenYears = 10LL * 365 * 24 * 3600;

// The station's third to fifth change are ten years ahead.
struct History {
  const sync::test::City city = sync::test::make_city();
  const Member witness =
      sync::test::make_member(city, sync::Role::Hub, sync::test::division("1403"), 55, nullptr);
  std::vector<sync::Certificate> known{city.hub.certificate, city.district.certificate,
                                       city.station.certificate, witness.certificate};
  const Scope scope{city.station.certificate.home, ScopeClass::Biz};
  Pen station{city.station, scope};
  Pen hub{city.hub, scope};
  Pen authority{city.hub, {city.hub.certificate.home, ScopeClass::Auth}};
  Pen district{city.district, {city.district.certificate.home, ScopeClass::Auth}};
  Dot first;
  Dot second;

  History() {
    station.write({{{}, crdt::EntNew{2}}}, stamp(1));
    first = {station.stream(), 2, 0};
    station.write({set(first, 1, {}), {first, crdt::LifeTo{1, {}}}}, stamp(kTenYears));
    second = {station.stream(), 4, 0};
    station.write({{{}, crdt::EntNew{2}}, {second, crdt::SetAdd{kTags, std::int64_t{1}}}},
                  stamp(kTenYears + 1));
    station.write({set(first, 2, {{station.stream(), 3, 0}}), set(second, 3, {})},
                  stamp(kTenYears + 2));
    station.write({set(second, 4, {})}, stamp(20));
    hub.write({set(first, 50, {}), set(second, 51, {})}, stamp(5));
    hub.write({set(first, 52, {{hub.stream(), 2, 0}}), {first, crdt::LifeTo{4, {}}}}, stamp(10));
  }

  static crdt::Op set(const Dot& record, std::int64_t value, std::vector<Dot> over) {
    return {record, crdt::RegSet{{{kField, value, std::move(over)}}}};
  }
  void quarantine(Pen& by, std::vector<QuarantinedRun> runs) const {
    const Quarantine said{city.station.certificate.node(), std::move(runs)};
    by.write({control(crdt::OpKind::Quarantine, encode(said))});
  }
  QuarantinedRun run(std::uint64_t from, std::uint64_t to, Hlc counts_by) const {
    return {station.stream(), from, to, counts_by};
  }

  // What the changes give, each by `stamps` where that names it.
  Hash32 root_of(const std::map<std::uint64_t, Hlc>& stamps) const {
    std::map<StreamId, std::uint64_t> applied;
    const crdt::Admitted admitted = [&applied](const crdt::ChangeId& id) {
      return id.seq <= applied[id.stream];
    };
    std::map<Dot, crdt::EntityState> states;
    for (const Pen* pen : {&station, &hub}) {
      for (std::uint64_t seq = 1; seq <= pen->size(); ++seq) {
        crdt::Change change = pen->change(seq);
        if (pen == &station && stamps.contains(seq)) change.hlc = stamps.at(seq);
        for (std::size_t i = 0; i < change.ops.size(); ++i) {
          if (!crdt::takes_effect(change, i)) continue;
          crdt::apply(states[change.ops[i].entity], change, i, admitted);
        }
        applied[pen->stream()] = seq;
      }
    }
    crdt::StateRoot root;
    for (const auto& [dot, state] : states) root.add(dot, state);
    return root.finish();
  }

  Lane lane(const Pen& pen, const std::vector<std::uint64_t>& ends) const {
    Lane lane;
    std::uint64_t from = 1;
    for (const std::uint64_t end : ends) {
      lane.segments.push_back(pen.segment(from, end, {&station, &hub}));
      from = end + 1;
    }
    return lane;
  }
  static std::vector<std::uint64_t> singles(const Pen& pen) {
    std::vector<std::uint64_t> ends;
    for (std::uint64_t seq = 1; seq <= pen.size(); ++seq) ends.push_back(seq);
    return ends;
  }

  // Every order of the lanes leads to these stamps, a restart included.
  std::size_t every_order(const std::vector<Lane>& lanes,
                          const std::map<std::uint64_t, Hlc>& stamps) const {
    const Hash32 root = root_of(stamps);
    std::size_t orders = 0;
    for_each_order(lanes, [&](const std::vector<std::size_t>& order) {
      Witness who(city, witness, known);
      who.play(lanes, order);
      BOOST_REQUIRE(who.counts(station.stream()) == station.size());
      BOOST_REQUIRE(who.root(scope) == root);
      who.start();
      BOOST_REQUIRE(who.root(scope) == root);
      ++orders;
    });
    return orders;
  }
  std::int64_t shown(const Dot& record, const std::vector<Lane>& lanes) const {
    Witness who(city, witness, known);
    std::vector<std::size_t> order;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      order.insert(order.end(), lanes[lane].segments.size(), lane);
    }
    who.play(lanes, order);
    const auto held = who.image().entity(scope, record);
    return std::get<std::int64_t>((*held)->shown(kField)->value);
  }
};

// Machines of one town, on lines that stand as long as it does.
struct Town {
  const sync::test::City city = sync::test::make_city();
  const std::vector<sync::Certificate> known{city.hub.certificate, city.district.certificate,
                                             city.station.certificate};
  MonoMs now{1'000'000};
  Machine hub{city.hub, known, now};
  Machine district{city.district, known, now};
  Machine station{city.station, known, now};
  const Scope scope = station.scope();

  Town() { district.clock_worth = sync::ClockWorth::Attested; }

  // What both ends have at last, when nothing is due any more.
  void meet(Machine& below, Machine& above) {
    Line line(below, above);
    for (int second = 0; second < 30; ++second) {
      line.settle();
      now = now + 1s;
      line.wake();
    }
    line.settle();
  }
  // The station, which is ahead by so much, and the hub each set one record; then they meet.
  crdt::ChangeId compete(std::chrono::milliseconds ahead) {
    const auto record = station.record();
    station.set(record, 0);
    meet(station, hub);
    station.clock_ahead = ahead;
    station.set(record, 1);
    now = now + 60s;
    hub.set(record, 2);
    return record;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(every_order_of_arrival, History)

BOOST_AUTO_TEST_CASE(without_a_word_the_future_wins) {
  const std::vector<Lane> lanes{lane(station, {6}), lane(hub, {3})};
  every_order(lanes, {});
  BOOST_TEST(shown(first, lanes) == 2);
  BOOST_TEST(shown(second, lanes) == 3);
}

BOOST_AUTO_TEST_CASE(with_it_the_future_loses_wherever_it_stands_in_the_order_of_arrival) {
  quarantine(district, {run(3, 5, {})});
  const std::vector<Lane> lanes{lane(station, singles(station)), lane(hub, singles(hub)),
                                lane(district, {1, 2})};
  const auto orders = every_order(lanes, {{3, {}}, {4, {}}, {5, {}}});
  BOOST_TEST(orders == 4'620U);  // 11! / (6! 3! 2!)
  BOOST_TEST(shown(first, lanes) == 52);
  BOOST_TEST(shown(second, lanes) == 4);
}

BOOST_AUTO_TEST_CASE(of_several_the_least_counts_change_by_change_I1) {
  quarantine(district, {run(3, 4, stamp(8)), run(5, 5, stamp(9))});
  quarantine(district, {run(4, 9, stamp(7))});
  quarantine(authority, {run(2, 3, stamp(6)), run(6, 6, stamp(kTenYears))});
  for (const auto& ends : {std::vector<std::uint64_t>{6}, {3, 6}}) {
    every_order(
        {lane(station, ends), lane(hub, {3}), lane(district, {1, 2, 3}), lane(authority, {1, 2})},
        {{3, stamp(6)}, {4, stamp(7)}, {5, stamp(7)}, {6, stamp(7)}});
  }
}

BOOST_AUTO_TEST_CASE(it_never_raises_a_stamp) {
  quarantine(district, {run(2, 6, stamp(2 * kTenYears))});
  every_order({lane(station, {3, 6}), lane(hub, {3}), lane(district, {2})}, {});
}

BOOST_AUTO_TEST_CASE(it_falls_with_its_issuer_when_that_was_cut_before_it) {
  quarantine(district, {run(3, 5, {})});
  for (const std::uint64_t last : {std::uint64_t{1}, std::uint64_t{2}}) {
    Pen says = authority;
    const sync::Revocation revocation{city.district.certificate.node(), {district.position(last)}};
    says.write({control(crdt::OpKind::Revoke, encode(revocation))});
    std::map<std::uint64_t, Hlc> stamps;
    if (last == 2) stamps = {{3, {}}, {4, {}}, {5, {}}};
    every_order({lane(station, {2, 4, 6}), lane(hub, {3}), lane(says, {2}), lane(district, {1, 2})},
                stamps);
  }
}

BOOST_AUTO_TEST_CASE(it_stands_and_falls_with_the_certificate_of_who_says_it) {
  known.erase(known.begin() + 1);  // the district's: the hub's stream brings it
  authority.write({control(crdt::OpKind::CertIssue, encode(city.district.certificate))});
  quarantine(district, {run(3, 5, {})});
  every_order({lane(station, {3, 6}), lane(hub, {3}), lane(authority, {1, 2}), lane(district, {2})},
              {{3, {}}, {4, {}}, {5, {}}});
}

BOOST_AUTO_TEST_CASE(from_who_does_not_stand_above_the_author_it_says_nothing_I2) {
  const Member other = sync::test::make_member(city, sync::Role::District,
                                               sync::test::division("1403/140321"), 9, &city.hub);
  known.push_back(other.certificate);
  Pen elsewhere(other, {other.certificate.home, ScopeClass::Auth});
  quarantine(elsewhere, {run(3, 5, {})});
  Pen own(city.station, scope);
  Pen outside(city.district, {city.district.certificate.home, ScopeClass::Biz});
  quarantine(outside, {run(3, 5, {})});  // not in an auth scope
  // The hub's stream is named as the station's.
  const Quarantine mistaken{city.station.certificate.node(), {{hub.stream(), 1, 3, {}}}};
  district.write({control(crdt::OpKind::Quarantine, encode(mistaken))});
  const Quarantine upwards{city.hub.certificate.node(), {{hub.stream(), 1, 3, {}}}};
  district.write({control(crdt::OpKind::Quarantine, encode(upwards))});
  every_order({lane(station, {6}), lane(hub, {3}), lane(elsewhere, {2}), lane(outside, {2}),
               lane(district, {2, 3})},
              {});
}

BOOST_AUTO_TEST_CASE(a_payload_that_does_not_decode_changes_nothing) {
  district.write({control(crdt::OpKind::Quarantine, {0x92, 0x01, 0x02})});
  every_order({lane(station, {6}), lane(hub, {3}), lane(district, {2})}, {});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(who_says_it, Town)

BOOST_AUTO_TEST_CASE(who_is_ahead_does_not_win_over_who_wrote_later) {
  for (const std::chrono::milliseconds ahead :
       {std::chrono::milliseconds(390s), std::chrono::milliseconds(10 * 365 * 24h)}) {
    const auto record = compete(ahead);
    meet(station, hub);
    for (const Machine* each : {&station, &hub}) BOOST_TEST(each->shown(record) == 2);
    BOOST_TEST(station.root(scope) == hub.root(scope));
    station.clock_ahead = 0s;
    station.boot(station.disk);
  }
}

BOOST_AUTO_TEST_CASE(what_was_written_with_the_future_in_sight_replaces_it_as_ever) {
  const auto record = compete(24h);
  meet(station, hub);
  station.set(record, 3);  // still a day ahead, and it has seen both
  meet(station, hub);
  BOOST_TEST(hub.shown(record) == 3);
  hub.set(record, 4);
  meet(station, hub);
  BOOST_TEST(station.shown(record) == 4);
}

BOOST_AUTO_TEST_CASE(the_first_above_that_knows_the_time_says_it_and_nobody_again) {
  const auto record = compete(24h);
  meet(station, district);
  meet(district, hub);
  meet(station, district);
  for (const Machine* each : {&station, &district, &hub}) {
    BOOST_TEST(each->quarantines() == 1U);
    BOOST_TEST(each->shown(record) == 2);
  }
  BOOST_TEST(hub.root(scope) == station.root(scope));
}

BOOST_AUTO_TEST_CASE(who_does_not_know_the_time_passes_it_on_unjudged) {
  district.clock_worth = sync::ClockWorth::Unconfirmed;
  compete(24h);
  meet(station, district);
  BOOST_TEST(district.quarantines() == 0U);
  meet(district, hub);
  BOOST_TEST(hub.quarantines() == 1U);
}

BOOST_AUTO_TEST_CASE(once_it_knows_the_time_it_judges_what_came_before_also_after_a_start) {
  for (const bool restarts : {false, true}) {
    Town town;
    town.hub.clock_worth = sync::ClockWorth::Doubtful;
    const auto record = town.compete(24h);
    town.meet(town.station, town.hub);
    BOOST_TEST(town.hub.shown(record) == 1);
    if (restarts) town.hub.boot(town.hub.disk);
    town.hub.clock_worth = sync::ClockWorth::Unconfirmed;
    town.meet(town.station, town.hub);
    BOOST_TEST(town.hub.shown(record) == 2);
    BOOST_TEST(town.station.shown(record) == 2);
  }
}

BOOST_AUTO_TEST_CASE(five_minutes_are_left_alone) {
  const auto record = compete(5min);
  meet(station, hub);
  BOOST_TEST(hub.quarantines() == 0U);
  BOOST_TEST(hub.shown(record) == 1);
}

BOOST_AUTO_TEST_CASE(who_was_ahead_and_hears_the_time_is_ahead_no_more) {
  station.stands_below(hub);
  const auto record = compete(24h);
  station.clock_ahead = 0s;
  station.clock_worth = sync::ClockWorth::Attested;
  meet(station, hub);
  const std::uint64_t said = hub.quarantines();
  now = now + 60s;
  hub.set(record, 5);
  now = now + 60s;
  station.set(record, 6);
  meet(station, hub);
  BOOST_TEST(hub.quarantines() == said);
  for (const Machine* each : {&station, &hub}) BOOST_TEST(each->shown(record) == 6);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sim::test
