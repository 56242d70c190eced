// What a hostile line or author sends leaves a hub's files as they were, and its truth arrives
// after.
#include <boost/test/unit_test.hpp>

#include "sync/fragment.h"
#include "sync/limits.h"
#include "tests/node/store/city.h"
#include "tests/node/store/facts.h"
#include "tests/sim/forger.h"

namespace yizhan::node::test {
namespace {

using sim::Fault;

constexpr std::uint64_t kSeed = 11;

// A frame that carries `container` in the place of the segment in `frame`.
Bytes with_container(ByteView frame, Bytes container) {
  auto opened = sync::decode_frame(frame);
  opened->bytes = sync::encode(sync::Message{sync::SegmentMessage{std::move(container)}});
  opened->total = static_cast<std::uint32_t>(opened->bytes.size());
  return sync::encode(*opened);
}

// A frame of exactly `size` bytes in the place of `next`: the first part of the largest object.
Bytes first_part(ByteView next, std::size_t size) {
  auto frame = *sync::decode_frame(next);
  frame.total = sync::kObjectBytesMax;
  frame.bytes.assign(1000, 7);
  frame.bytes.resize(1000 + size - sync::encode(frame).size(), 7);
  Bytes made = sync::encode(frame);
  BOOST_REQUIRE(made.size() == size);
  return made;
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

void book(SmallCity& city) {
  BOOST_REQUIRE(city.station->write(booking(city.scope, 1)).has_value());
}

// A hub and the nodes below it, number i on link i + 1, all on one clock.
void exchange(Site& hub, const std::vector<Site*>& below, std::int64_t ms) {
  for (const std::int64_t end = hub.now.value + ms; hub.now.value < end; hub.now.value += 50) {
    for (Site* site : below) {
      site->now = hub.now;
      if (site->due()) site->deliver(sync::TimerFired{});
      site->commit();
      for (; !site->sent.empty(); site->sent.pop_front()) {
        const sync::SendFrame& frame = site->sent.front();
        hub.deliver(sync::FrameReceived{frame.link, frame.bytes});
      }
    }
    if (hub.due()) hub.deliver(sync::TimerFired{});
    hub.commit();
    for (; !hub.sent.empty(); hub.sent.pop_front()) {
      const sync::SendFrame& frame = hub.sent.front();
      below[frame.link - 1]->deliver(sync::FrameReceived{frame.link, frame.bytes});
    }
  }
}

crdt::Dot book_at(Site& author, const SmallCity& city, int number) {
  const auto written = author.write(booking(city.scope, number));
  BOOST_REQUIRE(written.has_value());
  return {written->id.stream, written->id.seq, 0};
}

// The station edits a record of the hub and one of a second machine of its own division: its
// segment names two foreign streams.
void edit_what_others_wrote(SmallCity& city) {
  const sync::test::City keys = sync::test::make_city(kSeed);
  const auto member = sync::test::make_member(keys, sync::Role::Station, city.scope.division,
                                              kSeed + 2000, &keys.hub);
  Site second(identity_of(keys, member, &keys.hub), kSeed + 3);
  second.open(true);
  city.hub->certify(member.certificate);
  city.hub->deliver(sync::LinkOpened{2, member.certificate.curve_key, false});
  second.now = city.hub->now;
  second.deliver(sync::LinkOpened{2, keys.hub.certificate.curve_key, true});
  const std::vector<Site*> below{city.station.get(), &second};
  exchange(*city.hub, below, 3000);
  const std::vector<crdt::Dot> records{book_at(*city.hub, city, 51), book_at(second, city, 52)};
  exchange(*city.hub, below, 3000);
  city.hub->deliver(sync::LinkClosed{2});
  sync::Draft draft;
  draft.scope = city.scope;
  for (const crdt::Dot& record : records) {
    const auto state = city.station->store().entity(city.scope, record);
    BOOST_REQUIRE((state && *state != nullptr));
    for (crdt::Op& op : edit(city.scope, record, **state, 1).ops)
      draft.ops.push_back(std::move(op));
  }
  BOOST_REQUIRE(city.station->write(draft).has_value());
}

// The same by a station of which the hub holds something already.
void edit_after_a_booking(SmallCity& city) {
  book(city);
  city.run(3000);
  edit_what_others_wrote(city);
}

// A city whose hub waits for a segment of what `work` makes the station write: it is made, and
// stands in `segment`.
struct Line {
  explicit Line(void (*work)(SmallCity&) = book) : city(kSeed) {
    city.connect();
    city.run(3000);
    work(city);
    city.station->commit();
    for (int turn = 0; segment.empty() && turn < 400; ++turn) advance();
    BOOST_REQUIRE(!segment.empty());
    city.hub->commit();
    city.hub->sent.clear();
    city.hub->notices.clear();
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
    city.hang_up();
    city.connect();
    city.run(5000);
    const auto at_station = facts_of(city.station->store());
    const auto at_hub = facts_of(city.hub->store());
    for (const std::string& root : at_station.roots) {
      BOOST_TEST((std::find(at_hub.roots.begin(), at_hub.roots.end(), root) != at_hub.roots.end()),
                 root);
    }
    BOOST_TEST((at_hub.roots != before.roots));
  }

  void refuses(Bytes frame, const std::string& what) {
    BOOST_REQUIRE_MESSAGE(!frame.empty() && frame != segment, what + " was not made");
    sends(std::move(frame));
    BOOST_TEST((facts_of(city.hub->store()) == before), what + " changed the hub");
    ended_with = ended(*city.hub, 1);
    truth_arrives();
  }

  SmallCity city;
  Bytes segment;
  Facts before;
  std::string ended_with;  // the session, by the refusal
};

BOOST_AUTO_TEST_SUITE(refused_frames_test)

BOOST_AUTO_TEST_CASE(a_truncated_frame_changes_nothing) {
  const std::size_t size = Line().segment.size();
  for (const std::size_t left : {std::size_t{1}, size / 2, size - 9, size - 1}) {
    Line line;
    line.refuses(
        Bytes(line.segment.begin(), line.segment.begin() + static_cast<std::ptrdiff_t>(left)),
        "a frame cut to " + std::to_string(left) + " bytes");
  }
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

// The hostile relay, whose segment still bears the author's seal.
BOOST_AUTO_TEST_CASE(an_altered_dictionary_changes_nothing) {
  for (const auto work : {edit_what_others_wrote, edit_after_a_booking}) {
    for (const Fault fault : {Fault::DictionarySwap, Fault::DictionaryDrop, Fault::DictionaryDouble,
                              Fault::DictionarySeq, Fault::DictionaryTag}) {
      Line line(work);
      sim::Prng prng(5, "forger");
      const auto forged = sim::forge(fault, line.segment, {}, prng);
      line.refuses(forged.value_or(Bytes()), std::string(sim::name(fault)));
      BOOST_TEST(line.ended_with == "a segment was refused");
    }
  }
}

BOOST_AUTO_TEST_CASE(an_unsigned_segment_changes_nothing) {
  Line line;
  line.refuses(unsigned_segment(line.segment), "a segment without its signature");
}

BOOST_AUTO_TEST_CASE(a_segment_of_an_unknown_version_changes_nothing) {
  for (const std::size_t place : {1U, 2U}) {  // version, suite: behind the header of the array
    Line line;
    Bytes altered = *sim::segment_in(line.segment);
    BOOST_REQUIRE(altered[place] < 0x7f);
    ++altered[place];
    line.refuses(with_container(line.segment, altered),
                 place == 1 ? "another version" : "another suite");
    BOOST_TEST(line.ended_with == "a segment was refused");
  }
}

BOOST_AUTO_TEST_CASE(an_object_beyond_its_limit_changes_nothing) {
  Line line;
  auto frame = *sync::decode_frame(line.segment);
  frame.total = static_cast<std::uint32_t>(sync::kObjectBytesMax + 1);
  line.refuses(sync::encode(frame), "an oversized object");
}

BOOST_AUTO_TEST_CASE(a_frame_is_taken_up_to_its_limit_and_changes_nothing_by_itself) {
  for (const std::size_t size : {sync::kFrameBytesMax - 1, sync::kFrameBytesMax}) {
    Line line;
    line.sends(first_part(line.segment, size));
    BOOST_TEST(ended(*line.city.hub, 1) == "");
    BOOST_TEST((facts_of(line.city.hub->store()) == line.before));
    line.truth_arrives();
  }
}

BOOST_AUTO_TEST_CASE(a_frame_beyond_its_limit_changes_nothing) {
  Line line;
  line.refuses(first_part(line.segment, sync::kFrameBytesMax + 1), "an oversized frame");
  BOOST_TEST(line.ended_with == "bad frame");
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
