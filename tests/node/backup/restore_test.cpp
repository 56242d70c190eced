#include "node/backup/restore.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>

#include "node/backup/staging.h"
#include "tests/node/backup/backed_node.h"

namespace yizhan::node::test {
namespace {

struct Killed {};  // thrown where a test ends an attempt

fs::path moved_away(const BackedNode& node, const fs::path& file) {
  fs::path kept = node.root() / "stick.yzb";
  fs::copy_file(file, kept);
  return kept;
}

BOOST_AUTO_TEST_SUITE(restore_test)

BOOST_AUTO_TEST_CASE(the_end_of_the_history_comes_back_from_the_journal_in_a_new_epoch_I3) {
  BackedNode node(71);
  node.work(12);
  node.settle();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  node.work(17);
  node.settle();
  put_bytes(node.data() / "guard.yz", Bytes(40, 9));
  put_bytes(node.data() / "policy.toml", Bytes(5, 'p'));
  const std::string before = node.facts();
  const sync::Epoch epoch = NodeFiles(node.data()).identity()->epoch;
  const auto done = node.restore(made->file);
  BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().detail));
  BOOST_TEST(done->taken_back == 17);
  BOOST_TEST(!done->journal_left);
  BOOST_TEST(node.facts() == before);
  const auto now = NodeFiles(node.data()).identity();
  BOOST_REQUIRE(now.has_value());
  BOOST_TEST(now->epoch.counter == epoch.counter + 1);
  BOOST_TEST((now->epoch.nonce != epoch.nonce));
  BOOST_TEST((bytes_in(node.data() / "guard.yz") == Bytes(40, 9)));
  BOOST_TEST((bytes_in(node.data() / "policy.toml") == Bytes(5, 'p')));
  BOOST_TEST(fs::exists(node.data() / "backups" / made->file.filename()));
  BOOST_TEST(!fs::exists(node.data() / "restoring"));
  BOOST_REQUIRE(done->old_folder.has_value());
  BOOST_TEST((NodeFiles(*done->old_folder).identity()->epoch == epoch));
  // Once more, from the same backup: another epoch than any before.
  const auto again = node.restore(node.data() / "backups" / made->file.filename());
  BOOST_REQUIRE(again.has_value());
  const sync::Epoch third = NodeFiles(node.data()).identity()->epoch;
  BOOST_TEST(third.counter == epoch.counter + 2);
  BOOST_TEST((third.nonce != now->epoch.nonce));
  BOOST_TEST(node.facts() == before);
  BOOST_TEST(node.beside().size() == 2);
}

BOOST_AUTO_TEST_CASE(killed_at_any_step_the_old_node_or_the_new_one_is_whole_I1) {
  for (int step = static_cast<int>(RestoreStep::Settled);
       step <= static_cast<int>(RestoreStep::Kept); ++step) {
    BOOST_TEST_CONTEXT("killed after step " << step) {
      BackedNode node(72);
      node.work(6);
      node.settle();
      const auto made = node.back_up();
      BOOST_REQUIRE(made.has_value());
      node.work(5);
      node.settle();
      const std::string before = node.facts();
      const auto file = moved_away(node, made->file);
      const NodeKeys keys = node.keys();
      const auto kill = [step](RestoreStep at) {
        if (static_cast<int>(at) == step) throw Killed();
      };
      BOOST_CHECK_THROW(static_cast<void>(node.restore_with(file, keys.secrets.box, false, kill)),
                        Killed);
      const bool swapped = step >= static_cast<int>(RestoreStep::Swapped);
      const auto in_place = NodeFiles(node.data()).identity();
      BOOST_REQUIRE(in_place.has_value());
      BOOST_TEST(in_place->epoch.counter == (swapped ? 2U : 1U));
      BOOST_TEST(node.facts() == before);
      const auto again = node.restore(file);
      BOOST_REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : again.error().detail));
      BOOST_TEST(node.facts() == before);
      BOOST_TEST(NodeFiles(node.data()).identity()->epoch.counter == (swapped ? 3U : 2U));
      // Every node that was once in place is still there, and nothing else.
      std::vector<std::string> kept = node.beside();
      BOOST_TEST(kept.size() == (swapped ? 3U : 2U));  // with the stick
      for (const std::string& name : kept) {
        if (name == "stick.yzb") continue;
        BOOST_TEST(name.starts_with("data.before-"), name);
        BOOST_TEST(NodeFiles(node.root() / name).identity().has_value());
        BOOST_TEST(!fs::exists(node.root() / name / "restoring"), name);
      }
      BOOST_TEST(!fs::exists(node.data() / "restoring"));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_link_to_the_data_folder_stays_a_link) {
  BackedNode node(79);
  node.work(3);
  node.settle();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  const fs::path link = node.root() / "link";
  fs::create_directory_symlink(node.data(), link);
  sync::test::SeededEntropy entropy(4);
  const NodeKeys keys = node.keys();
  const auto done = node::restore({made->file, link, false}, keys.secrets.box, entropy,
                                  {WallMs{1'790'000'500'000}, MonoMs{5}}, [](RestoreStep) {});
  BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().detail));
  BOOST_TEST(fs::is_symlink(link));
  BOOST_TEST(!fs::is_symlink(node.data()));
  BOOST_TEST(NodeFiles(link).identity()->epoch.counter == 2);
  BOOST_TEST((done->old_folder->parent_path() == fs::canonical(node.root())));
}

