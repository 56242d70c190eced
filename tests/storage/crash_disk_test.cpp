// What a crash leaves of a disk: what was synced, and of the rest what a real disk may leave.
#include "tests/storage/crash_disk.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

namespace yizhan::storage::test {
namespace {

constexpr int kDraws = 400;

Bytes filled(std::size_t size, std::uint8_t with) { return Bytes(size, with); }

// A file of 8 sectors of ones that stand, over which twos were written and not synced.
struct Overwritten {
  explicit Overwritten(DiskTraits traits = {}) : disk(traits) {
    file = disk.make("/a");
    disk.write("/a", *file, 0, filled(4096, 1));
    disk.sync("/a", *file);
    disk.sync_names("");
  }
  Bytes drawn(sim::Prng& chance) const { return disk.after_crash(chance).find("/a")->now.all(); }
  CrashDisk disk;
  FilePtr file;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(crash_disk_test)

BOOST_AUTO_TEST_CASE(what_was_synced_stands_in_every_state_I1) {
  Overwritten disk;
  sim::Prng chance(1, "crash");
  for (int i = 0; i < kDraws; ++i) BOOST_TEST((disk.drawn(chance) == filled(4096, 1)));
}

BOOST_AUTO_TEST_CASE(an_unsynced_write_is_kept_dropped_torn_and_garbage_I2) {
  Overwritten disk;
  disk.disk.write("/a", *disk.file, 0, filled(4096, 2));
  sim::Prng chance(1, "crash");
  int kept = 0, dropped = 0, torn = 0, garbage = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Bytes bytes = disk.drawn(chance);
    const auto ones = std::count(bytes.begin(), bytes.end(), 1);
    const auto twos = std::count(bytes.begin(), bytes.end(), 2);
    if (twos == 4096) ++kept;
    if (ones == 4096) ++dropped;
    if (ones > 0 && twos > 0 && ones + twos == 4096) ++torn;
    if (ones + twos < 4096) ++garbage;
    for (std::size_t sector = 0; ones + twos == 4096 && sector < 8; ++sector) {
      const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(sector * 512);
      BOOST_TEST((std::count(begin, begin + 512, *begin) == 512), "a sector is one or the other");
    }
  }
  for (const int seen : {kept, dropped, torn, garbage}) BOOST_TEST(seen > kDraws / 50);
}

BOOST_AUTO_TEST_CASE(writes_are_reordered_I2) {
  CrashDisk disk;
  const FilePtr file = disk.make("/a");
  disk.sync_names("");
  disk.write("/a", *file, 0, filled(512, 1));
  disk.write("/a", *file, 512, filled(512, 2));
  sim::Prng chance(2, "crash");
  int second_alone = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Bytes left = disk.after_crash(chance).find("/a")->now.all();
    if (left.size() == 1024 && left[0] == 0 && left[512] == 2) ++second_alone;
  }
  BOOST_TEST(second_alone > 0);
}

BOOST_AUTO_TEST_CASE(only_a_disk_that_is_powersafe_spares_what_stands_beside_I2) {
  for (const bool powersafe : {true, false}) {
    Overwritten disk({4096, powersafe});
    disk.disk.write("/a", *disk.file, 2000, filled(8, 2));
    sim::Prng chance(3, "crash");
    int spoiled = 0;
    for (int i = 0; i < kDraws; ++i) {
      const Bytes left = disk.drawn(chance);
      if (std::count(left.begin(), left.begin() + 2000, 1) != 2000) ++spoiled;
    }
    BOOST_TEST((spoiled > 0) == !powersafe);
  }
}

BOOST_AUTO_TEST_CASE(a_name_stands_when_its_folder_was_synced_I1) {
  CrashDisk disk;
  disk.make("/kept");
  disk.sync_names("");
  disk.make("/perhaps");
  sim::Prng chance(9, "names");
  int without = 0;
  for (int i = 0; i < kDraws; ++i) {
    const CrashDisk left = disk.after_crash(chance);
    BOOST_TEST((left.find("/kept") != nullptr));
    if (!left.find("/perhaps")) ++without;
  }
  BOOST_TEST(without > 0);
  BOOST_TEST(without < kDraws);
}

BOOST_AUTO_TEST_CASE(a_file_is_gone_with_a_folder_that_was_never_synced) {
  CrashDisk disk;
  disk.make_folder("/journal");
  disk.make("/journal/1");
  disk.sync_names("/journal");  // not the folder that the folder stands in
  sim::Prng chance(4, "names");
  std::set<bool> seen;
  for (int i = 0; i < kDraws; ++i) {
    const CrashDisk left = disk.after_crash(chance);
    BOOST_TEST((left.find("/journal/1") != nullptr) == (left.find("/journal") != nullptr));
    seen.insert(left.find("/journal") != nullptr);
  }
  BOOST_TEST(seen.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_move_is_whole_or_was_not) {
  CrashDisk disk;
  const FilePtr old = disk.make("/a");
  disk.write("/a", *old, 0, filled(3, 1));
  disk.sync("/a", *old);
  const FilePtr fresh = disk.make("/a.new");
  disk.write("/a.new", *fresh, 0, filled(3, 2));
  disk.sync("/a.new", *fresh);
  disk.sync_names("");
  disk.move("/a.new", "/a");
  sim::Prng chance(5, "names");
  std::set<Bytes> seen;
  for (int i = 0; i < kDraws; ++i) seen.insert(disk.after_crash(chance).find("/a")->now.all());
  BOOST_TEST((seen == std::set<Bytes>{filled(3, 1), filled(3, 2)}));
}

BOOST_AUTO_TEST_CASE(the_same_seed_leaves_the_same_state_I3) {
  Overwritten disk;
  for (std::size_t i = 0; i < 8; ++i) disk.disk.write("/a", *disk.file, i * 700, filled(1500, 7));
  sim::Prng one(6, "crash"), same(6, "crash"), other(7, "crash");
  std::vector<Bytes> left, left_same, left_other;
  for (int i = 0; i < 10; ++i) {
    left.push_back(disk.drawn(one));
    left_same.push_back(disk.drawn(same));
    left_other.push_back(disk.drawn(other));
  }
  BOOST_TEST((left == left_same));
  BOOST_TEST((left != left_other));
}

BOOST_AUTO_TEST_CASE(a_fault_goes_on_until_the_disk_is_mended_I4) {
  Overwritten disk;
  disk.disk.plan({Fault::WriteFails, "/a", 1, "write"});
  const Bytes twos = filled(512, 2);
  const auto write = [&] { return disk.disk.write("/a", *disk.file, 0, twos); };
  BOOST_TEST((write() == DiskError::None));
  BOOST_TEST((write() == DiskError::Io));
  BOOST_TEST((write() == DiskError::Io));
  BOOST_TEST(disk.disk.struck().at("write") == 2U);
  disk.disk.mend();
  BOOST_TEST((write() == DiskError::None));
}

BOOST_AUTO_TEST_CASE(what_a_failed_sync_dropped_no_later_one_brings_back) {
  Overwritten disk;
  disk.disk.write("/a", *disk.file, 0, filled(512, 2));
  disk.disk.plan({Fault::SyncFails, "", 0});
  BOOST_TEST((disk.disk.sync("/a", *disk.file) == DiskError::Io));
  disk.disk.mend();
  BOOST_TEST((disk.disk.sync("/a", *disk.file) == DiskError::None));
  BOOST_TEST(disk.file->now.all()[0] == 2);  // who reads it sees nothing of that
  sim::Prng chance(8, "crash");
  for (int i = 0; i < kDraws; ++i) BOOST_TEST((disk.drawn(chance) == filled(4096, 1)));
}

BOOST_AUTO_TEST_CASE(a_bit_that_flips_stays_so) {
  Overwritten disk;
  disk.disk.plan({Fault::BitFlips, "", 0, "flip"});
  Bytes read(64);
  std::size_t got = 0;
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST((disk.disk.read("/a", *disk.file, 0, read, got) == DiskError::None));
    BOOST_TEST(std::count(read.begin(), read.end(), 1) == 63);
  }
  BOOST_TEST(disk.disk.struck().at("flip") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::storage::test
