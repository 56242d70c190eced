// The SQLite store against the simulator's memory store: after the same writes both say the same.
#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>

#include "node/store/database.h"
#include "node/store/projections.h"
#include "node/store/rebuild.h"
#include "node/store/verify.h"
#include "sync/read_chain.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

template <class Row>
std::vector<Row> sorted(std::vector<Row> rows, auto key) {
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  return rows;
}

bool same_segments(const std::vector<sync::SegmentRow>& a, const std::vector<sync::SegmentRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.stream == y.stream && x.first == y.first && x.last == y.last &&
           x.arrival == y.arrival && x.content == y.content && x.covering == y.covering &&
           x.changes_bytes == y.changes_bytes && x.container == y.container;
  });
}

void check_streams(const SqliteStore& store, const sim::Image& image) {
  const auto by_id = [](const sync::StreamRow& row) { return row.id; };
  const auto rows = sorted(store.streams(), by_id);
  BOOST_REQUIRE((rows == sorted(image.streams(), by_id)));
  for (const sync::StreamRow& row : rows) {
    for (const std::uint64_t from : {std::uint64_t{1}, row.seq / 2 + 1, row.seq + 1}) {
      BOOST_TEST(same_segments(*store.segments(row.id, from, 1'000'000),
                               *image.segments(row.id, from, 1'000'000)));
      BOOST_TEST(same_segments(*store.segments(row.id, from, 1), *image.segments(row.id, from, 1)));
      const auto tail = *store.tail(row.id, from);
      const auto wanted = *image.tail(row.id, from);
      BOOST_REQUIRE(tail.size() == wanted.size());
      for (std::size_t i = 0; i < tail.size(); ++i) {
        BOOST_TEST(tail[i].seq == wanted[i].seq);
        BOOST_TEST((tail[i].expanded == wanted[i].expanded));
      }
      auto keys = store.key_rows(row.id, from, row.seq);
      std::sort(keys.begin(), keys.end());
      BOOST_TEST((keys == image.key_rows(row.id, from, row.seq)));
      for (const sync::KeyRow& key : keys) {
        BOOST_TEST((store.rows_of_key(key.key) == image.rows_of_key(key.key)));
      }
    }
  }
}

void check_arrivals(const SqliteStore& store, const sim::Image& image) {
  BOOST_TEST(store.arrivals() == image.arrivals());
  for (std::uint64_t after = 0; after <= image.arrivals(); after += 1 + image.arrivals() / 7) {
    const auto by_stream = [](const sync::StoreView::Arrived& row) { return row.stream; };
    const auto rows = sorted(store.arrived_after(after), by_stream);
    const auto wanted = sorted(image.arrived_after(after), by_stream);
    BOOST_REQUIRE(rows.size() == wanted.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      BOOST_TEST((rows[i].stream == wanted[i].stream && rows[i].first == wanted[i].first));
    }
    BOOST_TEST(same_segments(store.covers_after(after, 5), image.covers_after(after, 5)));
  }
}

void check_members(const SqliteStore& store, const sim::Image& image) {
  const auto node = [](const sync::Certificate& certificate) { return certificate.node(); };
  BOOST_TEST((sorted(store.certificates(), node) == sorted(image.certificates(), node)));
  const auto revoked = [](const sync::Revocation& revocation) { return revocation.node; };
  BOOST_TEST((sorted(store.revocations(), revoked) == sorted(image.revocations(), revoked)));
  const auto scope_key = [](const sync::ScopeKeyOp& op) {
    return std::make_pair(op.scope, op.generation);
  };
  BOOST_TEST((sorted(store.scope_keys(), scope_key) == sorted(image.scope_keys(), scope_key)));
  const auto scope = [](const sync::Receipt& receipt) { return receipt.scope; };
  BOOST_TEST((sorted(store.receipts(), scope) == sorted(image.receipts(), scope)));
  auto digests = store.digests();
  const auto first = [](const std::pair<sync::Scope, sync::ScopeDigest>& row) { return row.first; };
  BOOST_TEST((sorted(digests, first) == sorted(image.digests(), first)));
  BOOST_TEST((store.hlc_floor() == image.hlc_floor()));
  BOOST_TEST(store.cursors().size() == image.cursors().size());
  BOOST_TEST(store.acks().size() == image.acks().size());
  BOOST_TEST((store.ahead() == image.ahead()));
}

