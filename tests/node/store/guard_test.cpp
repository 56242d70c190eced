// The guard: the last whole record holds, and a database that was put back is known by it.
#include "node/store/guard.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "node/store/epoch_check.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

sync::Secret32 key(std::uint8_t of) {
  sync::Key32 bytes{};
  bytes[0] = of;
  return sync::Secret32(bytes);
}

GuardFacts some_facts(std::uint64_t seq) {
  GuardFacts facts;
  facts.nonce = 7;
  facts.run = 8;
  facts.epoch.counter = 3;
  facts.streams[StreamId{Id16{1}}] = {seq, seq - 1};
  facts.awaited[StreamId{Id16{2}}] = 40;
  return facts;
}

Bytes bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, ByteView bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

struct GuardFile {
  std::optional<GuardFacts> read(std::uint8_t with = 1) const {
    return Guard::open(folder.path(), key(with))->facts();
  }
  fs::path path() const { return folder.path() / "guard.yz"; }
  TempFolder folder;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(guard, GuardFile)

BOOST_AUTO_TEST_CASE(golden_record) {
  GuardFacts facts = some_facts(5);
  facts.epoch.nonce = sync::test::bytes_of<8>(3);
  const GuardRecord record{facts,
                           {{PlaceFact::Inode, 1234567},
                            {PlaceFact::Born, 1'796'000'000'123'456'789},
                            {PlaceFact::Disk, 9}}};
  const Bytes bytes = encode(record, key(1));
  sync::test::check_golden("guard", "record", "record of a guard", bytes);
  BOOST_TEST((last_in(bytes, key(1)) == record));
}

BOOST_AUTO_TEST_CASE(what_was_put_last_is_read) {
  BOOST_TEST(!read());
  {
    auto guard = Guard::open(folder.path(), key(1));
    BOOST_REQUIRE(guard->put(some_facts(5)).has_value());
    BOOST_REQUIRE(guard->put(some_facts(6)).has_value());
  }
  BOOST_TEST((read() == some_facts(6)));
  BOOST_TEST(!read(2));  // another node's
}

BOOST_AUTO_TEST_CASE(a_file_that_grew_begins_anew) {
  auto guard = Guard::open(folder.path(), key(1));
  for (std::uint64_t seq = 1; seq <= 2000; ++seq) {
    BOOST_REQUIRE(guard->put(some_facts(seq)).has_value());
  }
  BOOST_TEST(fs::file_size(path()) <= 64U * 1024);
  BOOST_TEST((read() == some_facts(2000)));
}

BOOST_AUTO_TEST_CASE(a_record_cut_anywhere_leaves_the_one_before_it) {
  std::size_t first = 0;
  {
    auto guard = Guard::open(folder.path(), key(1));
    BOOST_REQUIRE(guard->put(some_facts(5)).has_value());
    first = fs::file_size(path());
    BOOST_REQUIRE(guard->put(some_facts(6)).has_value());
  }
  const Bytes whole = bytes_of(path());
  for (std::size_t size = first; size < whole.size(); ++size) {
    write(path(), ByteView(whole).first(size));
    BOOST_TEST((read() == some_facts(5)), "cut to " << size);
  }
}

BOOST_AUTO_TEST_CASE(an_altered_record_never_says_anything_else) {
  {
    auto guard = Guard::open(folder.path(), key(1));
    BOOST_REQUIRE(guard->put(some_facts(5)).has_value());
    BOOST_REQUIRE(guard->put(some_facts(6)).has_value());
  }
  const Bytes whole = bytes_of(path());
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    Bytes altered = whole;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    write(path(), altered);
    const auto found = read();
    BOOST_TEST((found == some_facts(5) || found == some_facts(6)), "bit " << bit);
  }
}

BOOST_AUTO_TEST_CASE(a_copy_is_known_and_a_file_that_was_moved_is_none_I3) {
  BOOST_REQUIRE(Guard::open(folder.path(), key(1))->put(some_facts(5)).has_value());
  BOOST_TEST(!Guard::open(folder.path(), key(1))->copied());

  const fs::path moved = folder.path() / "moved";
  fs::create_directory(moved);
  fs::rename(path(), moved / "guard.yz");
  BOOST_TEST(!Guard::open(moved, key(1))->copied());

  const fs::path copied = folder.path() / "copied";
  fs::create_directory(copied);
  fs::copy_file(moved / "guard.yz", copied / "guard.yz");
  auto copy = Guard::open(copied, key(1));
  BOOST_TEST((copy->facts() == some_facts(5)));
  BOOST_TEST(copy->copied());
  BOOST_REQUIRE(copy->put(some_facts(6)).has_value());
  BOOST_TEST(!copy->copied());
  BOOST_TEST(!Guard::open(copied, key(1))->copied());
}

