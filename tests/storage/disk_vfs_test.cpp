// SQLite on a disk that forgets: what was committed stands after every crash, and a disk that lies
// is found out.
#include "tests/storage/disk_vfs.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>

namespace yizhan::storage::test {
namespace {

constexpr int kRows = 12;
constexpr int kDraws = 40;  // states drawn of each disk

struct Outcome {
  int committed = 0;  // acknowledged by SQLite
  int error = SQLITE_OK;
};

// Each commit adds one row of 900 bytes; the log is moved into the database now and then.
Outcome fill(SQLite::Database& db) {
  Outcome outcome;
  try {
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
    db.exec("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, body BLOB)");
    for (int i = 1; i <= kRows; ++i) {
      db.exec("INSERT INTO t VALUES(" + std::to_string(i) + ", zeroblob(900))");
      outcome.committed = i;
      if (i % 5 == 0) db.exec("PRAGMA wal_checkpoint(PASSIVE)");
    }
  } catch (const SQLite::Exception& e) {
    outcome.error = e.getErrorCode();
  }
  return outcome;
}

// Rows 1 to n stand, whole; -1: anything else.
int rows_in(CrashDisk& disk) {
  const DiskVfs vfs("yz-after", disk);
  try {
    SQLite::Database db("/t.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, vfs.name());
    if (db.execAndGet("PRAGMA integrity_check").getString() != "ok") return -1;
    if (!db.tableExists("t")) return 0;
    const int rows = db.execAndGet("SELECT count(*) FROM t").getInt();
    const int whole = db.execAndGet("SELECT count(*) FROM t WHERE id <= " + std::to_string(rows) +
                                    " AND length(body) = 900")
                          .getInt();
    return whole == rows ? rows : -1;
  } catch (const SQLite::Exception&) {
    return -1;
  }
}

// Of the states drawn: those that lack an acknowledged row, or hold something else.
int broken_states(const CrashDisk& disk, int acknowledged, std::uint64_t seed) {
  sim::Prng chance(seed, "crash");
  int broken = 0;
  for (int i = 0; i < kDraws; ++i) {
    CrashDisk left = disk.after_crash(chance);
    if (rows_in(left) < acknowledged) ++broken;
  }
  return broken;
}

struct Run {
  CrashDisk disk;
  Outcome outcome;
  bool struck = false;  // before the end, of which SQLite says nothing
  int broken = 0;
  Run(std::optional<Fault> fault, std::uint64_t passed) {
    const DiskVfs vfs("yz-disk", disk);
    SQLite::Database db("/t.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, vfs.name());
    if (fault) disk.plan({*fault, "", passed});
    outcome = fill(db);
    struck = !disk.struck().empty();
    broken = broken_states(disk, outcome.committed, passed);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(disk_vfs_test)

BOOST_AUTO_TEST_CASE(what_was_committed_stands_after_a_crash_at_every_write_I1) {
  const Run whole(std::nullopt, 0);
  BOOST_TEST(whole.outcome.committed == kRows);
  BOOST_TEST(whole.broken == 0);
  int stopped = 0;
  for (std::uint64_t at = 0; at < 200; ++at) {  // the machine stops at this write
    const Run run(Fault::WriteFails, at);
    if (!run.struck) break;
    ++stopped;
    BOOST_TEST(run.outcome.error != SQLITE_OK);
    BOOST_TEST(run.broken == 0);
  }
  BOOST_TEST(stopped > kRows);
}

BOOST_AUTO_TEST_CASE(a_crash_during_recovery_loses_nothing) {
  const Run run(Fault::WriteFails, 20);
  BOOST_REQUIRE(run.outcome.committed > 0);
  sim::Prng chance(1, "recovery");
  for (int i = 0; i < kDraws; ++i) {
    CrashDisk left = run.disk.after_crash(chance);
    const DiskVfs vfs("yz-again", left);
    SQLite::Database db("/t.db", SQLite::OPEN_READWRITE, 0, vfs.name());
    left.plan({Fault::WriteFails, "", chance.below(4)});
    try {
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const SQLite::Exception&) {  // stopped in the middle of it
    }
    BOOST_TEST(broken_states(left, run.outcome.committed, chance.next()) == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_sync_that_lies_is_found_out) {
  int found = 0;
  for (std::uint64_t at = 0; at < 100; ++at) {
    const Run run(Fault::SyncLies, at);
    if (run.disk.struck().empty()) break;
    if (run.broken > 0) ++found;
  }
  BOOST_TEST(found > 0);
}

BOOST_AUTO_TEST_CASE(errors_of_the_disk_reach_the_program) {
  BOOST_TEST(Run(Fault::NoSpace, 10).outcome.error == SQLITE_FULL);
  BOOST_TEST(Run(Fault::SyncFails, 6).outcome.error == SQLITE_IOERR);
  BOOST_TEST(Run(Fault::ReadFails, 0).outcome.error == SQLITE_IOERR);
  BOOST_TEST(Run(Fault::WriteFails, 10).outcome.error == SQLITE_IOERR);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::storage::test