// The day list must be what a scan over all records gives.
void check_projection(const SqliteStore& store, const sim::Image& image, const sync::Scope& scope) {
  for (std::int64_t date = 20'000; date < 20'010; ++date) {
    std::vector<std::pair<std::int64_t, crdt::Dot>> wanted;
    for (const auto& [key, state] : image.all_entities()) {
      const auto place = day_place(state.get());
      if (key.first == scope && place && place->date == date) {
        wanted.emplace_back(place->window, key.second);
      }
    }
    std::vector<std::pair<std::int64_t, crdt::Dot>> rows;
    const auto listed = store.day(scope, date);
    for (const SqliteStore::DayRow& row : *listed) {
      rows.emplace_back(row.window, row.dot);
    }
    std::sort(rows.begin(), rows.end());
    std::sort(wanted.begin(), wanted.end());
    BOOST_TEST((rows == wanted));
  }
}

void check_all(Site& site, const sync::Scope& scope) {
  const SqliteStore& store = site.store();
  const sim::Image& image = site.mirror();
  check_streams(store, image);
  check_arrivals(store, image);
  check_members(store, image);
  check_projection(store, image, scope);
  for (const auto& [key, state] : image.all_entities()) {
    const auto held = store.entity(key.first, key.second);
    BOOST_REQUIRE((held.has_value() && *held != nullptr));
    BOOST_TEST((**held == *state));
  }
  BOOST_TEST((*store.entity(scope, {sync::test::stream(9), 1, 0}) == nullptr));
}

// A morning at the counter: `count` bookings, edits of some of them, in both places.
std::vector<crdt::Dot> work(SmallCity& city, int count) {
  std::vector<crdt::Dot> dots;
  for (int i = 0; i < count; ++i) {
    Site& site = i % 4 == 3 ? *city.hub : *city.station;
    const auto written = site.write(booking(city.scope, i));
    if (written) dots.push_back({written->id.stream, written->id.seq, 0});
    if (i % 2 == 0 && !dots.empty()) {
      const crdt::Dot& dot = dots[static_cast<std::size_t>(i) * 7 % dots.size()];
      const auto state = site.store().entity(city.scope, dot);
      if (state && *state && !(*state)->deleted) {
        BOOST_REQUIRE(site.write(edit(city.scope, dot, **state, i)).has_value());
      }
    }
    if (i % 5 == 0) city.run(200);
  }
  return dots;
}

// Revokes the station at the hub, by which only the first `last` changes of its business count.
void revoke_at(SmallCity& city, const sync::StreamRow& stream, std::uint64_t last) {
  sync::Revocation revocation{city.station->engine().node(), {}};
  const auto read =
      sync::read_chain(city.hub->store(), stream, last, [&](const sync::ChainedChange& one) {
        revocation.cuts.push_back({stream.id, last, sync::head_tag(one.head)});
        return false;
      });
  BOOST_REQUIRE(read.has_value());
  sync::Draft draft;
  draft.scope = {city.hub->engine().self().home, sync::ScopeClass::Auth};
  draft.ops.push_back(
      {sync::own_op(0),
       crdt::Opaque{static_cast<std::uint16_t>(crdt::OpKind::Revoke), encode(revocation)}});
  BOOST_REQUIRE(city.hub->write(draft).has_value());
  city.hub->commit();
}