// Half of a folder that was being removed still counts as one that was being filled.
BOOST_AUTO_TEST_CASE(remains_of_every_kind_are_told_apart_I2) {
  TempFolder root;
  const fs::path data = root.path() / "data";
  const fs::path left = root.path() / "data.restoring";
  const auto settle = [&] { return Staging(data).settle(WallMs{1'790'000'000'000}); };
  fs::create_directories(data);
  fs::create_directories(left);  // killed before it was marked
  BOOST_REQUIRE(settle().has_value());
  BOOST_TEST(!fs::exists(left));
  fs::create_directories(left / "journal");
  put_bytes(left / "journal" / "1.yzj", Bytes(3));
  put_bytes(left / "restoring", {});
  BOOST_REQUIRE(settle().has_value());
  BOOST_TEST(!fs::exists(left));
  fs::create_directories(left);
  put_bytes(left / "yizhan.db", Bytes(3));  // not marked: it was in place
  put_bytes(data / "restoring", {});
  const auto old = settle();
  BOOST_REQUIRE((old.has_value() && old->has_value()));
  BOOST_TEST(fs::exists(**old / "yizhan.db"));
  BOOST_TEST(!fs::exists(left));
  BOOST_TEST(!fs::exists(data / "restoring"));
}

BOOST_AUTO_TEST_CASE(a_dead_machine_is_replaced_by_file_and_code_alone) {
  BackedNode node(73);
  node.work(9);
  node.settle();
  const std::string before = node.facts();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  const auto file = moved_away(node, made->file);
  for (const bool there : {false, true}) {
    fs::remove_all(node.data());
    if (there) fs::create_directory(node.data());
    std::string written = node.recovery_code();
    for (char& c : written) c = static_cast<char>(std::tolower(c));
    const auto seed = parse_recovery(written);
    BOOST_REQUIRE(seed.has_value());
    const auto done = node.restore_with(file, recovery_secret(*seed), true, [](RestoreStep) {});
    BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().detail));
    BOOST_TEST(done->taken_back == 0);
    BOOST_TEST(!done->old_folder.has_value());
    BOOST_TEST(node.facts() == before);
    BOOST_TEST(NodeFiles(node.data()).identity()->epoch.counter == 2);
    BOOST_TEST(NodeFiles(node.data()).keys().has_value());
    BOOST_TEST(NodeFiles(node.data()).recovery_key()->has_value());
    BOOST_TEST(node.beside().size() == 1);
  }
  YZ_REQUIRE_ERROR(node.restore(file, true), Errc::Busy);
}

