// The shipped store on disks that forget, fail and lie; and that each promise would be missed.
#include <boost/test/unit_test.hpp>

#include "tests/node/store/drafts.h"
#include "tests/storage/campaign.h"

namespace yizhan::storage::test {
namespace {

constexpr std::uint64_t kStates = 150;
constexpr std::uint64_t kSeedsUntilCaught = 12;

std::uint64_t trace_of(std::uint64_t first_seed) {
  Tally tally;
  for (std::uint64_t seed = first_seed; tally.states < kStates; ++seed) {
    run_seed(plan_of(seed), tally);
  }
  return tally.trace;
}

std::string caught_without_syncs_of(const std::string& files) {
  for (std::uint64_t seed = 1; seed <= kSeedsUntilCaught; ++seed) {
    Tally tally;
    try {
      run_seed(without_syncs_of(plan_of(seed), files), tally);
    } catch (const Broken& broken) {
      return broken.what();
    }
  }
  return {};
}

// A station that may write, and on whose disk everything is well so far.
struct Alone {
  Alone() : machine(5), station(std::make_unique<Station>(machine, disk, folder, 1, 1000)) {
    BOOST_REQUIRE(station->start().has_value());
    Parent parent(machine, 5);
    parent.deliver(sync::LinkOpened{1, machine.station.certificate.curve_key, false}, 1000);
    station->deliver(sync::LinkOpened{1, machine.city.hub.certificate.curve_key, true});
    for (int round = 0; round < 20; ++round) {
      station->pass_time(200);
      parent.pass_time(station->now());
      BOOST_REQUIRE(station->turn().has_value());
      for (; !station->sent.empty(); station->sent.pop_front()) {
        parent.deliver(sync::FrameReceived{1, station->sent.front().bytes}, station->now());
      }
      for (; !parent.sent.empty(); parent.sent.pop_front()) {
        station->deliver(sync::FrameReceived{1, parent.sent.front().bytes});
      }
    }
    BOOST_REQUIRE(book(1).has_value());
  }
  Result<void> book(int number) {
    const auto written = station->write(node::test::booking(machine.scope, number));
    if (!written) return fail(written);
    return station->turn();
  }
  void start_again() {
    disk.mend();
    const std::int64_t now = station->now();
    station.reset();
    station = std::make_unique<Station>(machine, disk, folder, 2, now);
    BOOST_REQUIRE(station->start().has_value());
  }
  std::uint64_t changes() {
    std::uint64_t count = 0;
    for (const sync::StreamRow& row : station->store().streams()) {
      if (row.author == machine.node()) count += row.seq;
    }
    return count;
  }
  Machine machine;
  CrashDisk disk;
  node::test::TempFolder folder;
  std::unique_ptr<Station> station;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(crash_states_test)

BOOST_AUTO_TEST_CASE(every_promise_holds_and_a_seed_says_the_same_twice) {
  const std::uint64_t trace = trace_of(1);
  BOOST_TEST(trace != 0U);
  BOOST_TEST(trace_of(1) == trace);
}

BOOST_AUTO_TEST_CASE(a_sync_that_is_left_out_is_caught) {
  for (const char* files : {"yizhan.db-wal", "guard.yz", ".yzj"}) {
    BOOST_TEST(!caught_without_syncs_of(files).empty(), files);
  }
}

BOOST_AUTO_TEST_CASE(a_power_cut_while_the_database_is_made_leaves_one_that_opens) {
  const Machine machine(6);
  CrashDisk disk;
  node::test::TempFolder folder;
  sim::Prng chance(6, "crash");
  std::vector<CrashDisk> states;
  disk.on_step([&] {
    for (int i = 0; i < 3; ++i) states.push_back(disk.after_crash(chance));
  });
  BOOST_REQUIRE(Station(machine, disk, folder, 1, 1000).start().has_value());
  BOOST_TEST(states.size() > 60U);
  for (CrashDisk& left : states) {
    node::test::TempFolder in;
    const auto started = Station(machine, left, in, 2, 1000).start();
    BOOST_TEST(started.has_value(), (started ? std::string() : started.error().detail));
  }
}

BOOST_AUTO_TEST_CASE(a_change_without_its_second_copy_is_not_called_saved) {
  Alone alone;
  const std::uint64_t before = alone.changes();
  alone.disk.plan({Fault::WriteFails, ".yzj", 0});
  const auto booked = alone.book(2);
  BOOST_REQUIRE(!booked.has_value());
  BOOST_TEST((booked.error().code == Errc::StorageIo));
  BOOST_TEST(booked.error().field == "disk");
  BOOST_TEST(alone.station->store().failure().has_value());
  alone.disk.mend();
  BOOST_TEST(!alone.book(3).has_value(), "not even when the disk would");

  alone.start_again();
  BOOST_TEST(alone.changes() == before + 1, "it stood in the database");
  BOOST_TEST(alone.station->repair().completed == 1U);
  BOOST_TEST(!alone.station->store().failure().has_value());
  BOOST_TEST(alone.book(4).has_value());
}

BOOST_AUTO_TEST_CASE(a_sync_that_failed_ends_the_store) {
  for (const char* files : {"yizhan.db-wal", ".yzj"}) {
    Alone alone;
    alone.disk.plan({Fault::SyncFails, files, 0});
    const auto booked = alone.book(2);
    alone.station->pass_time(600);  // the journal's sync comes behind the commit
    BOOST_TEST(booked.has_value() == (std::string(files) == ".yzj"));
    BOOST_REQUIRE(alone.station->store().failure().has_value());
    BOOST_TEST(alone.station->store().failure()->field == "disk");
    BOOST_TEST(!alone.book(3).has_value());
    alone.start_again();
    BOOST_TEST(alone.book(4).has_value());
  }
}

BOOST_AUTO_TEST_CASE(what_a_failed_sync_left_in_the_log_is_made_durable_by_the_next_start) {
  Alone alone;
  alone.disk.plan({Fault::SyncFails, "yizhan.db-wal", 0});
  BOOST_TEST(!alone.book(2).has_value());
  alone.start_again();
  const std::uint64_t seen = alone.changes();
  sim::Prng chance(1, "crash");
  for (int i = 0; i < 50; ++i) {
    CrashDisk left = alone.disk.after_crash(chance);
    node::test::TempFolder folder;
    Station after(alone.machine, left, folder, 3, alone.station->now());
    BOOST_REQUIRE(after.start().has_value());
    std::uint64_t count = 0;
    for (const sync::StreamRow& row : after.store().streams()) {
      if (row.author == alone.machine.node()) count += row.seq;
    }
    BOOST_TEST(count == seen);
  }
}

BOOST_AUTO_TEST_CASE(a_disk_without_room_refuses_one_change_and_not_the_next) {
  Alone alone;
  alone.disk.plan({Fault::NoSpace, "yizhan.db-wal", 0});
  const auto booked = alone.book(2);
  BOOST_REQUIRE(!booked.has_value());
  BOOST_TEST((booked.error().code == Errc::StorageFull));
  BOOST_TEST(!alone.station->store().failure().has_value());
  alone.disk.mend();
  BOOST_TEST(alone.book(3).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::storage::test