// The stream of `author` in that scope, as it stands at `site`.
sync::StreamRow stream_of(NodeId author, const sync::Scope& scope, Site& site) {
  for (const sync::StreamRow& row : site.store().streams()) {
    if (row.author == author && row.scope == scope) return row;
  }
  return {};
}

std::vector<std::string> findings(Site& site, const sync::Key32& root) {
  const auto report = verify(site.store(), root);
  BOOST_REQUIRE(report.has_value());
  std::vector<std::string> found;
  for (const VerifyFinding& finding : report->findings) {
    found.push_back(finding.what + " " + finding.where);
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite_store_test)

BOOST_AUTO_TEST_CASE(a_revocation_takes_back_what_had_come_before_it) {
  const sync::Key32 root = sync::test::make_city(23).root.public_key();
  SmallCity city(23);
  city.connect();
  city.run(1000);
  BOOST_REQUIRE(work(city, 120).size() > 60);
  city.run(5000);
  const NodeId station = city.station->engine().node();
  const sync::StreamRow before = stream_of(station, city.scope, *city.hub);
  const std::size_t records = city.hub->mirror().all_entities().size();
  BOOST_REQUIRE(before.seq > 40U);

  revoke_at(city, before, 20);
  const sync::StreamRow after = stream_of(station, city.scope, *city.hub);
  BOOST_TEST(after.seq == 20U);
  BOOST_TEST(after.sealed == before.sealed);
  BOOST_TEST(city.hub->mirror().all_entities().size() < records);
  const auto revoked = city.hub->engine().revoked(station);
  BOOST_REQUIRE(revoked.has_value());
  BOOST_TEST(revoked->held >= before.seq - 20);
  BOOST_TEST(ended(*city.hub, 1) == "the peer was revoked");

  for (const bool anew : {false, true}) {  // a new process says the same
    if (anew) {
      city.hub->close();
      city.hub->open(false);
    }
    check_all(*city.hub, city.scope);
    BOOST_TEST(findings(*city.hub, root).empty());
    BOOST_TEST(city.hub->engine().revoked(station)->held == revoked->held);
  }
  const auto roots = state_roots(city.hub->store());
  BOOST_REQUIRE(rebuild(city.hub->store()).has_value());
  BOOST_TEST(state_roots(city.hub->store())->back().state_root == roots->back().state_root);
  BOOST_TEST(findings(*city.hub, root).empty());

  city.hub->store().sql().exec("DELETE FROM revocation");
  const auto found = findings(*city.hub, root);
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].starts_with("revocation "));
}

BOOST_AUTO_TEST_CASE(stamps_of_the_future_are_remembered_until_they_are_judged_and_then_verified) {
  const sync::Key32 root = sync::test::make_city(29).root.public_key();
  SmallCity city(29);
  city.connect();
  city.run(1000);
  work(city, 40);
  city.run(5000);
  city.hang_up();
  city.hub->engine().judge_clock(sync::ClockWorth::Doubtful);
  city.station->ahead_ms = 24LL * 3600 * 1000;
  work(city, 40);
  city.connect();
  city.run(5000);
  BOOST_REQUIRE(city.hub->store().ahead().size() == 1U);

  city.hub->close();
  city.hub->open(false);
  check_all(*city.hub, city.scope);
  city.hub->engine().judge_clock(sync::ClockWorth::Unconfirmed);
  city.connect();
  city.run(5000);
  BOOST_TEST(city.hub->store().ahead().empty());
  for (Site* site : {city.hub.get(), city.station.get()}) {
    check_all(*site, city.scope);
    BOOST_TEST(findings(*site, root).empty());
    const auto roots = state_roots(site->store());
    BOOST_REQUIRE(rebuild(site->store()).has_value());
    BOOST_TEST((state_roots(site->store())->back().state_root == roots->back().state_root));
    BOOST_TEST(findings(*site, root).empty());
  }
}

