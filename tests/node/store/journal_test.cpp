// The journal: what one of the two files loses, the other gives back.
#include "node/store/journal.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <random>

#include "crdt/codec/change_codec.h"
#include "node/store/verify.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

Bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const Bytes& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

void flip(Bytes& bytes, std::size_t at, std::size_t bit) {
  bytes[at] ^= static_cast<std::uint8_t>(1U << bit);
}

// The database as it stands on the disk while the node runs: what a crash would leave.
struct DatabaseCopy {
  explicit DatabaseCopy(const fs::path& folder)
      : file(read_file(folder / "yizhan.db")), wal(read_file(folder / "yizhan.db-wal")) {}
  void put_back(const fs::path& folder) const {
    fs::remove(folder / "yizhan.db-shm");
    write_file(folder / "yizhan.db", file);
    write_file(folder / "yizhan.db-wal", wal);
  }
  Bytes file;
  Bytes wal;
};

// A connected city whose station has worked for a while.
struct Worked {
  explicit Worked(std::uint64_t of) : city(of), seed(of) {
    city.connect();
    city.run(1000);
    work(30);
  }
  // Bookings and edits, each its own commit; some of them travel.
  void work(int count) {
    for (int i = 0; i < count; ++i) {
      const auto written = station().write(booking(city.scope, ++number));
      BOOST_REQUIRE(written.has_value());
      station().commit();
      if (number % 3 == 0) {
        const crdt::Dot dot{written->id.stream, written->id.seq, 0};
        const auto state = station().store().entity(city.scope, dot);
        BOOST_REQUIRE(station().write(edit(city.scope, dot, **state, number)).has_value());
        station().commit();
      }
      if (number % 7 == 0) city.run(100);
    }
  }
  Site& station() { return *city.station; }
  fs::path journal(std::uint64_t file) { return journal_file(station().folder(), file); }
  std::uint64_t newest() {
    std::uint64_t last = 0;
    for (const auto& file : fs::directory_iterator(journal_folder(station().folder()))) {
      last = std::max<std::uint64_t>(last, std::stoul(file.path().stem().string()));
    }
    return last;
  }
  VerifyReport verified() {
    const JournalOwner owner = station().journal_owner();
    const auto root = sync::test::make_city(seed).root.public_key();
    auto report = verify(station().store(), root, &owner);
    BOOST_REQUIRE(report.has_value());
    return *report;
  }
  // Everything that must be the same after a repair.
  std::string facts() {
    std::string all;
    const auto roots = state_roots(station().store());
    BOOST_REQUIRE(roots.has_value());
    for (const ScopeRoot& root : *roots) {
      all += root.scope + " " + root.log_digest + " " + root.state_root + "\n";
    }
    return all + "keys " + std::to_string(station().store().counts().key_rows) + "\n";
  }

  SmallCity city;
  std::uint64_t seed;
  int number = 0;
};

void expect_clean(const VerifyReport& report) {
  for (const VerifyFinding& finding : report.findings) {
    BOOST_ERROR(finding.what + " " + finding.where);
  }
  BOOST_TEST(report.ok);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journal_test)

BOOST_AUTO_TEST_CASE(golden_records) {
  const sync::Secret32 key = journal_key(sync::SignKey(sync::test::secret(77)));
  const StreamId own = sync::test::stream(500);
  const crdt::Change change = sync::test::one_change(own);
  const Bytes expanded = crdt::encode_expanded(change);
  sync::JournalChange entry{own, {1, sync::test::bytes_of<8>(3)}, 1, {}, expanded, {}, {}};
  entry.head = sync::next_head(sync::first_head(own), 1, expanded);
  entry.idempotency =
      sync::IdempotencyRow{change.idempotency, {}, change.dot(0), 201, WallMs{1'795'000'000'000}};
  for (const auto& [name, record] :
       {std::pair<std::string, JournalRecord>{"opening", JournalOpening{7, {}}},
        {"change", JournalEntry{7, entry}},
        {"closing", JournalClosing{7, {{own, 1}}}}}) {
    Bytes bytes;
    put_record(bytes, record, key);
    sync::test::check_golden("journal", name, "record of a journal: " + name, bytes);
    const auto found = record_at(bytes, 0, key);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->record == record));
    BOOST_TEST(found->end == bytes.size());
    Bytes again;
    put_record(again, found->record, key);
    BOOST_TEST((again == bytes));
  }
}

