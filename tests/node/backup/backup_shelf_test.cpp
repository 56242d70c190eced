#include "node/backup/backup_shelf.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/backup/backed_node.h"

namespace yizhan::node::test {
namespace {

constexpr std::int64_t kDay = 86'400'000;
WallMs on_day(int day) { return {1'790'000'000'000 + day * kDay}; }

BOOST_AUTO_TEST_SUITE(backup_shelf_test)

BOOST_AUTO_TEST_CASE(the_newest_are_kept_and_the_newest_verified_one_whatever_its_age_I1) {
  BackedNode node(61);
  node.work(3);
  node.settle();
  BackupPlan plan = node.plan();
  const BackupShelf shelf(plan.shelf);
  std::vector<fs::path> files;
  for (int day = 0; day < 9; ++day) {
    const auto made = node.back_up(on_day(day));
    BOOST_REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().detail));
    files.push_back(made->file);
    if (day == 1 || day == 2) {
      auto open = OpenFile::to_read(made->file, "backup");
      const auto head = read_head(*open);
      BOOST_REQUIRE(mark_verified(made->file, *head, day == 1, on_day(day)).has_value());
    }
    BOOST_TEST(made->removed == (day == 7 ? 1 : 0));
  }
  BOOST_TEST(!fs::exists(files[0]));  // the oldest
  BOOST_TEST(fs::exists(files[1]));   // verified: kept beyond the seven
  BOOST_TEST(fs::exists(files[2]));
  const auto next = node.back_up(on_day(9));
  BOOST_REQUIRE(next.has_value());
  BOOST_TEST(next->removed == 1);
  BOOST_TEST(!fs::exists(files[2]));  // a verify found something in it
  BOOST_TEST(!fs::exists(files[2].string() + ".checked"));
  const auto rows = shelf.rows();
  BOOST_REQUIRE(rows.has_value());
  BOOST_TEST(rows->size() == 8);
  BOOST_TEST((rows->front().taken_at == on_day(9)));
  BOOST_TEST((rows->back().state == BackupState::Verified));
  BOOST_TEST((*rows->back().verified_at == on_day(1)));
  BOOST_TEST((shelf.newest(rows->front().node, on_day(20)) == on_day(9)));
  BOOST_TEST((shelf.newest(rows->front().node, on_day(4)) == on_day(4)));
  BOOST_TEST(!shelf.newest(NodeId{}, on_day(20)).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_of_this_node_is_left_alone_I1) {
  BackedNode node(62);
  node.settle();
  BackedNode other(63);
  other.settle();
  const auto strange = other.back_up(on_day(0));
  BOOST_REQUIRE(strange.has_value());
  const BackupPlan plan = node.plan();
  fs::create_directories(plan.shelf);
  fs::copy_file(strange->file, plan.shelf / "theirs.yzb");
  put_bytes(plan.shelf / "photo.yzb", Bytes(9000, 7));
  put_bytes(plan.shelf / "notes.txt", Bytes(9, 'x'));
  for (int day = 1; day < 12; ++day) BOOST_REQUIRE(node.back_up(on_day(day)).has_value());
  BOOST_TEST(fs::exists(plan.shelf / "theirs.yzb"));
  BOOST_TEST(fs::exists(plan.shelf / "photo.yzb"));
  BOOST_TEST(fs::exists(plan.shelf / "notes.txt"));
  const auto rows = BackupShelf(plan.shelf).rows();
  BOOST_REQUIRE(rows.has_value());
  BOOST_TEST(rows->size() == 9);
  BOOST_TEST((rows->back().state == BackupState::Unreadable));
}

BOOST_AUTO_TEST_CASE(a_mark_counts_for_the_file_that_was_verified_only_I2) {
  BackedNode node(64);
  node.settle();
  const auto one = node.back_up(on_day(0));
  const auto two = node.back_up(on_day(1));
  BOOST_REQUIRE((one.has_value() && two.has_value()));
  auto open = OpenFile::to_read(one->file, "backup");
  BOOST_REQUIRE(mark_verified(one->file, *read_head(*open), true, on_day(2)).has_value());
  BOOST_TEST((look_at_backup(one->file).state == BackupState::Verified));
  BOOST_TEST((look_at_backup(two->file).state == BackupState::Unverified));
  fs::copy_file(two->file, one->file, fs::copy_options::overwrite_existing);
  BOOST_TEST((look_at_backup(one->file).state == BackupState::Unverified));
  put_bytes(one->file.string() + ".checked", Bytes(3, 0xff));
  BOOST_TEST((look_at_backup(one->file).state == BackupState::Unverified));
}

BOOST_AUTO_TEST_CASE(what_a_kill_left_is_removed_and_two_of_one_second_do_not_meet_I3) {
  BackedNode node(65);
  node.settle();
  const BackupPlan plan = node.plan();
  fs::create_directories(plan.shelf);
  fs::create_directories(plan.data / "backup.scratch");
  put_bytes(plan.shelf / "half.yzb.part", Bytes(10, 1));
  put_bytes(plan.data / "backup.scratch" / "yizhan.db", Bytes(10, 1));
  const auto one = node.back_up(on_day(0));
  const auto two = node.back_up(on_day(0));
  BOOST_REQUIRE((one.has_value() && two.has_value()));
  BOOST_TEST((one->file != two->file));
  BOOST_TEST(!fs::exists(plan.shelf / "half.yzb.part"));
  BOOST_TEST(!fs::exists(plan.data / "backup.scratch"));
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_stopped_leaves_nothing) {
  BackedNode node(66);
  node.work(200);
  node.settle();
  sync::test::SeededEntropy entropy(1);
  const BackupPlan plan = node.plan();
  const auto store = SqliteStore::open({plan.data, false}, entropy);
  const auto snapshot = (*store)->snapshot();
  int asked = 0;
  for (int stop_at = 1;; ++stop_at) {
    asked = 0;
    const auto made =
        make_backup(**snapshot, plan, entropy, on_day(0), [&] { return ++asked != stop_at; });
    if (made.has_value()) break;
    BOOST_TEST((made.error().code == Errc::Busy));
    BOOST_TEST(fs::is_empty(plan.shelf));
    BOOST_TEST(!fs::exists(plan.data / "backup.scratch"));
  }
  BOOST_TEST(asked > 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
