// Sessions that face each other: what an end lacks is said and sent, whatever crosses on the way,
// and no cursor covers what was not.
#define BOOST_TEST_MODULE session
#include "sync/session.h"

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
using sync::CoverMessage;
using sync::Done;
using sync::Scopes;
using sync::test::Member;

// Machines of one station: each writes into the one scope that all of them replicate.
struct Station {
  const sync::test::City city = sync::test::make_city();
  const Member second = another(7);
  const Member third = another(8);
  const std::vector<sync::Certificate> known{city.hub.certificate, city.district.certificate,
                                             city.station.certificate, second.certificate,
                                             third.certificate};
  MonoMs now{1'000'000};
  Machine left{city.station, known, now};
  Machine right{second, known, now};
  Machine other{third, known, now};

  Member another(std::uint64_t seed) const {
    return sync::test::make_member(city, sync::Role::Station, city.station.certificate.home, seed,
                                   &city.district);
  }
  // Each has received what the other has, and its cursor says so.
  void meet() {
    left.record();
    right.record();
    Line(left, right).settle();
  }
  void pass(std::chrono::seconds time, std::initializer_list<Line*> lines) {
    for (; time > 0s; time -= 1s) {
      now = now + 1s;
      for (Line* line : lines) line->wake();
      for (Line* line : lines) line->settle();
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session_test, Station)

// ---- what an end lacks is said and sent

BOOST_AUTO_TEST_CASE(full_for_one_end_is_full_for_both) {
  right.clock_ahead = 2h;
  meet();
  now = now + 23h;  // by the clock of the right a day has passed for the left, but not the reverse
  const auto from_left = left.record();
  const auto from_right = right.record();

  Line line(left, right);
  line.settle();

  const auto left_asked = line.said_by<Scopes>(left);
  const auto right_asked = line.said_by<Scopes>(right);
  BOOST_REQUIRE(left_asked.size() == 1);
  BOOST_REQUIRE(right_asked.size() == 1);
  BOOST_TEST(left_asked[0].full);
  BOOST_TEST(!right_asked[0].full);
  BOOST_TEST(right.holds(from_left));
  BOOST_TEST(left.holds(from_right));
}

BOOST_AUTO_TEST_CASE(a_tail_that_waits_for_a_lost_change_does_not_keep_the_ends_from_comparing) {
  meet();
  Image before = left.disk;
  const auto record = right.record();
  Line(left, right).settle();
  const auto edit = left.edit(record);

  // The crash took the record, not the cursor that covers it; the journal has the edit.
  before.apply(sync::PutCursor{left.cursor_of(right)});
  left.boot(before);
  left.take_back(left.last_written<sync::JournalChange>());
  Line line(left, right);
  line.settle();
  BOOST_TEST(!left.holds(record));
  BOOST_TEST(!right.holds(edit));

  pass(40s, {&line});  // two pings
  BOOST_TEST(left.holds(record));
  BOOST_TEST(right.holds(edit));
}

BOOST_AUTO_TEST_CASE(a_peer_that_has_lost_what_its_cursor_covers_is_compared_with_in_full) {
  meet();
  const Image before = left.disk;
  other.record();
  Line(left, other).settle();
  Line(left, right).settle();

  left.boot(before);
  const auto record = left.record();
  Line(left, right).settle();
  BOOST_TEST(right.holds(record));
}

// ---- the exchange ends

BOOST_AUTO_TEST_CASE(questions_that_cross_are_answered_once_each) {
  meet();
  Line line(left, right);
  line.settle();
  left.ask();
  left.ask();
  right.ask();
  line.settle();
  BOOST_TEST(line.said_by<Scopes>(left).size() == 2);
  BOOST_TEST(line.said_by<Scopes>(right).size() == 2);
}

BOOST_AUTO_TEST_CASE(no_more_questions_are_open_than_the_limit) {
  meet();
  Line line(left, right);
  line.settle();
  for (std::size_t i = 0; i < 3 * sync::kQuestionsMax; ++i) left.ask();
  BOOST_TEST(line.said_by<Scopes>(left).size() == sync::kQuestionsMax);
  line.settle();
  left.ask();
  BOOST_TEST(line.said_by<Scopes>(left).size() == sync::kQuestionsMax + 1);
}

BOOST_AUTO_TEST_CASE(what_the_sender_lacks_in_the_middle_is_not_skipped) {
  crdt::ChangeId first;
  crdt::ChangeId last;
  {
    Line line(left, other);
    line.settle();
    first = left.record();
    left.record();
    last = left.record();
    line.settle();
  }
  Image damaged(left.disk.log_instance());
  for (const sync::Write& write : left.written) {
    const auto* segment = std::get_if<sync::PutSegment>(&write);
    const bool lost = segment != nullptr && segment->row.first == last.seq - 1;
    if (!lost) damaged.apply(write);
  }
  left.boot(damaged);

  Line(left, right).settle();
  BOOST_TEST(right.holds(first));
  BOOST_TEST(!right.holds(last));
  BOOST_TEST(right.cursor_of(left).arrivals == 0);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_long_stream_does_not_overtake_its_beginning) {
  for (int i = 0; i < 200; ++i) left.record(15'000);
  Line(left, right).settle();
  BOOST_TEST(right.digest() == left.digest());
  BOOST_TEST(right.count(sync::Notice::Kind::Refused) == 0);
}

BOOST_AUTO_TEST_CASE(a_long_exchange_that_was_cut_is_gone_on_with) {
  meet();
  std::vector<crdt::ChangeId> owed(200);
  for (crdt::ChangeId& change : owed) change = left.record(5'000);
  {
    Line line(left, right);
    while (!right.holds(owed[150])) {
      if (!left.on_its_way.begin()->second.empty()) line.hear(right);
      if (!right.on_its_way.begin()->second.empty()) line.hear(left);
    }
  }
  right.boot(Image(right.disk));  // that it was cut short is known after a restart, too
  Line line(left, right);
  line.settle();
  BOOST_TEST(right.digest() == left.digest());
  BOOST_TEST(line.said_by<sync::SegmentMessage>(left).size() <= 6U);
  BOOST_TEST(line.said_by<sync::SegmentMessage>(right).size() == 0U);
  BOOST_TEST(line.said_by<Scopes>(right).front().full);

  line.cut();
  left.record(5'000);
  Line later(left, right);
  later.settle();
  BOOST_TEST(!later.said_by<Scopes>(right).front().full);
  BOOST_TEST(later.said_by<sync::SegmentMessage>(left).size() == 1U);
}

// ---- DONE, and the cursor that is kept of it

BOOST_AUTO_TEST_CASE(done_waits_for_the_vector_that_is_due) {
  const auto record = left.record();
  Line line(left, right);
  line.greet();
  line.hear_until<Scopes>(right);
  line.hear_until<Scopes>(left);  // the vector behind it is still on its way

  line.hear_all(right);
  BOOST_TEST(line.said_by<Done>(left).empty());
  BOOST_TEST(right.cursor_of(left).arrivals == 0);
  BOOST_TEST(!right.holds(record));

  line.settle();
  BOOST_TEST(right.holds(record));
  BOOST_TEST(right.cursor_of(left).arrivals == left.disk.arrivals());
}

BOOST_AUTO_TEST_CASE(done_does_not_wait_for_a_vector_that_the_peer_need_not_send) {
  meet();
  now = now + 25h;
  Line line(left, right);
  line.greet();
  left.record();  // after its digests have left, which are the same at the other end
  line.settle();
  BOOST_TEST(right.cursor_of(left).arrivals == left.disk.arrivals());
}

BOOST_AUTO_TEST_CASE(done_that_was_said_before_the_answer_does_not_count) {
  const auto record = other.record();
  left.record();
  Line(left, other).settle();
  Machine above{city.district, {known.begin(), known.end() - 1}, now};
  Line line(left, above);
  line.greet();
  while (line.said_by<Done>(left).empty()) {
    line.hear_all(above);
    line.hear_all(left);
  }
  BOOST_TEST(!above.holds(record));  // refused: no certificate of its author is known

  above.certify(third.certificate);  // now it is, and the district asks for what it refused
  line.hear_until<Done>(above);
  BOOST_TEST(above.cursor_of(left).arrivals == 0);
  line.settle();
  BOOST_TEST(above.holds(record));
  BOOST_TEST(above.cursor_of(left).arrivals == left.disk.arrivals());
}

BOOST_AUTO_TEST_CASE(a_cover_goes_to_a_peer_that_has_had_the_changes_for_long) {
  Line below(left, right);
  below.settle();
  for (std::size_t i = 0; i < sync::kCoverRun; ++i) left.record();
  while (below.said_by<CoverMessage>(left).empty()) {
    below.hear_all(right);
    below.hear_all(left);
  }
  Line(right, other).settle();
  Line above(right, other);
  above.settle();

  below.settle();  // now comes the cover
  pass(20s, {&below, &above});
  BOOST_TEST(above.said_by<CoverMessage>(right).size() == 1);
  BOOST_TEST(other.cursor_of(right).arrivals == right.disk.arrivals());
}

// ---- a database that was put back

// What the left had when it was copied, and what it wrote since and sent.
struct PutBack : Station {
  PutBack() {
    before = left.record();
    Line(left, right).settle();
    backup.emplace(left.disk);
    after = left.record();
    Line(left, right).settle();
  }
  void agree() {
    Line(left, right).settle();
    Line(left, right).settle();  // on its new epoch it opens a new line
    for (const Machine* end : {&left, &right}) {
      BOOST_TEST(end->holds(before));
      BOOST_TEST(end->holds(after));
    }
    BOOST_TEST(left.digest() == right.digest());
    BOOST_TEST(left.count(sync::Notice::Kind::ForkSeen) == 0);
    BOOST_TEST(right.count(sync::Notice::Kind::ForkSeen) == 0);
  }
  crdt::ChangeId before;
  crdt::ChangeId after;
  std::optional<Image> backup;
};

BOOST_FIXTURE_TEST_CASE(it_writes_at_once_when_its_guard_knows, PutBack) {
  left.boot_put_back(*backup);
  const auto since = left.record();
  BOOST_TEST((since.stream != after.stream));
  agree();
  BOOST_TEST(right.holds(since));
}

BOOST_FIXTURE_TEST_CASE(it_learns_from_a_peer_when_nothing_here_knows, PutBack) {
  left.boot(*backup);
  agree();
  BOOST_TEST(left.count(sync::Notice::Kind::EpochOpened) == 1);
  const auto since = left.record();
  BOOST_TEST((since.stream != after.stream));
  Line(left, right).settle();
  BOOST_TEST(right.holds(since));
}

BOOST_FIXTURE_TEST_CASE(it_learns_also_of_a_stream_that_it_has_lost_whole, PutBack) {
  left.boot(Image(backup->log_instance()));
  agree();
  BOOST_TEST(left.count(sync::Notice::Kind::EpochOpened) == 1);
}

// Written before any peer could say so, in the place of what was there: another machine does this
// too. What is written from the meeting on stands in a stream of its own.
BOOST_FIXTURE_TEST_CASE(two_ends_of_one_stream_open_an_epoch, PutBack) {
  left.boot(*backup);
  left.record(8);  // other than what stood there
  Line(left, right).settle();
  BOOST_TEST(left.count(sync::Notice::Kind::EpochOpened) == 1);
  const auto since = left.record();
  Line(left, right).settle();
  BOOST_TEST(right.holds(since));
}

BOOST_FIXTURE_TEST_CASE(two_machines_of_one_name_are_both_heard, PutBack) {
  Machine twin{city.station, known, now};
  twin.boot_put_back(*backup);
  const auto here = left.record();
  const auto there = twin.record();
  Line one(left, right);
  one.settle();
  Line two(twin, right);
  pass(5s, {&one, &two});
  for (const Machine* end : {&left, &right, &twin}) {
    for (const auto& change : {before, after, here, there}) BOOST_TEST(end->holds(change));
  }
  BOOST_TEST(left.digest() == right.digest());
  BOOST_TEST(twin.digest() == right.digest());
}

// It could not be sealed, for nobody can say which history it refers to; nor could what follows it.
BOOST_AUTO_TEST_CASE(what_refers_to_a_change_that_is_not_held_is_refused) {
  const auto unheard = left.record();
  right.record();
  BOOST_TEST((right.refused_to_edit(unheard) == Errc::NotFound));
  BOOST_TEST((right.refused_to_edit({unheard.stream, unheard.seq + 9}) == Errc::NotFound));
  const auto later = right.record();
  Line(left, right).settle();
  BOOST_TEST(left.holds(later));
  BOOST_TEST((right.refused_to_edit({unheard.stream, unheard.seq + 9}) == Errc::NotFound));
  right.edit(unheard);
}

BOOST_FIXTURE_TEST_CASE(an_unsealed_tail_that_others_have_sealed_is_theirs, PutBack) {
  left.record();
  const Image unsealed = left.disk;  // its last change has not left yet
  Line(left, right).settle();
  left.record();
  Line(left, right).settle();

  left.boot_put_back(unsealed);
  agree();
  BOOST_TEST(left.disk.tail(after.stream, 1)->empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::sim::test