// A clerk must not be told that something is saved which counts nowhere: so the station is told.
BOOST_AUTO_TEST_CASE(a_revoked_station_is_told_so_and_writes_nothing_more) {
  const sync::Key32 root = sync::test::make_city(24).root.public_key();
  SmallCity city(24);
  city.connect();
  city.run(1000);
  BOOST_REQUIRE(work(city, 60).size() > 30);
  city.run(5000);
  city.hang_up();
  const NodeId station = city.station->engine().node();
  BOOST_REQUIRE(city.station->write(booking(city.scope, 900)).has_value());  // nobody has it
  city.station->commit();
  revoke_at(city, stream_of(station, city.scope, *city.hub), 20);
  city.station->notices.clear();
  city.connect();
  city.run(3000);

  BOOST_TEST(ended(*city.station, 1) == "the peer says that this node was revoked");
  BOOST_TEST(stream_of(station, city.scope, *city.hub).seq == 20U);
  BOOST_TEST(stream_of(station, city.scope, *city.station).seq == 20U);
  const auto refused = city.station->write(booking(city.scope, 901));
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == Errc::Denied && refused.error().field == "revoked"));
  for (const bool anew : {false, true}) {
    if (anew) {
      city.station->close();
      city.station->open(false);  // the journal holds more than counts, and that is right
      BOOST_TEST(city.station->repair.taken_back == 0U);
    }
    check_all(*city.station, city.scope);
    BOOST_TEST(findings(*city.station, root).empty());
  }
  const JournalOwner owner = city.station->journal_owner();
  BOOST_TEST(verify(city.station->store(), root, &owner)->ok);
}

BOOST_AUTO_TEST_CASE(tables_say_what_was_written_also_after_opening_again) {
  SmallCity city(11);
  city.connect();
  city.run(1000);
  BOOST_REQUIRE(work(city, 120).size() > 60);
  city.run(5000);
  BOOST_TEST(city.hub->mirror().all_entities().size() ==
             city.station->mirror().all_entities().size());
  for (Site* site : {city.hub.get(), city.station.get()}) {
    check_all(*site, city.scope);
    site->close();
    site->open(false);
    check_all(*site, city.scope);
  }
}

// A station that is online seals one change at a time; the runs that replace these must reach the
// peers on the link that stands, or their logs would grow at several times the size.
BOOST_AUTO_TEST_CASE(small_segments_are_replaced_at_the_peer_while_the_link_stands) {
  SmallCity city(16);
  city.connect();
  city.run(1000);
  StreamId stream;
  for (int i = 0; i < 64; ++i) {
    const auto written = city.station->write(booking(city.scope, i));
    BOOST_REQUIRE(written.has_value());
    stream = written->id.stream;
    city.run(100);
  }
  city.run(1000);
  const auto at_hub = city.hub->store().segments(stream, 1, 10'000'000);
  BOOST_REQUIRE(at_hub.has_value());
  std::uint64_t covered = 0;
  for (const sync::SegmentRow& row : *at_hub) {
    if (row.covering) covered += row.last - row.first + 1;
  }
  BOOST_TEST(covered >= 48U);
  BOOST_TEST(at_hub->size() < 24U);
}

BOOST_AUTO_TEST_CASE(requests_are_forgotten_after_seven_days) {
  SmallCity city(17);
  city.connect();
  city.run(1000);
  const sync::Draft draft = booking(city.scope, 5);
  BOOST_REQUIRE(city.station->write(draft).has_value());
  SqliteStore& store = city.station->store();
  const WallMs written = draft.idempotency->at;
  const std::int64_t week = 7LL * 24 * 3600 * 1000;
  BOOST_REQUIRE(store.forget_requests({written.value + week}).has_value());
  BOOST_TEST(store.idempotency(draft.idempotency->key).has_value());
  BOOST_REQUIRE(store.forget_requests({written.value + week + 1}).has_value());
  BOOST_TEST(!store.idempotency(draft.idempotency->key).has_value());
}

