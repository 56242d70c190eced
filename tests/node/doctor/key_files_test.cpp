// Key files: missing, open to others, or in an open folder: each is named with its file and mode.
#include "node/doctor/key_files.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {
namespace {

struct Keys {
  Keys() {
    fs::permissions(folder.path(), fs::perms::owner_all);
    put("secrets.yz");
  }
  void put(const char* name) const {
    std::ofstream(folder.path() / name) << "x";
    allow(name, fs::perms::owner_read | fs::perms::owner_write);
  }
  void allow(const char* name, fs::perms perms) const {
    fs::permissions(folder.path() / name, perms);
  }
  HealthCheck check() const { return key_files_check(folder.path()); }
  TempFolder folder;
};

BOOST_FIXTURE_TEST_SUITE(key_files, Keys)

BOOST_AUTO_TEST_CASE(what_is_its_owners_only_is_well) {
  BOOST_TEST((check().verdict == Verdict::Ok));
  put("root-key.yz");
  BOOST_TEST((check().verdict == Verdict::Ok));
}

BOOST_AUTO_TEST_CASE(what_others_can_read_has_failed) {
  for (const char* name : {"secrets.yz", "root-key.yz"}) {
    put("root-key.yz");
    put("secrets.yz");
    allow(name, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    BOOST_TEST((check().verdict == Verdict::Fail));
    BOOST_TEST(check().found == "open");
    BOOST_TEST(check().with.at("mode") == "0640");
    BOOST_TEST(check().with.at("file") == (folder.path() / name).string());
  }
}

BOOST_AUTO_TEST_CASE(keys_that_are_not_there_have_failed_and_a_missing_root_key_is_well) {
  fs::remove(folder.path() / "secrets.yz");
  BOOST_TEST(check().found == "missing");
  BOOST_TEST((key_files_check(folder.path() / "nowhere").found == "no_folder"));
}

BOOST_AUTO_TEST_CASE(an_open_folder_is_a_reminder) {
  fs::permissions(folder.path(), fs::perms::owner_all | fs::perms::others_read);
  BOOST_TEST((check().verdict == Verdict::Warn));
  BOOST_TEST(check().with.at("mode") == "0704");
}

BOOST_AUTO_TEST_CASE(another_owner_is_named) {
  if (::geteuid() != 0) return;  // only root gives files away
  BOOST_REQUIRE(::chown((folder.path() / "secrets.yz").c_str(), 4321, 4321) == 0);
  BOOST_TEST(check().found == "foreign");
  BOOST_TEST(check().with.at("owner") == "4321");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
