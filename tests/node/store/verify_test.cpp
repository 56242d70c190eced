// Verify: clean stores pass; one flipped byte of any blob is found, and the finding names its row.
#include "node/store/verify.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <random>

#include "node/app/paper_forms.h"
#include "node/policy/china_time.h"
#include "node/store/rebuild.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

struct Worked {
  Worked() : city(21) {
    city.connect();
    city.run(1000);
    std::vector<crdt::Dot> dots;
    for (int i = 0; i < 150; ++i) {
      Site& site = i % 4 == 3 ? *city.hub : *city.station;
      const auto written = site.write(booking(city.scope, i));
      BOOST_REQUIRE(written.has_value());
      dots.push_back({written->id.stream, written->id.seq, 0});
      const crdt::Dot& dot = dots[dots.size() / 2];
      const auto state = site.store().entity(city.scope, dot);
      if (state && *state && !(*state)->deleted) {
        BOOST_REQUIRE(site.write(edit(city.scope, dot, **state, i)).has_value());
      }
      if (i % 6 == 0) city.run(150);
    }
    city.run(5000);
    root = sync::test::make_city(21).root.public_key();
    city.station->write(booking(city.scope, 999)).value();  // one change that no segment holds yet
    city.station->commit();
  }
  SmallCity city;
  sync::Key32 root{};
};

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

VerifyReport report_of(const fs::path& folder, const sync::Key32& root) {
  sync::test::SeededEntropy entropy(1);
  StoreOptions options{folder};
  options.damage = Damage::Tell;
  const auto store = SqliteStore::open(options, entropy);
  BOOST_REQUIRE(store.has_value());
  auto report = verify(**store, root);
  BOOST_REQUIRE(report.has_value());
  return *report;
}

// The bytes of a stored blob lie whole in the file when they fit a page; longer ones continue on
// overflow pages, so the first hundred bytes stand for them.
struct Stored {
  std::string what;  // its kind, and
  std::string row;   // its row, as a finding has to name them
  Bytes bytes;
};

std::vector<Stored> blobs_of(const SqliteStore& store) {
  std::vector<Stored> blobs;
  const auto add = [&](const char* what, const char* query) {
    SQLite::Statement select(store.sql(), query);
    while (select.executeStep()) {
      const auto column = select.getColumn(1);
      const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
      blobs.push_back(
          {what, select.getColumn(0).getString(), Bytes(bytes, bytes + column.getBytes())});
    }
  };
  add("segment", "SELECT 'segment ' || n || ' ', z FROM seg");
  add("tail",
      "SELECT 'of stream ' || lower(substr(hex(sid), 1, 8)), b"
      " FROM tail JOIN stream ON n = tail.id >> 34");
  add("record",
      "SELECT 'record ' || lower(substr(hex(sid), 1, 8)) || ':' || ((ent.id >> 6) & 0xfffffff), st"
      " FROM ent JOIN stream ON n = ent.id >> 34");
  add("data key", "SELECT 'row ' || key, wrapped FROM keyring");
  add("digest", "SELECT 'digest of ' || division, sum FROM digest JOIN scope ON id = scope");
  add("certificate", "SELECT 'certificate ' || lower(substr(hex(node), 1, 8)), b FROM certificate");
  add("receipt", "SELECT 'receipt of ' || division, b FROM receipt JOIN scope ON id = scope");
  add("scope key", "SELECT 'key of ' || division, b FROM scope_key JOIN scope ON id = scope");
  return blobs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verify_test)

BOOST_AUTO_TEST_CASE(a_clean_store_passes_and_is_counted) {
  Worked worked;
  for (Site* site : {worked.city.hub.get(), worked.city.station.get()}) {
    const auto report = verify(site->store(), worked.root);
    BOOST_REQUIRE(report.has_value());
    for (const VerifyFinding& finding : report->findings) {
      BOOST_ERROR(finding.what + " " + finding.where);
    }
    BOOST_TEST(report->ok);
    BOOST_TEST(report->changes > 150);
    BOOST_TEST(report->segments > 10);
    BOOST_TEST(report->entities >= 150);
  }
  const auto hub = state_roots(worked.city.hub->store());
  BOOST_REQUIRE(hub.has_value());
  BOOST_TEST(hub->size() >= 2U);
}

BOOST_AUTO_TEST_CASE(another_root_key_fits_no_certificate) {
  Worked worked;
  const auto report = verify(worked.city.hub->store(), sync::test::make_city(22).root.public_key());
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(!report->ok);
  BOOST_TEST(report->findings.front().what == "certificate");
}