BOOST_AUTO_TEST_CASE(what_is_refused_changes_nothing) {
  BackedNode node(74);
  node.work(4);
  node.settle();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  const std::string before = node.facts();
  const Bytes identity = bytes_in(node.data() / "identity.yz");
  const auto unchanged = [&] {
    BOOST_TEST(node.facts() == before);
    BOOST_TEST((bytes_in(node.data() / "identity.yz") == identity));
    BOOST_TEST(node.beside().empty());
  };
  BackedNode other(75);
  other.settle();
  const auto theirs = other.back_up();
  BOOST_REQUIRE(theirs.has_value());
  YZ_REQUIRE_ERROR(node.restore(theirs->file), Errc::Conflict);
  unchanged();
  sync::test::SeededEntropy entropy(6);
  {
    const auto serving = SqliteStore::open({node.data(), false}, entropy);
    YZ_REQUIRE_ERROR(node.restore(made->file), Errc::Busy);
  }
  unchanged();
  const auto wrong = parse_recovery(other.recovery_code());
  YZ_REQUIRE_ERROR(
      node.restore_with(made->file, recovery_secret(*wrong), false, [](RestoreStep) {}),
      Errc::Denied);
  unchanged();
  Bytes bytes = bytes_in(made->file);
  bytes[bytes.size() / 2] ^= 1;
  put_bytes(node.data() / "bad.yzb", bytes);
  YZ_REQUIRE_ERROR(node.restore(node.data() / "bad.yzb"), Errc::StorageCorrupt);
  fs::remove(node.data() / "bad.yzb");
  unchanged();
}

BOOST_AUTO_TEST_CASE(a_database_with_a_damaged_page_is_not_backed_up) {
  BackedNode node(75);
  node.work(8);
  node.settle();
  Bytes database = bytes_in(node.data() / "yizhan.db");
  const std::string_view word = "demo";  // the item of a booking
  const auto at = std::search(database.begin(), database.end(), word.begin(), word.end());
  BOOST_REQUIRE((at != database.end()));
  *at = 'D';
  put_bytes(node.data() / "yizhan.db", database);
  YZ_REQUIRE_ERROR(node.back_up(), Errc::StorageCorrupt);
}

// The node that backs itself up is whole, but somebody changed a record in its database before.
BOOST_AUTO_TEST_CASE(a_database_in_which_verify_finds_something_is_not_restored) {
  BackedNode node(76);
  node.work(8);
  node.settle();
  const Bytes pristine = bytes_in(node.data() / "yizhan.db");
  {
    sync::test::SeededEntropy entropy(8);
    const auto store = SqliteStore::open({node.data()}, entropy);
    BOOST_REQUIRE(store.has_value());
    (*store)->sql().exec("UPDATE ent SET st = CAST(replace(st, 'demo', 'Demo') AS BLOB)");
  }
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  put_bytes(node.data() / "yizhan.db", pristine);
  const std::string before = node.facts();
  YZ_REQUIRE_ERROR(node.restore(made->file), Errc::BadChain);
  BOOST_TEST(node.facts() == before);
  sync::test::SeededEntropy entropy(7);
  const auto verified =
      verify_backup(made->file, node.keys().secrets.box, node.root() / "scratch", entropy);
  YZ_REQUIRE_ERROR(verified, Errc::BadChain);
  BOOST_TEST(!fs::exists(node.root() / "scratch"));
}

BOOST_AUTO_TEST_CASE(a_journal_of_another_database_stays_where_it_was) {
  BackedNode node(77);
  node.work(7);
  node.settle();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  for (const auto& file : fs::directory_iterator(node.data() / "journal")) {
    Bytes bytes = bytes_in(file.path());
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= 0x5a;
    put_bytes(file.path(), bytes);
  }
  const std::string before = node.facts();
  const auto done = node.restore(made->file);
  BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().detail));
  BOOST_TEST(done->taken_back == 0);
  BOOST_TEST(node.facts() == before);
}

// identity.yz is why somebody restores: what is in place cannot say who it is.
BOOST_AUTO_TEST_CASE(a_folder_that_cannot_say_who_it_is_gives_its_journal_all_the_same) {
  BackedNode node(78);
  node.work(6);
  node.settle();
  const auto made = node.back_up();
  BOOST_REQUIRE(made.has_value());
  node.work(4);
  node.settle();
  const std::string before = node.facts();
  put_bytes(node.data() / "identity.yz", Bytes(30, 1));
  put_bytes(node.data() / "yizhan.db", Bytes(3000, 1));
  const auto done = node.restore(made->file);
  BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().detail));
  BOOST_TEST(done->taken_back == 4);
  BOOST_TEST(node.facts() == before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
