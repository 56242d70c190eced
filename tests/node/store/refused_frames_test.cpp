// What a hostile line or author sends leaves a hub's files as they were, and its truth arrives
// after.
#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>

#include "node/store/verify.h"
#include "sync/fragment.h"
#include "sync/limits.h"
#include "tests/node/store/city.h"
#include "tests/sim/forger.h"

namespace yizhan::node::test {
namespace {

using sim::Fault;

// All by which a store could have changed.
struct Facts {
  std::map<std::string, std::int64_t> rows;
  std::vector<std::string> roots;
  friend bool operator==(const Facts&, const Facts&) = default;
};

Facts facts_of(const SqliteStore& store) {
  Facts facts;
  SQLite::Statement tables(store.sql(), "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    SQLite::Statement count(store.sql(), "SELECT count(*) FROM " + table);
    count.executeStep();
    facts.rows[table] = count.getColumn(0).getInt64();
  }
  const auto roots = state_roots(store);
  BOOST_REQUIRE(roots.has_value());
  for (const ScopeRoot& root : *roots) {
    facts.roots.push_back(root.scope + " " + root.state_root + " " + root.log_digest);
  }
  return facts;
}

// A frame that carries `container` in the place of the segment in `frame`.
Bytes with_container(ByteView frame, Bytes container) {
  auto opened = sync::decode_frame(frame);
  opened->bytes = sync::encode(sync::Message{sync::SegmentMessage{std::move(container)}});
  opened->total = static_cast<std::uint32_t>(opened->bytes.size());
  return sync::encode(*opened);
}

Bytes unsigned_segment(ByteView frame) {
  const Bytes container = *sim::segment_in(frame);
  auto header = *sync::peek_header(container);
  header.signature = {};
  const Bytes sealed = sync::encode_header(*sync::peek_header(container));
  Bytes out = sync::encode_header(header);
  out.insert(out.end(), container.begin() + static_cast<std::ptrdiff_t>(sealed.size()),
             container.end());
  return with_container(frame, out);
}

// A city whose hub waits for a segment of the station: it is made, and stands in `segment`.
struct Line {
  Line() : city(11) {
    city.connect();
    city.run(3000);
    BOOST_REQUIRE(city.station->write(booking(city.scope, 1)).has_value());
    city.station->commit();
    for (int turn = 0; segment.empty() && turn < 400; ++turn) advance();
    BOOST_REQUIRE(!segment.empty());
    city.hub->commit();
    city.hub->sent.clear();
    before = facts_of(city.hub->store());
  }

  // One turn of the line; stops before the first segment of the station's business.
  void advance() {
    city.hub->now.value += 50;
    city.station->now.value += 50;
    for (Site* site : {city.hub.get(), city.station.get()}) {
      if (site->due()) site->deliver(sync::TimerFired{});
      site->commit();
    }
    while (!city.station->sent.empty() && segment.empty()) {
      Bytes frame = std::move(city.station->sent.front().bytes);
      city.station->sent.pop_front();
      if (sim::segment_in(frame)) {
        segment = std::move(frame);
      } else {
        city.hub->deliver(sync::FrameReceived{1, frame});
      }
    }
    while (!city.hub->sent.empty()) {
      city.station->deliver(sync::FrameReceived{1, city.hub->sent.front().bytes});
      city.hub->sent.pop_front();
    }
  }

  void sends(Bytes frame) {
    city.hub->deliver(sync::FrameReceived{1, std::move(frame)});
    city.hub->commit();
  }

  // The line breaks, as it does after a refusal, and stands again: now the truth comes through.
  void truth_arrives() {
    for (Site* site : {city.hub.get(), city.station.get()}) {
      site->deliver(sync::LinkClosed{1});
      site->commit();
      site->sent.clear();
    }
    city.connect();
    city.run(5000);
    const auto at_station = facts_of(city.station->store());
    const auto at_hub = facts_of(city.hub->store());
    for (const std::string& root : at_station.roots) {
      BOOST_TEST((std::find(at_hub.roots.begin(), at_hub.roots.end(), root) != at_hub.roots.end()),
                 root);
    }
    BOOST_TEST(at_hub.rows.at("ent") > before.rows.at("ent"));
  }

  void refuses(Bytes frame, const std::string& what) {
    BOOST_REQUIRE_MESSAGE(!frame.empty() && frame != segment, what + " was not made");
    sends(std::move(frame));
    BOOST_TEST((facts_of(city.hub->store()) == before), what + " changed the hub");
    truth_arrives();
  }

  SmallCity city;
  Bytes segment;
  Facts before;
};

BOOST_AUTO_TEST_SUITE(refused_frames_test)

BOOST_AUTO_TEST_CASE(a_truncated_frame_changes_nothing) {
  Line line;
  line.refuses(Bytes(line.segment.begin(), line.segment.end() - 9), "a truncated frame");
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_anywhere_changes_nothing) {
  const std::size_t size = Line().segment.size();
  for (std::size_t at = 1; at < size; at += size / 7) {
    Line line;
    Bytes flipped = line.segment;
    flipped[at] ^= 1U;
    line.refuses(std::move(flipped), "a flipped bit in byte " + std::to_string(at));
  }
}

BOOST_AUTO_TEST_CASE(a_segment_of_a_hostile_author_changes_nothing) {
  for (const Fault fault : {Fault::WrongSigner, Fault::OutOfScope, Fault::ForeignStreamId}) {
    Line line;
    sim::Prng prng(5, "forger");
    const sync::Certificate self = line.city.station->engine().self();
    const sync::SignKey other(sync::Secret32(sync::test::bytes_of<32>(77)));
    const sim::HostileAuthor author{self.network, self.node(), &other, line.city.scope,
                                    sync::test::scope("1403/140311/140311101#biz")};
    const auto forged = sim::forge(fault, line.segment, author, prng);
    line.refuses(forged.value_or(Bytes()), std::string(sim::name(fault)));
  }
}

BOOST_AUTO_TEST_CASE(an_unsigned_segment_changes_nothing) {
  Line line;
  line.refuses(unsigned_segment(line.segment), "a segment without its signature");
}

BOOST_AUTO_TEST_CASE(a_segment_of_an_unknown_version_changes_nothing) {
  Line line;
  const Bytes container = *sim::segment_in(line.segment);
  auto header = *sync::peek_header(container);
  header.suite = 2;
  const Bytes sealed = sync::encode_header(*sync::peek_header(container));
  Bytes altered = sync::encode_header(header);
  altered.insert(altered.end(), container.begin() + static_cast<std::ptrdiff_t>(sealed.size()),
                 container.end());
  line.refuses(with_container(line.segment, altered), "another suite");
}

BOOST_AUTO_TEST_CASE(an_object_beyond_its_limit_changes_nothing) {
  Line line;
  auto frame = *sync::decode_frame(line.segment);
  frame.total = static_cast<std::uint32_t>(sync::kObjectBytesMax + 1);
  line.refuses(sync::encode(frame), "an oversized object");
}

BOOST_AUTO_TEST_CASE(a_replayed_frame_changes_nothing) {
  Line line;
  line.sends(line.segment);
  const Facts received = facts_of(line.city.hub->store());
  BOOST_TEST(!(received == line.before));
  line.sends(line.segment);
  BOOST_TEST((facts_of(line.city.hub->store()) == received));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
