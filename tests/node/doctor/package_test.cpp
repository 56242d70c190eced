// Package: a file that other programs open, from which nobody's data and no secret can be read.
#include "node/doctor/package.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "node/doctor/scrub.h"
#include "node/doctor/zip.h"
#include "node/paper/child_process.h"
#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {
namespace {

const WallMs kNow{1'772'446'920'000};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

PackageParts parts() {
  AdminStatus status;
  status.node.node = "5f0c6d2a00112233445566778899aabb";
  status.node.name = "荫营镇便民服务中心";
  status.node.counts = RungCounts{5, 4, 3, 1};
  SyncLogRow row;
  row.at = kNow;
  row.event = "refused";
  row.detail = "of 14039919900101123X with 13912345678";
  return {
      .made_at = kNow,
      .program = "0.1.0",
      .checks = {{.id = "ST-10", .verdict = Verdict::Warn, .found = "none"}},
      .status = status,
      .exchanges = {row},
      .log = {"2026-03-02T18:22:00.000+0800 info ready: 1403/140311/140311100, http 127.0.0.1:8080",
              "key 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
              "code ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-ZABCD-EFGHI"}};
}

BOOST_AUTO_TEST_SUITE(package)

BOOST_AUTO_TEST_CASE(it_holds_the_checks_with_their_words_and_the_log) {
  const HealthPackage made = package_of(parts());
  BOOST_TEST(made.name == "yizhan-5f0c6d2a-20260302-1822.zip");
  for (const char* part :
       {"doctor.txt", "! ST-10  最近备份：一份也没有", "yizhan backup create", "program 0.1.0",
        "saved=5 carried=4 received=3 pending=1", "kernel Linux", "ready: 1403/140311/140311100"}) {
    BOOST_TEST(has(made.bytes, part), part);
  }
}

BOOST_AUTO_TEST_CASE(what_is_as_long_as_a_number_or_a_key_is_blotted_out_I1) {
  const HealthPackage made = package_of(parts());
  for (const char* part : {"14039919900101123", "13912345678", "ccddeeff00112233", "KLMNO"}) {
    BOOST_TEST(!has(made.bytes, part), part);
  }
  BOOST_TEST(scrubbed("of 13912345678, 1391234567 and x13912345678y") ==
             "of […], 1391234567 and x[…]y");
  BOOST_TEST(scrubbed(std::string(39, 'a') + " " + std::string(40, 'b')) ==
             std::string(39, 'a') + " […]");
  BOOST_TEST(scrubbed("node 5f0c6d2a0b1c2d3e4f5a6b7c8d9eaabb") ==
             "node 5f0c6d2a0b1c2d3e4f5a6b7c8d9eaabb");
  BOOST_TEST(scrubbed("王敏 2026-03-02T18:22") == "王敏 2026-03-02T18:22");
  BOOST_TEST(scrubbed("").empty());
}

BOOST_AUTO_TEST_CASE(a_node_that_does_not_serve_is_told_as_such) {
  PackageParts stopped = parts();
  stopped.status.reset();
  const HealthPackage made = package_of(stopped);
  BOOST_TEST(made.name == "yizhan-stopped-20260302-1822.zip");
  BOOST_TEST(has(made.bytes, "node not serving"));
}

// Python's reader checks every length and sum.
BOOST_AUTO_TEST_CASE(another_program_opens_it) {
  const TempFolder folder;
  const auto file = folder.path() / "a.zip";
  std::ofstream(file, std::ios::binary) << zip_of({{"a.txt", "甲\n"}, {"empty.txt", ""}}, kNow);
  const auto done = paper::run_child(
      {"/usr/bin/python3", "-c",
       "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n"
       "print(z.namelist(), repr(z.read('a.txt').decode()), z.infolist()[0].date_time)",
       file.string()},
      "", std::chrono::seconds(20));
  BOOST_REQUIRE(done.has_value());
  BOOST_TEST(done->output == "['a.txt', 'empty.txt'] '甲\\n' (2026, 3, 2, 18, 22, 0)\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