BOOST_AUTO_TEST_CASE(a_database_behind_its_journal_takes_every_change_back_I1_I2) {
  for (std::uint64_t seed = 31; seed < 36; ++seed) {
    Worked worked(seed);
    worked.city.run(2000);  // what travelled is sealed: the copy holds segments and a tail
    const DatabaseCopy old(worked.station().folder());
    const std::uint64_t instance = worked.station().store().log_instance();
    worked.work(static_cast<int>(seed - 30) * 5);
    const std::string before = worked.facts();
    const auto counts = worked.station().store().counts();
    worked.station().close();
    old.put_back(worked.station().folder());

    worked.station().open(false);
    BOOST_TEST(worked.station().repair.taken_back > 0U);
    BOOST_TEST(worked.station().store().log_instance() != instance);
    // The station alone holds nothing of others here that a copy could lack: all is as before.
    BOOST_TEST(worked.facts() == before);
    BOOST_TEST(worked.station().store().counts().entities == counts.entities);
    for (int i = 1; i <= worked.number; ++i) {
      const auto key = booking(worked.city.scope, i).idempotency->key;
      BOOST_TEST(worked.station().store().idempotency(key).has_value(), "booking " << i);
    }
    expect_clean(worked.verified());
    worked.city.hub->deliver(sync::LinkClosed{1});
    worked.city.connect();
    worked.work(5);  // goes on behind what was taken back, and the hub finds one history
    worked.city.run(10'000);
    expect_clean(worked.verified());
    const auto& hub = worked.city.hub->store();
    const auto& station = worked.station().store();
    BOOST_TEST((hub.digests().back().second == station.digests().back().second));
  }
}

BOOST_AUTO_TEST_CASE(a_journal_behind_its_database_is_completed) {
  Worked worked(41);
  const std::size_t damages = 40;
  std::mt19937 random(9);
  for (std::size_t round = 0; round < damages; ++round) {
    worked.work(3);
    const std::uint64_t newest = worked.newest();
    Bytes bytes =
        read_file(worked.journal(newest));  // before it is closed: as a power cut leaves it
    worked.station().close();
    const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](auto b) { return b != 0; });
    const auto used = static_cast<std::size_t>(bytes.rend() - last);
    switch (round % 4) {
      case 0: bytes.resize(random() % used); break;  // a file that lost its end
      case 1: flip(bytes, random() % used, random() % 8); break;
      case 2:  // a write that reached the disk in part
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(random() % used), bytes.end(), 0);
        break;
      default: bytes.clear();
    }
    if (bytes.empty() && round % 8 == 3) {
      fs::remove(worked.journal(newest));
    } else {
      write_file(worked.journal(newest), bytes);
    }
    worked.station().open(false);
    BOOST_TEST(worked.station().repair.taken_back == 0U);
    BOOST_TEST(worked.station().repair.completed > 0U, "round " << round);
    expect_clean(worked.verified());
  }
}

BOOST_AUTO_TEST_CASE(a_start_that_died_while_it_wrote_a_damaged_file_anew_is_gone_on_with) {
  Worked worked(44);
  worked.station().close();
  const fs::path file = worked.journal(worked.newest());
  const fs::path aside = file.string() + ".aside";
  Bytes bytes = read_file(file);
  flip(bytes, 4000, 4);
  write_file(aside, bytes);
  fs::remove(file);
  worked.station().open(false);
  BOOST_TEST(worked.station().repair.completed > 0U);
  BOOST_TEST(!fs::exists(aside));
  expect_clean(worked.verified());
}

BOOST_AUTO_TEST_CASE(a_lost_journal_is_made_anew_from_the_database) {
  Worked worked(42);
  worked.station().close();
  fs::remove_all(journal_folder(worked.station().folder()));
  worked.station().open(false);
  BOOST_TEST(worked.station().repair.completed >= 40U);
  expect_clean(worked.verified());
  worked.station().close();
  worked.station().open(false);
  BOOST_TEST(worked.station().repair.completed == 0U);
}

// After a clean stop a start looks at the end only: what rots further up is verify's to find, and
// rebuild's to heal.
BOOST_AUTO_TEST_CASE(verify_names_a_damaged_place_and_every_file_is_healed_when_asked) {
  Worked worked(43);
  worked.station().close();
  Bytes bytes = read_file(worked.journal(1));
  flip(bytes, 4000, 4);
  write_file(worked.journal(1), bytes);
  worked.station().open(false);
  BOOST_TEST(worked.station().repair.completed == 0U);
  const VerifyReport report = worked.verified();
  BOOST_TEST(!report.ok);
  BOOST_REQUIRE(!report.findings.empty());
  BOOST_TEST(report.findings.front().what == "journal");
  BOOST_TEST(report.findings.front().where.starts_with("file 00000001.yzj at byte "));
  worked.station().close();
  worked.station().open(false, ScanDepth::Every);
  BOOST_TEST(worked.station().repair.damaged > 0U);
  expect_clean(worked.verified());
  BOOST_TEST(!fs::exists(worked.journal(1)));
}