BOOST_AUTO_TEST_CASE(a_snapshot_stays_as_it_is_and_writes_nothing) {
  SmallCity city(18);
  city.connect();
  city.run(1000);
  work(city, 20);
  city.station->commit();
  SqliteStore& store = city.station->store();
  const auto before = state_roots(store);
  {
    const auto snapshot = store.snapshot();
    BOOST_REQUIRE(snapshot.has_value());
    const auto entities = store.counts().entities;
    work(city, 20);
    city.station->commit();
    BOOST_TEST((*snapshot)->counts().entities == entities);
    BOOST_TEST(store.counts().entities > entities);
    const auto same = state_roots(**snapshot);
    BOOST_TEST(same->front().state_root == before->front().state_root);
    const JournalOwner owner = city.station->journal_owner();
    const auto report = verify(**snapshot, sync::test::make_city(18).root.public_key(), &owner);
    BOOST_REQUIRE(report.has_value());
    for (const VerifyFinding& finding : report->findings) {
      BOOST_ERROR(finding.what + " " + finding.where);
    }
    BOOST_TEST(!(*snapshot)->forget_requests({0}).has_value());
  }
  BOOST_TEST(fs::exists(city.station->folder() / "yizhan.db-wal"));
}

BOOST_AUTO_TEST_CASE(an_idempotency_key_names_its_record) {
  SmallCity city(12);
  city.connect();
  city.run(1000);
  const sync::Draft draft = booking(city.scope, 5);
  const auto written = city.station->write(draft);
  BOOST_REQUIRE(written.has_value());
  city.station->commit();
  city.station->close();
  city.station->open(false);
  const auto row = city.station->store().idempotency(draft.idempotency->key);
  BOOST_REQUIRE(row.has_value());
  BOOST_TEST((row->entity == crdt::Dot{written->id.stream, written->id.seq, 0}));
  BOOST_TEST((row->request == draft.idempotency->request));
  BOOST_TEST(row->status == 201);
  BOOST_TEST(!city.station->store().idempotency(draft.idempotency->key + 1).has_value());
}

BOOST_AUTO_TEST_CASE(what_was_not_committed_is_gone_after_a_crash_I2) {
  SmallCity city(13);
  city.connect();
  city.run(1000);
  const auto kept = city.station->write(booking(city.scope, 1));
  city.station->commit();
  const auto lost = city.station->write(booking(city.scope, 2));
  BOOST_REQUIRE((kept && lost));
  city.station->close();
  city.station->open(false);
  const SqliteStore& store = city.station->store();
  BOOST_TEST((*store.entity(city.scope, {kept->id.stream, kept->id.seq, 0}) != nullptr));
  BOOST_TEST((*store.entity(city.scope, {lost->id.stream, lost->id.seq, 0}) == nullptr));
  check_all(*city.station, city.scope);
}

BOOST_AUTO_TEST_CASE(a_rollback_leaves_nothing_in_the_file_or_in_memory_I3) {
  SmallCity city(14);
  city.connect();
  city.run(1000);
  work(city, 20);
  city.run(1000);
  SqliteStore& store = city.station->store();
  const auto before = store.counts();
  const auto streams = store.streams().size();
  const auto written = city.station->write(booking(city.scope, 77));
  BOOST_REQUIRE(written.has_value());
  BOOST_TEST(store.dirty());
  store.rollback();
  BOOST_TEST(!store.dirty());
  BOOST_TEST((*store.entity(city.scope, {written->id.stream, written->id.seq, 0}) == nullptr));
  BOOST_TEST(store.counts().entities == before.entities);
  BOOST_TEST(store.counts().key_rows == before.key_rows);
  BOOST_TEST(store.streams().size() == streams);
}

