// Page tags: a page that is not as it was written is met as an error, or told.
#include "node/store/page_tags.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "node/store/database_copy.h"
#include "node/store/rebuild.h"
#include "node/store/verify.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

constexpr std::size_t kPage = 4096;

// The files of a station that worked and was stopped.
struct Stopped {
  Stopped() : city(33), root(sync::test::make_city(33).root.public_key()) {
    city.connect();
    city.run(1000);
    for (int i = 1; i <= 60; ++i) BOOST_REQUIRE(city.station->write(booking(city.scope, i)));
    city.run(3000);
    city.station->close();
    BOOST_REQUIRE(open(Damage::Refuse).has_value());  // leaves everything in the file itself
    good = read();
  }
  fs::path file() const { return city.station->folder() / "yizhan.db"; }
  std::string read() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& bytes) const {
    for (const char* beside : {"-wal", "-shm"}) fs::remove(file().string() + beside);
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  Result<std::unique_ptr<SqliteStore>> open(Damage damage) const {
    sync::test::SeededEntropy entropy(1);
    StoreOptions options{city.station->folder()};
    options.damage = damage;
    return SqliteStore::open(options, entropy);
  }
  // Where pages of this table are, by their numbers from 1.
  std::vector<std::size_t> pages_of(const std::string& table) const {
    const auto store = open(Damage::Refuse);
    SQLite::Statement select((*store)->sql(), "SELECT pageno FROM dbstat WHERE name = ?");
    select.bind(1, table);
    std::vector<std::size_t> pages;
    while (select.executeStep()) pages.push_back(select.getColumn(0).getUInt());
    return pages;
  }
  // One bit of a record's or segment's content: free text to SQLite.
  std::string flipped_on(std::size_t page) const {
    std::string bytes = good;
    char& byte = bytes[page * kPage - 100];
    byte = static_cast<char>(byte ^ 4);
    return bytes;
  }

  SmallCity city;
  sync::Key32 root;
  std::string good;
};

// Reads all that the opening did not. A leaf of the list of free pages is read by nobody.
bool meets_damage(SQLite::Database& sql, std::size_t page) {
  try {
    SQLite::Statement check(sql, "PRAGMA integrity_check");
    while (check.executeStep()) {
      if (check.getColumn(0).getString() != "ok") return true;
    }
    SQLite::Statement used(sql, "SELECT 1 FROM dbstat WHERE pageno = ?");
    used.bind(1, static_cast<std::int64_t>(page));
    return !used.executeStep();
  } catch (const SQLite::Exception&) {
    return true;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_tags_test)

BOOST_AUTO_TEST_CASE(every_page_has_its_tag_and_one_bit_of_any_is_met_as_an_error_I1) {
  const Stopped station;
  const std::size_t pages = station.good.size() / kPage;
  BOOST_REQUIRE(pages > 20U);
  for (std::size_t page = 1; page <= pages; ++page) {
    for (const std::size_t at : {std::size_t{0}, std::size_t{8}, kPage / 2, kPage - 1}) {
      std::string bytes = station.good;
      char& byte = bytes[(page - 1) * kPage + at];
      byte = static_cast<char>(byte ^ 1);
      station.write(bytes);
      const auto store = station.open(Damage::Refuse);
      if (!store) {
        BOOST_TEST((store.error().code == Errc::StorageCorrupt));
        continue;
      }
      BOOST_TEST(meets_damage((*store)->sql(), page), "page " << page << " at " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_page_in_the_place_of_another_does_not_pass) {
  const Stopped station;
  const auto pages = station.pages_of("ent");
  BOOST_REQUIRE(pages.size() > 2U);
  std::string bytes = station.good;
  bytes.replace((pages[1] - 1) * kPage, kPage, station.good, (pages[2] - 1) * kPage, kPage);
  station.write(bytes);
  const auto store = station.open(Damage::Refuse);
  BOOST_REQUIRE(store.has_value());
  YZ_REQUIRE_ERROR(state_roots(**store), Errc::StorageCorrupt);
}

BOOST_AUTO_TEST_CASE(verify_names_the_page_beside_the_row_I2) {
  const Stopped station;
  const std::size_t page = station.pages_of("ent").back();
  station.write(station.flipped_on(page));
  const auto store = station.open(Damage::Tell);
  BOOST_REQUIRE(store.has_value());
  const auto report = verify(**store, station.root);
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(!report->ok);
  const std::string wanted = "page " + std::to_string(page);
  BOOST_TEST(std::any_of(report->findings.begin(), report->findings.end(),
                         [&](const auto& one) { return one.where == wanted; }));
  BOOST_TEST(std::any_of(report->findings.begin(), report->findings.end(),
                         [](const auto& one) { return one.what == "entity"; }));
}

BOOST_AUTO_TEST_CASE(a_rebuild_mends_a_record_and_leaves_what_it_cannot_mend) {
  const Stopped station;
  station.write(station.flipped_on(station.pages_of("ent").back()));
  {
    const auto store = station.open(Damage::Tell);
    BOOST_REQUIRE(may_rebuild(**store).has_value());
    BOOST_REQUIRE(rebuild(**store).has_value());
  }
  {
    const auto store = station.open(Damage::Refuse);
    BOOST_REQUIRE(store.has_value());
    BOOST_TEST(verify(**store, station.root).value().ok);
  }
  station.write(station.flipped_on(station.pages_of("seg").back()));
  const auto store = station.open(Damage::Tell);
  YZ_REQUIRE_ERROR(may_rebuild(**store), Errc::StorageCorrupt);
}

BOOST_AUTO_TEST_CASE(a_copy_has_its_own_tags) {
  const Stopped station;
  const TempFolder folder;
  {
    const auto store = station.open(Damage::Refuse);
    (*store)->sql().exec("UPDATE ent SET st = st");  // stands in the log
    BOOST_REQUIRE(copy_database(**store, folder.path() / "yizhan.db", [] { return true; }));
  }
  sync::test::SeededEntropy entropy(1);
  const auto copy = SqliteStore::open({folder.path()}, entropy);
  BOOST_REQUIRE(copy.has_value());
  BOOST_TEST(verify(**copy, station.root).value().ok);
  BOOST_TEST((*copy)->damaged_pages().empty());
}

BOOST_AUTO_TEST_CASE(a_database_whose_pages_have_no_room_is_refused_and_not_touched_I3) {
  const TempFolder folder;
  {
    SQLite::Database sql((folder.path() / "yizhan.db").string(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    sql.exec("PRAGMA application_id=0x595a4e31; PRAGMA user_version=1; CREATE TABLE meta (k, v)");
  }
  std::ifstream in(folder.path() / "yizhan.db", std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(in), {}};
  sync::test::SeededEntropy entropy(1);
  YZ_REQUIRE_ERROR(SqliteStore::open({folder.path(), true}, entropy), Errc::StorageCorrupt);
  std::ifstream after(folder.path() / "yizhan.db", std::ios::binary);
  BOOST_TEST((std::string{std::istreambuf_iterator<char>(after), {}} == before));
}

BOOST_AUTO_TEST_CASE(a_store_that_met_damage_says_so_once) {
  const Stopped station;
  station.write(station.flipped_on(station.pages_of("digest").back()));
  const auto store = station.open(Damage::Refuse);
  BOOST_REQUIRE(store.has_value());
  BOOST_TEST((*store)->digests().empty());  // gives no error itself
  YZ_REQUIRE_ERROR(state_roots(**store), Errc::StorageCorrupt);
  BOOST_TEST((*store)->take_damage().has_value());
  BOOST_TEST(!(*store)->take_damage().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::node::test
