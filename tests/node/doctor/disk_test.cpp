// Disk: what is judged of a file system and of measured syncs; a real measure that leaves nothing.
#include "node/doctor/disk.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {
namespace {

HealthCheck of_kind(const std::string& kind, const std::string& options = "rw,relatime") {
  return judge_file_system(Mount{"/var/lib/yizhan", kind, "/dev/sda1", options});
}

HealthCheck of_sync(std::vector<std::int64_t> us, const DiskFacts& disk = {}) {
  return judge_sync(Result<std::vector<std::int64_t>>(std::move(us)), disk);
}

BOOST_AUTO_TEST_SUITE(disk)

BOOST_AUTO_TEST_CASE(a_file_system_is_judged_by_whether_it_keeps_what_is_synced) {
  for (const auto& [kind, found, verdict] : {std::tuple{"ext4", "kept", Verdict::Ok},
                                             {"xfs", "kept", Verdict::Ok},
                                             {"btrfs", "kept", Verdict::Ok},
                                             {"tmpfs", "memory", Verdict::Fail},
                                             {"overlay", "overlay", Verdict::Fail},
                                             {"vfat", "fat", Verdict::Fail},
                                             {"exfat", "fat", Verdict::Fail},
                                             {"fuseblk", "fat", Verdict::Fail},
                                             {"nfs4", "far", Verdict::Warn},
                                             {"reiserfs", "unknown", Verdict::Warn}}) {
    BOOST_TEST(of_kind(kind).found == found, kind);
    BOOST_TEST((of_kind(kind).verdict == verdict), kind);
  }
  BOOST_TEST(of_kind("ext4").with.at("where") == "/var/lib/yizhan");
  BOOST_TEST((judge_file_system({}).verdict == Verdict::Unknown));
}

BOOST_AUTO_TEST_CASE(an_option_under_which_a_sync_is_none_is_named) {
  for (const char* option : {"nobarrier", "barrier=0"}) {
    const auto check = of_kind("ext4", std::string("rw,") + option + ",data=ordered");
    BOOST_TEST((check.verdict == Verdict::Fail), option);
    BOOST_TEST(check.found == "unsafe");
    BOOST_TEST(check.with.at("option") == option);
  }
  BOOST_TEST((of_kind("ext4", "rw,barrier=1").verdict == Verdict::Ok));
  BOOST_TEST(of_kind("overlay", "rw,volatile").found == "overlay");  // the worse is told
}

BOOST_AUTO_TEST_CASE(a_sync_is_judged_by_its_median) {
  BOOST_TEST(of_sync({900, 2'400, 90'000}).found == "durable");
  BOOST_TEST(of_sync({900, 2'400, 90'000}).with.at("ms") == "2.4");
  BOOST_TEST(of_sync({100'000, 100'000, 100'000}).found == "durable");
  BOOST_TEST(of_sync({100, 100'001, 900'000}).found == "slow");
  const DiskFacts spinning{.rotates = true};
  BOOST_TEST(of_sync({999, 999, 999}, spinning).found == "too_fast");
  BOOST_TEST(of_sync({1'000, 1'000, 1'000}, spinning).found == "durable");
  BOOST_TEST(of_sync({999, 999, 999}).found == "durable");
  BOOST_TEST(of_sync({999}, DiskFacts{.by_usb = true}).found == "usb");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_has_failed_and_what_cannot_be_measured_is_unknown) {
  const auto failed = [](Errc code) {
    return judge_sync(Result<std::vector<std::int64_t>>(fail(code, "why")), {});
  };
  BOOST_TEST(failed(Errc::StorageFull).found == "full");
  BOOST_TEST((failed(Errc::StorageFull).verdict == Verdict::Fail));
  BOOST_TEST(failed(Errc::StorageIo).found == "refused");
  BOOST_TEST((failed(Errc::Unsupported).verdict == Verdict::Unknown));
}

BOOST_AUTO_TEST_CASE(a_measure_takes_time_and_leaves_nothing_I1) {
  const TempFolder folder;
  const auto took = measure_sync(folder.path());
  BOOST_REQUIRE(took.has_value());
  BOOST_TEST(took->size() == 9U);
  BOOST_TEST(fs::is_empty(folder.path()));
  BOOST_TEST(!measure_sync(folder.path() / "nowhere").has_value());
  const auto checks = disk_checks(folder.path());
  BOOST_REQUIRE(checks.size() == 2U);
  BOOST_TEST((checks[1].verdict != Verdict::Unknown));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