BOOST_AUTO_TEST_CASE(a_copy_of_an_earlier_start_is_known_in_the_very_file_I3) {
  BOOST_REQUIRE(Guard::open(folder.path(), key(1))->put(some_facts(5)).has_value());
  const Bytes kept = bytes_of(path());
  BOOST_REQUIRE(Guard::open(folder.path(), key(1))->put(some_facts(6)).has_value());
  write(path(), kept);
  auto guard = Guard::open(folder.path(), key(1));
  BOOST_TEST((guard->facts() == some_facts(5)));
  BOOST_TEST(guard->copied());
}

BOOST_AUTO_TEST_CASE(a_file_that_begins_anew_while_the_node_runs_is_no_copy) {
  auto guard = Guard::open(folder.path(), key(1));
  for (std::uint64_t seq = 1; seq <= 2000; ++seq) {
    BOOST_REQUIRE(guard->put(some_facts(seq)).has_value());
    if (seq % 100 == 0) BOOST_TEST(!Guard::open(folder.path(), key(1))->copied());
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_told) {
  auto guard = Guard::open(folder.path() / "missing", key(1));
  const auto put = guard->put(some_facts(5));
  BOOST_REQUIRE(!put.has_value());
  BOOST_TEST(put.error().field == "guard.yz");
}

BOOST_AUTO_TEST_SUITE_END()

// ---- what follows from it at a start

namespace {

// A station that has worked, with a guard that follows what it commits.
struct Guarded {
  Guarded() : city(11) {
    city.connect();
    city.run(1000);
    BOOST_REQUIRE(station().write(booking(city.scope, ++number)).has_value());
    station().commit();
    start_again();
    for (const sync::StreamRow& row : station().store().streams()) {
      if (row.author == node()) epoch = row.epoch;
    }
    first_epoch = epoch;
    GuardFacts facts;
    facts.nonce = station().store().database_nonce();
    facts.run = *station().store().begin_run(epoch, entropy);
    facts.epoch = epoch;
    auto guard = Guard::open(station().folder(), key(1));
    BOOST_REQUIRE(guard->put(facts).has_value());
    work(3);
  }
  Site& station() { return *city.station; }
  NodeId node() { return station().engine().node(); }

  void work(int count) {
    for (int i = 0; i < count; ++i) {
      BOOST_REQUIRE(station().write(booking(city.scope, ++number)).has_value());
      station().commit();
    }
    keep();
  }
  // As own_history.h does after each commit.
  void keep() {
    auto guard = Guard::open(station().folder(), key(1));
    GuardFacts facts = *guard->facts();
    for (const sync::StreamRow& row : station().store().streams()) {
      if (row.author == node() && row.epoch == epoch) facts.streams[row.id] = {row.seq, row.sealed};
    }
    BOOST_REQUIRE(guard->put(facts).has_value());
  }
  EpochChecked check() {
    auto guard = Guard::open(station().folder(), key(1));
    const auto checked = check_epoch(station().store(), *guard, node(), epoch, entropy,
                                     [this](const sync::Epoch& next) -> Result<void> {
                                       kept = next;
                                       return {};
                                     });
    BOOST_REQUIRE(checked.has_value());
    if (kept) epoch = *kept;
    return *checked;
  }
  void start_again() {
    station().close();
    station().open(false);
  }

  SmallCity city;
  sync::Epoch epoch;
  sync::Epoch first_epoch;
  std::optional<sync::Epoch> kept;
  sync::test::SeededEntropy entropy{3};
  int number = 0;
};

// The folder's files: what somebody copies away, and back.
void copy_all(const fs::path& from, const fs::path& to, const std::string& but) {
  for (const auto& entry : fs::directory_iterator(from)) {
    if (entry.path().filename() == but) continue;
    fs::copy(entry.path(), to / entry.path().filename(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(epoch_check, Guarded)

BOOST_AUTO_TEST_CASE(the_last_database_goes_on_in_its_epoch) {
  const std::uint64_t instance = station().store().log_instance();
  start_again();
  const EpochChecked checked = check();
  BOOST_TEST((checked.reason == EpochReason::None));
  BOOST_TEST((checked.epoch == first_epoch));
  BOOST_TEST(station().store().log_instance() == instance);
}

BOOST_AUTO_TEST_CASE(an_earlier_database_opens_an_epoch_and_another_log) {
  TempFolder copied;
  station().close();
  copy_all(station().folder(), copied.path(), "guard.yz");
  station().open(false);
  const std::uint64_t instance = station().store().log_instance();
  work(4);
  station().close();
  fs::remove_all(station().folder() / "journal");
  copy_all(copied.path(), station().folder(), "");
  station().open(false);

  const EpochChecked checked = check();
  BOOST_TEST((checked.reason == EpochReason::Behind));
  BOOST_TEST(checked.epoch.counter == first_epoch.counter + 1);
  BOOST_TEST((kept == checked.epoch));
  BOOST_TEST(checked.lacking == 4U);
  BOOST_TEST(station().store().log_instance() != instance);

  start_again();  // what is awaited is no reason for another one
  BOOST_TEST((check().reason == EpochReason::None));
}

BOOST_AUTO_TEST_CASE(a_folder_that_was_copied_opens_an_epoch_and_another_log_once) {
  TempFolder copied;
  station().close();
  copy_all(station().folder(), copied.path(), "");
  for (const auto& entry : fs::directory_iterator(station().folder())) fs::remove_all(entry.path());
  copy_all(copied.path(), station().folder(), "");
  station().open(false);
  const std::uint64_t instance = station().store().log_instance();

  const EpochChecked checked = check();
  BOOST_TEST((checked.reason == EpochReason::Copied));
  BOOST_TEST(checked.epoch.counter == first_epoch.counter + 1);
  BOOST_TEST((kept == checked.epoch));
  BOOST_TEST(checked.lacking == 0U);
  BOOST_TEST(station().store().log_instance() != instance);

  start_again();
  BOOST_TEST((check().reason == EpochReason::None));
}

// Its own next epoch stands in the copy: two that were made of it must not both take it.
BOOST_AUTO_TEST_CASE(a_copy_of_a_folder_that_was_restored_and_never_started) {
  ++epoch.counter;
  start_again();
  const Bytes guard = bytes_of(station().folder() / "guard.yz");
  fs::remove(station().folder() / "guard.yz");
  write(station().folder() / "guard.yz", guard);
  const EpochChecked checked = check();
  BOOST_TEST((checked.reason == EpochReason::Copied));
  BOOST_TEST(checked.epoch.counter == first_epoch.counter + 2);
}

BOOST_AUTO_TEST_CASE(a_database_of_an_earlier_start_is_known_though_nothing_own_is_missing) {
  TempFolder copied;
  station().close();
  copy_all(station().folder(), copied.path(), "guard.yz");
  for (int start = 0; start < 2; ++start) {
    station().open(false);
    BOOST_TEST((check().reason == EpochReason::None));
    station().close();
  }
  copy_all(copied.path(), station().folder(), "");
  station().open(false);
  BOOST_TEST((check().reason == EpochReason::EarlierRun));
}

BOOST_AUTO_TEST_CASE(a_start_that_died_before_its_guard_is_no_reason) {
  start_again();
  BOOST_REQUIRE(station().store().begin_run(epoch, entropy).has_value());
  start_again();
  BOOST_TEST((check().reason == EpochReason::None));
}

BOOST_AUTO_TEST_CASE(starts_that_died_one_after_another_before_their_guard_are_no_reason) {
  const fs::path in_the_way = station().folder() / "guard.yz.new";
  fs::create_directory(in_the_way);
  for (int start = 0; start < 3; ++start) {
    start_again();
    auto guard = Guard::open(station().folder(), key(1));
    const auto checked =
        check_epoch(station().store(), *guard, node(), epoch, entropy,
                    [](const sync::Epoch&) -> Result<void> { return fail(Errc::Conflict, ""); });
    BOOST_REQUIRE(!checked.has_value());
    BOOST_TEST(checked.error().field == "guard.yz");
  }
  fs::remove(in_the_way);
  start_again();
  BOOST_TEST((check().reason == EpochReason::None));
}

BOOST_AUTO_TEST_CASE(without_a_guard_it_cannot_be_shown) {
  fs::remove(station().folder() / "guard.yz");
  start_again();
  BOOST_TEST((check().reason == EpochReason::GuardMissing));
}

BOOST_AUTO_TEST_CASE(another_epoch_in_the_identity) {
  ++epoch.counter;  // as restore writes it
  start_again();
  const EpochChecked restored = check();
  BOOST_TEST((restored.reason == EpochReason::Restored));
  BOOST_TEST((restored.epoch == epoch));
  BOOST_TEST(!kept);

  epoch = first_epoch;  // an identity of an earlier day
  start_again();
  const EpochChecked older = check();
  BOOST_TEST((older.reason == EpochReason::OtherEpoch));
  BOOST_TEST(older.epoch.counter == first_epoch.counter + 2);
}

BOOST_AUTO_TEST_CASE(an_epoch_that_cannot_be_kept_is_not_entered) {
  fs::remove(station().folder() / "guard.yz");
  start_again();
  auto guard = Guard::open(station().folder(), key(1));
  const auto checked =
      check_epoch(station().store(), *guard, node(), epoch, entropy,
                  [](const sync::Epoch&) -> Result<void> { return fail(Errc::StorageFull, ""); });
  BOOST_TEST(!checked.has_value());
  BOOST_TEST(!Guard::open(station().folder(), key(1))->facts());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node::test