// kill -9 at a random moment: everything that was said to be durable is there.
BOOST_AUTO_TEST_CASE(a_killed_process_has_lost_nothing_it_had_committed_I2) {
  SmallCity city(15);
  city.connect();
  city.run(1000);
  city.hub->close();
  city.station->commit();
  for (int round = 0; round < 5; ++round) {
    city.station->close();
    int pipe_ends[2];
    BOOST_REQUIRE(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      city.station->open(false);
      for (int i = 0;; ++i) {
        const auto written = city.station->write(booking(city.scope, 1000 * round + i));
        city.station->commit();
        const std::uint64_t seq = written->id.seq;
        if (::write(pipe_ends[1], &seq, sizeof seq) != sizeof seq) ::_exit(3);
      }
    }
    ::close(pipe_ends[1]);
    std::uint64_t seq = 0;
    std::uint64_t said = 0;
    for (int i = 0; i<10 + 7 * round&& ::read(pipe_ends[0], &seq, sizeof seq)> 0; ++i) said = seq;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(pipe_ends[0], &seq, sizeof seq) == sizeof seq) said = seq;
    ::close(pipe_ends[0]);
    city.station->open(false);
    std::uint64_t held = 0;
    for (const sync::StreamRow& row : city.station->store().streams()) {
      if (row.scope == city.scope) held = row.seq;
    }
    BOOST_TEST(said > 0U);
    BOOST_TEST(held >= said);
    BOOST_TEST(held <= said + 1);
  }
}

BOOST_AUTO_TEST_CASE(the_write_ahead_log_is_used_again_and_does_not_grow_with_the_history) {
  SmallCity city(16);
  city.connect();
  city.run(1000);
  const fs::path log = city.station->folder() / "yizhan.db-wal";
  const auto save = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      const auto written = city.station->write(booking(city.scope, i));
      BOOST_REQUIRE(written.has_value());
      city.station->store().idempotency(7);  // a query that is not read to its end
      city.station->commit();
    }
    return fs::file_size(log);
  };
  const auto first = save(0, 400);
  const auto later = save(400, 1200);
  BOOST_TEST(first > 1'000'000U);
  BOOST_TEST(later < first * 2);
}

BOOST_AUTO_TEST_CASE(a_second_process_is_told_who_holds_the_folder) {
  TempFolder folder;
  sync::test::SeededEntropy entropy(1);
  const auto first = SqliteStore::open({folder.path(), true}, entropy);
  BOOST_REQUIRE(first.has_value());
  const auto second = SqliteStore::open({folder.path(), true}, entropy);
  YZ_REQUIRE_ERROR(second, Errc::Busy);
  BOOST_TEST(second.error().detail.find(std::to_string(::getpid())) != std::string::npos);
}

// By name: size, and when it was last written.
std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> seen_in(
    const fs::path& folder) {
  std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> seen;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    seen[entry.path().filename()] = {entry.file_size(), entry.last_write_time()};
  }
  return seen;
}

BOOST_AUTO_TEST_CASE(a_look_into_a_folder_that_stands_still_changes_nothing_and_reads_all) {
  SmallCity city(77);
  city.connect();
  city.run(1000);
  for (int i = 0; i < 5; ++i)
    BOOST_REQUIRE(city.station->write(booking(city.scope, i)).has_value());
  city.run(500);
  const auto held = SqliteStore::look_into(city.station->folder());
  BOOST_REQUIRE(!held);
  BOOST_TEST((held.error().code == Errc::Busy));
  BOOST_TEST(held.error().detail == std::to_string(::getpid()));
  const auto streams = city.station->store().streams();
  city.station->close();
  const auto before = seen_in(city.station->folder());
  {
    const auto store = SqliteStore::look_into(city.station->folder());
    BOOST_REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().detail));
    BOOST_TEST(((*store)->streams() == streams));
    const auto second = SqliteStore::look_into(city.station->folder());
    BOOST_TEST(second.has_value());  // those who only look do not meet
    BOOST_TEST(!FolderLock::take(city.station->folder()).has_value());
  }
  BOOST_TEST((seen_in(city.station->folder()) == before));
  std::ofstream(city.station->folder() / "yizhan.db-wal", std::ios::app) << "a log";
  const auto waits = SqliteStore::look_into(city.station->folder());
  BOOST_REQUIRE(!waits);
  BOOST_TEST((waits.error().code == Errc::Unsupported));
  const TempFolder empty;
  BOOST_TEST((SqliteStore::look_into(empty.path()).error().code == Errc::NotFound));
  BOOST_TEST(fs::is_empty(empty.path()));
}