BOOST_AUTO_TEST_CASE(one_flipped_byte_of_any_blob_is_found_and_its_row_named_I1) {
  Worked worked;
  const std::vector<Stored> blobs = blobs_of(worked.city.station->store());
  worked.city.station->close();  // the last connection copies its log into the file
  const fs::path folder = worked.city.station->folder();
  const fs::path file = folder / "yizhan.db";
  // Opening once more and closing leaves everything in the file itself.
  BOOST_REQUIRE(report_of(folder, worked.root).ok);
  fs::remove(folder / "yizhan.db-wal");
  fs::remove(folder / "yizhan.db-shm");
  const std::string good = read_file(file);

  std::mt19937 random(7);
  std::map<std::string, int> flipped;
  std::map<std::string, std::vector<const Stored*>> kinds;
  for (const Stored& blob : blobs) kinds[blob.what].push_back(&blob);
  BOOST_TEST(kinds.size() == 8U);
  for (int round = 0; round < 160; ++round) {
    const auto& kind = std::next(kinds.begin(), round % static_cast<int>(kinds.size()))->second;
    const Stored& blob = *kind[random() % kind.size()];
    const std::size_t span = std::min<std::size_t>(blob.bytes.size(), 100);
    const std::size_t at = good.find(std::string(text(ByteView(blob.bytes).first(span))));
    if (at == std::string::npos) continue;
    std::string damaged = good;
    const std::size_t byte = at + random() % span;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << random() % 8));
    write_file(file, damaged);
    const VerifyReport report = report_of(folder, worked.root);
    BOOST_TEST(!report.ok, blob.what << " byte " << byte - at);
    const bool named = std::any_of(
        report.findings.begin(), report.findings.end(),
        [&](const VerifyFinding& one) { return one.where.find(blob.row) != std::string::npos; });
    BOOST_TEST(named, blob.row << " is named");
    ++flipped[blob.what];
  }
  for (const auto& [what, rows] : kinds) BOOST_TEST(flipped[what] > 0, what);
  write_file(file, good);
  BOOST_TEST(report_of(folder, worked.root).ok);
}

BOOST_AUTO_TEST_CASE(records_and_lists_that_do_not_follow_from_the_log_are_named) {
  const auto finding_after = [](const char* damage) {
    Worked worked;
    worked.city.station->store().sql().exec(damage);
    const auto report = verify(worked.city.station->store(), worked.root);
    BOOST_REQUIRE(report.has_value());
    BOOST_REQUIRE(!report->ok);
    return report->findings.front();
  };
  BOOST_TEST(finding_after("DELETE FROM ent WHERE id = (SELECT max(id) FROM ent)").what ==
             "entity");
  BOOST_TEST(finding_after("UPDATE ent SET st = (SELECT st FROM ent ORDER BY id LIMIT 1)"
                           " WHERE id = (SELECT max(id) FROM ent)")
                 .what == "entity");
  BOOST_TEST(finding_after("UPDATE day SET status = status + 1"
                           " WHERE id = (SELECT max(id) FROM day)")
                 .what == "day");
  BOOST_TEST(finding_after("DELETE FROM day WHERE id = (SELECT min(id) FROM day)").what == "day");
  BOOST_TEST(finding_after("DELETE FROM keyring WHERE key = (SELECT max(key) FROM keyring)").what ==
             "digest");
  BOOST_TEST(finding_after("DELETE FROM seg WHERE n = (SELECT max(n) FROM seg)").what == "chain");
}

BOOST_AUTO_TEST_CASE(reserved_numbers_are_checked_and_rebuilt) {
  for (const char* damage :
       {"UPDATE paper_form SET count = count + 1", "UPDATE paper_form SET first = first + 1",
        "DELETE FROM paper_form", "DELETE FROM printed", "UPDATE printed SET counter = 1"}) {
    SmallCity city(22);
    Site& station = *city.station;
    city.connect();
    city.run(1000);
    const std::int64_t day = china_moment(station.wall()).day;
    BOOST_REQUIRE(
        station.write(draft_paper_forms(city.scope, {day, 5, 10, station.wall()})).has_value());
    station.commit();
    const auto held = [&](std::int64_t counter) {
      return station.store().paper_forms(city.scope, day, counter).value().has_value();
    };
    BOOST_TEST((!held(4) && held(5) && held(14) && !held(15)));
    BOOST_TEST(station.store().printed_highest(city.scope, day, 0).value() == 14);
    const sync::Key32 root = sync::test::make_city(22).root.public_key();
    BOOST_TEST(verify(station.store(), root).value().ok);
    station.store().sql().exec(damage);
    const auto report = verify(station.store(), root).value();
    BOOST_REQUIRE_MESSAGE(!report.ok, damage);
    BOOST_TEST((report.findings.front().what == "paper_form" ||
                report.findings.front().what == "printed"));
    BOOST_REQUIRE(rebuild(station.store()).has_value());
    BOOST_TEST(verify(station.store(), root).value().ok, damage);
    BOOST_TEST((held(5) && held(14) && !held(15)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::node::test
