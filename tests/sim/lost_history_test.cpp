// Nodes above that lose their history: what they said of it is void, what they forgot comes back.
//
// What        A station below a district below a hub. The district is put back to an earlier day,
//             the hub too, unnoticed by itself, or to nothing but its keys.
// Source      design.md section 7 "Acks", "Epochs"; sync-notes.md C8.
#define BOOST_TEST_MODULE lost_history
#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include "tests/sim/line.h"

struct Sodium {
  Sodium() { BOOST_REQUIRE(sodium_init() >= 0); }
};
BOOST_TEST_GLOBAL_FIXTURE(Sodium);

namespace yizhan::sim::test {
namespace {

using namespace std::chrono_literals;
using sync::Introduction;
using sync::Notice;
using sync::Rung;
using sync::Who;
using sync::test::Member;

struct Tower {
  const sync::test::City city = sync::test::make_city();
  const std::vector<sync::Certificate> known{city.hub.certificate, city.district.certificate,
                                             city.station.certificate};
  MonoMs now{1'000'000};
  Machine hub{city.hub, {city.hub.certificate}, now};
  Machine district{city.district, known, now};
  Machine station{city.station, known, now};

  Tower() {
    district.stands_below(hub);
    station.stands_below(district);
    hub.certify(city.hub.certificate);
    hub.certify(city.district.certificate);
    district.certify(city.station.certificate);
  }