BOOST_AUTO_TEST_CASE(a_full_file_is_followed_by_the_next_and_a_start_reads_only_that) {
  TempFolder folder;
  const auto key = [] { return sync::Secret32(sync::test::bytes_of<32>(5)); };
  const auto change_of = [](std::uint64_t seq) {
    sync::JournalChange change;
    change.stream = sync::test::stream(3);
    change.seq = seq;
    change.expanded = Bytes(30'000, static_cast<std::uint8_t>(seq));
    return change;
  };
  {
    auto journal = Journal::open(folder.path(), key(), 7, {});
    BOOST_REQUIRE(journal.has_value());
    for (std::uint64_t seq = 1; seq <= 300; ++seq) {
      BOOST_REQUIRE((*journal)->stage({change_of(seq)}).has_value());
      BOOST_REQUIRE((*journal)->append().has_value());
    }
  }
  for (std::uint64_t file = 1; file <= 3; ++file) {
    BOOST_TEST(fs::file_size(journal_file(folder.path(), file)) <= 4U * 1024 * 1024 + 256 * 1024);
  }
  BOOST_TEST(!fs::exists(journal_file(folder.path(), 4)));
  const auto newest = scan_journal(folder.path(), key(), 7, ScanDepth::Newest);
  BOOST_REQUIRE(newest.has_value());
  BOOST_TEST(newest->files.size() == 1U);
  BOOST_TEST(newest->heads().at(sync::test::stream(3)) == 300U);
  BOOST_TEST(newest->missing(sync::test::stream(3), 302) == (std::vector<std::uint64_t>{301, 302}));
  const auto every = scan_journal(folder.path(), key(), 7, ScanDepth::Every);
  BOOST_REQUIRE(every.has_value());
  BOOST_TEST(every->files.size() == 3U);
  BOOST_TEST(every->changes().size() == 300U);
  BOOST_TEST((*every->changes()[122] == change_of(123)));
  BOOST_TEST(every->missing(sync::test::stream(3), 300).empty());
}

BOOST_AUTO_TEST_CASE(the_journal_of_another_database_stops_the_start) {
  Worked worked(44);
  worked.station().close();
  const fs::path folder = worked.station().folder();
  for (const char* name : {"yizhan.db", "yizhan.db-wal", "yizhan.db-shm"}) {
    fs::remove(folder / name);
  }
  const auto opened = worked.station().try_open(true);
  BOOST_REQUIRE(!opened.has_value());
  BOOST_TEST((opened.error().code == Errc::StorageCorrupt));
  BOOST_TEST(opened.error().field == "journal");
}

// A copy that was put back and written to has another history from there on: the changes of the
// journal do not continue it, and nothing may be written under their names.
BOOST_AUTO_TEST_CASE(a_journal_of_another_history_stops_the_start_I1) {
  Worked worked(45);
  const DatabaseCopy old(worked.station().folder());
  worked.work(4);
  worked.station().close();
  fs::path aside = worked.station().folder() / "aside";
  fs::rename(journal_folder(worked.station().folder()), aside);
  old.put_back(worked.station().folder());
  worked.station().open(false);
  worked.number += 100;
  worked.work(1);
  worked.station().close();
  fs::remove_all(journal_folder(worked.station().folder()));
  fs::rename(aside, journal_folder(worked.station().folder()));

  const auto opened = worked.station().try_open(false);
  BOOST_REQUIRE(!opened.has_value());
  BOOST_TEST((opened.error().code == Errc::StorageCorrupt));
}

BOOST_AUTO_TEST_CASE(a_record_that_was_altered_anywhere_is_no_record_I1) {
  const sync::Secret32 key(sync::test::bytes_of<32>(6));
  JournalEntry entry;
  entry.nonce = 12;
  entry.change.stream = sync::test::stream(1);
  entry.change.epoch = {2, sync::test::bytes_of<8>(3)};
  entry.change.seq = 9;
  entry.change.expanded = Bytes(100, 0xab);
  sync::ScopeKeyInfo scope_key{sync::test::scope("1403/140311#biz"), 2, {}, {}};
  scope_key.secret = sync::Secret32(sync::test::bytes_of<32>(4));
  scope_key.public_key = sync::x25519_public(*scope_key.secret);
  const crdt::Dot person{sync::test::stream(1), 9, 0};
  sync::test::SeededEntropy entropy(1);
  entry.change.keys.push_back(
      {person, scope_key.scope, 2, sync::wrap_data_key(key, person, scope_key, entropy)});
  entry.change.idempotency = sync::IdempotencyRow{
      77, sync::test::bytes_of<32>(8), {sync::test::stream(1), 9, 0}, 201, {1'790'000'000'000}};
  Bytes bytes;
  put_record(bytes, entry, key);
  const auto whole = record_at(bytes, 0, key);
  BOOST_REQUIRE(whole.has_value());
  BOOST_TEST((std::get<JournalEntry>(whole->record) == entry));
  BOOST_TEST(whole->end == bytes.size());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    flip(bytes, bit / 8, bit % 8);
    BOOST_TEST(!record_at(bytes, 0, key).has_value(), "bit " << bit);
    flip(bytes, bit / 8, bit % 8);
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    BOOST_TEST(!record_at(ByteView(bytes).first(size), 0, key).has_value(), "size " << size);
  }
  BOOST_TEST(!record_at(bytes, 0, sync::Secret32(sync::test::bytes_of<32>(7))).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::node::test