BOOST_AUTO_TEST_CASE(a_path_with_any_sign_in_it_is_looked_into) {
  SmallCity city(78);
  city.connect();
  city.run(1000);
  city.station->close();
  const TempFolder home;
  const fs::path odd = home.path() / "数据 50% #1?x&y";
  fs::copy(city.station->folder(), odd, fs::copy_options::recursive);
  const auto store = SqliteStore::look_into(odd);
  BOOST_REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().detail));
  BOOST_TEST(!(*store)->certificates().empty());
}

BOOST_AUTO_TEST_CASE(foreign_damaged_newer_and_absent_files_are_refused_and_not_touched) {
  TempFolder folder;
  sync::test::SeededEntropy entropy(1);
  const fs::path file = folder.path() / "yizhan.db";
  YZ_REQUIRE_ERROR(SqliteStore::open({folder.path(), false}, entropy), Errc::NotFound);

  const auto refused = [&](const std::string& content, Errc wanted) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    YZ_REQUIRE_ERROR(SqliteStore::open({folder.path(), true}, entropy), wanted);
    std::ifstream in(file, std::ios::binary);
    const std::string after((std::istreambuf_iterator<char>(in)), {});
    BOOST_TEST((after == content));
  };
  refused("this is a letter, not a database\n" + std::string(5000, 'x'), Errc::StorageCorrupt);

  fs::remove(file);
  { BOOST_REQUIRE(SqliteStore::open({folder.path(), true}, entropy).has_value()); }
  std::ifstream in(file, std::ios::binary);
  std::string good((std::istreambuf_iterator<char>(in)), {});
  in.close();
  BOOST_REQUIRE(good.size() > 100);
  fs::remove(folder.path() / "yizhan.db-wal");
  fs::remove(folder.path() / "yizhan.db-shm");
  std::string newer = good;
  newer[63] = 9;  // user_version, byte 60 to 63 of the header
  refused(newer, Errc::UnknownVersion);
  std::string foreign = good;
  foreign[68] = static_cast<char>(foreign[68] ^ 1);  // application_id, byte 68 to 71
  refused(foreign, Errc::StorageCorrupt);
}

// After a crash of a newer program its mark may stand in the log alone.
BOOST_AUTO_TEST_CASE(a_newer_version_that_only_the_log_tells_of_is_refused_and_not_touched) {
  TempFolder made;
  TempFolder crashed;
  sync::test::SeededEntropy entropy(1);
  { BOOST_REQUIRE(SqliteStore::open({made.path(), true}, entropy).has_value()); }
  SQLite::Database newer((made.path() / "yizhan.db").string(), SQLite::OPEN_READWRITE);
  newer.exec("PRAGMA journal_mode=WAL; PRAGMA user_version=9");
  std::map<std::string, std::string> before;
  const auto content = [&](const std::string& name) {
    std::ifstream in(crashed.path() / name, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
  };
  for (const std::string name : {"yizhan.db", "yizhan.db-wal"}) {
    fs::copy_file(made.path() / name, crashed.path() / name);
    before[name] = content(name);
  }
  BOOST_REQUIRE(before["yizhan.db"][63] != 9);
  YZ_REQUIRE_ERROR(SqliteStore::open({crashed.path(), true}, entropy), Errc::UnknownVersion);
  for (const auto& [name, bytes] : before) BOOST_TEST((content(name) == bytes), name);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::node::test