  // Until receipts are made and have come down.
  void pass(std::initializer_list<Line*> lines, int seconds = 2) {
    for (int i = 0; i < 5 * seconds; ++i) {
      for (Line* line : lines) line->settle();
      now = now + 200ms;
      for (Line* line : lines) line->wake();
    }
  }
  void greet_unknown(Line& above) {
    above.hear_until<sync::Hello>(hub);
    above.hear_until<Who>(district);
    above.hear_until<Introduction>(hub);
    above.hear_until<sync::Hello>(district);
    above.hear_until<sync::Proof>(hub);
  }
  void meet() {
    Line above(district, hub);
    Line below(station, district);
    pass({&above, &below});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lost_history_test, Tower)

BOOST_AUTO_TEST_CASE(what_a_district_held_before_it_was_put_back_is_void_until_it_holds_it_again) {
  meet();
  const Image earlier = district.disk;
  const auto record = station.record();
  {
    Line line(station, district);
    line.settle();
  }
  BOOST_REQUIRE((station.rung(record) == Rung::Carried));

  district.boot_put_back(earlier);
  Line line(station, district);
  line.greet();
  BOOST_TEST((station.rung(record) == Rung::Saved));
  line.settle();
  BOOST_TEST(district.holds(record));
  BOOST_TEST((station.rung(record) == Rung::Carried));
}

BOOST_AUTO_TEST_CASE(it_stays_void_when_the_line_breaks_before_the_comparison) {
  meet();
  const Image earlier = district.disk;
  const auto record = station.record();
  const auto other = station.record();
  {
    Line line(station, district);
    line.settle();
  }
  district.boot_put_back(earlier);
  {
    Line line(station, district);
    line.greet();
  }
  Line line(station, district);
  line.greet();
  BOOST_TEST((station.rung(other) == Rung::Saved));
  line.settle();
  BOOST_TEST((station.rung(record) == Rung::Carried));
  BOOST_TEST((station.rung(other) == Rung::Carried));
}

BOOST_AUTO_TEST_CASE(a_district_that_lost_nothing_voids_nothing) {
  const auto record = station.record();
  meet();
  Line line(station, district);
  line.greet();
  BOOST_TEST((station.rung(record) >= Rung::Carried));
}

// ---- the hub

BOOST_AUTO_TEST_CASE(a_hub_that_does_not_know_its_own_receipt_was_put_back) {
  meet();
  const Image earlier = hub.disk;
  const auto record = station.record();
  meet();
  BOOST_REQUIRE((station.rung(record) == Rung::Received));

  hub.boot(earlier);  // nothing on its machine tells
  {
    Line above(district, hub);
    above.settle();
  }
  BOOST_TEST(hub.count(Notice::Kind::EpochOpened) == 1);
  meet();
  BOOST_TEST(hub.holds(record));
  BOOST_TEST((station.rung(record) == Rung::Received));
  BOOST_TEST(hub.count(Notice::Kind::EpochOpened) == 1);
}

BOOST_AUTO_TEST_CASE(a_hub_that_was_only_restarted_opens_no_epoch) {
  const auto record = station.record();
  meet();
  hub.boot(Image(hub.disk));
  meet();
  BOOST_TEST(hub.count(Notice::Kind::EpochOpened) == 0);
  BOOST_TEST((station.rung(record) == Rung::Received));
}

BOOST_AUTO_TEST_CASE(receipts_of_a_log_that_is_gone_are_void) {
  const auto record = station.record();
  meet();
  BOOST_REQUIRE((station.rung(record) == Rung::Received));

  hub.boot_wiped({city.hub.certificate});
  Line above(district, hub);
  now = now + 200ms;
  hub.wake();  // its first receipt says that it holds nothing
  above.settle();
  Line below(station, district);
  below.settle();
  BOOST_TEST((station.rung(record) == Rung::Carried));

  pass({&above, &below});
  BOOST_TEST(hub.holds(record));
  BOOST_TEST((station.rung(record) == Rung::Received));
}

BOOST_AUTO_TEST_CASE(receipts_are_later_than_all_before_also_where_the_clock_was_set_back) {
  hub.clock_ahead = 48h;
  const auto record = station.record();
  meet();
  hub.clock_ahead = 0h;
  hub.boot_wiped({city.hub.certificate});
  meet();
  meet();
  const auto other = station.record();
  meet();
  BOOST_TEST((station.rung(record) == Rung::Received));
  BOOST_TEST((station.rung(other) == Rung::Received));
}

// ---- whom it certified

BOOST_AUTO_TEST_CASE(a_hub_that_has_only_its_keys_takes_in_whom_it_certified) {
  const auto record = station.record();
  meet();
  hub.boot_wiped({city.hub.certificate});
  BOOST_REQUIRE(!hub.knows(district.node()));
  Line above(district, hub);
  above.settle();
  BOOST_TEST(above.said_by<Who>(hub).size() == 1);
  BOOST_TEST(above.said_by<Introduction>(district).size() == 1);
  BOOST_TEST(hub.knows(district.node()));
  BOOST_TEST(hub.knows(station.node()));  // by what the district brought
  BOOST_TEST(hub.holds(record));
  BOOST_TEST(hub.disk.scope_keys().size() == district.disk.scope_keys().size());

  above.cut();
  Line again(district, hub);
  again.settle();
  BOOST_TEST(again.said_by<Who>(hub).empty());
}

BOOST_AUTO_TEST_CASE(nobody_else_is_taken_in) {
  meet();
  hub.boot_wiped({city.hub.certificate});
  hub.may_close = station.may_close = true;
  Line line(station, hub);  // certified by the district
  line.settle();
  BOOST_TEST(line.said_by<Introduction>(station).size() == 1);
  BOOST_TEST(!hub.knows(station.node()));
  BOOST_TEST(hub.notices.back().detail == "it was not certified from here");
}

BOOST_AUTO_TEST_CASE(who_has_another_key_than_the_link_is_not_taken_in) {
  meet();
  hub.boot_wiped({city.hub.certificate});
  hub.may_close = true;
  hub.take(sync::LinkOpened{77, city.station.certificate.curve_key, false});
  Line line(district, hub);
  line.hear_until<sync::Hello>(hub);
  line.hear_until<Who>(district);
  // The district's HELLO and introduction, replayed by another machine over its own link.
  const auto spoken = line.said_by<sync::Hello>(district).front();
  const auto introduction = line.said_by<Introduction>(district).front();
  sync::FrameSender sender;
  sender.push(0, sync::encode(spoken), false);
  sender.push(0, sync::encode(introduction), false);
  while (const auto frame = sender.next(1024)) hub.take(sync::FrameReceived{77, *frame});
  BOOST_TEST(!hub.knows(district.node()));
  BOOST_TEST(hub.notices.back().detail == "it was not certified from here");
}

BOOST_AUTO_TEST_CASE(a_node_that_forgot_nothing_asks_nobody_who_it_is) {
  const Member stranger = sync::test::make_member(
      city, sync::Role::District, sync::test::division("1403/140321"), 9, &city.hub);
  Machine unknown(stranger, {city.hub.certificate, stranger.certificate}, now);
  hub.may_close = unknown.may_close = true;
  Line line(unknown, hub);
  line.settle();
  BOOST_TEST(line.said_by<Who>(hub).empty());
  BOOST_TEST(hub.notices.back().detail == "no certificate has this CURVE key");
}

BOOST_AUTO_TEST_CASE(nor_does_one_that_forgot_so_long_ago) {
  meet();
  hub.boot_wiped({city.hub.certificate});
  now = now + std::chrono::hours(24 * 30);
  hub.may_close = district.may_close = true;
  Line line(district, hub);
  line.settle();
  BOOST_TEST(line.said_by<Who>(hub).empty());
  BOOST_TEST(!hub.knows(district.node()));
}

BOOST_AUTO_TEST_CASE(who_was_revoked_is_revoked_still) {
  const Member other = sync::test::make_member(city, sync::Role::District,
                                               sync::test::division("1403/140321"), 9, &city.hub);
  Machine stolen(other, {city.hub.certificate, other.certificate}, now);
  stolen.stands_below(hub);
  hub.certify(other.certificate);
  {
    Line line(stolen, hub);
    pass({&line});
  }
  hub.revoke(other.certificate.node());
  meet();
  hub.boot_wiped({city.hub.certificate});
  hub.may_close = stolen.may_close = true;
  {
    Line first(stolen, hub);  // before anybody who knows
    first.settle();
  }
  BOOST_TEST(hub.knows(other.certificate.node()));
  meet();
  BOOST_TEST(hub.disk.revocations().size() == 1);
  const auto record = stolen.record();
  Line again(stolen, hub);
  again.settle();
  BOOST_TEST(!hub.holds(record));
}

BOOST_AUTO_TEST_CASE(it_rules_on_nobody_before_it_has_heard_what_others_know) {
  const Member fresh = sync::test::make_member(
      city, sync::Role::Station, sync::test::division("1403/140311/140311101"), 11, &city.hub);
  meet();
  hub.boot_wiped({city.hub.certificate});
  BOOST_TEST((hub.refused_to_certify(fresh.certificate) == Errc::Busy));
  {
    Line above(district, hub);
    greet_unknown(above);
    BOOST_TEST((hub.refused_to_certify(fresh.certificate) == Errc::Busy));
    BOOST_TEST((hub.refused_to_revoke(district.node()) == Errc::Busy));
    pass({&above});
  }
  hub.certify(fresh.certificate);
  BOOST_TEST(hub.knows(fresh.certificate.node()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sim::test
