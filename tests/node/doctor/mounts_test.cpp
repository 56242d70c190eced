// Mounts: the innermost one that holds a folder, whatever its name.
#include "node/doctor/mounts.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

constexpr const char* kLines =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard\n"
    "40 22 0:35 / /var/lib rw shared:2 master:1 - btrfs /dev/sdb rw,subvolid=5\n"
    "41 40 8:1 / /var/lib/yizhan rw,noatime - ext4 /dev/sda1 rw,nobarrier,data=ordered\n"
    "42 22 0:40 / /mnt/my\\040stick rw - vfat /dev/sdc1 rw\n"
    "43 22 0:41 / /mnt/my\\040stick rw - exfat /dev/sdd1 rw\n"
    "no line of this kind\n"
    "44 22 0:42 / /cut rw\n";

std::string kind(const std::string& folder) {
  const auto mount = mount_in(kLines, folder);
  return mount ? mount->kind + " " + mount->point : "none";
}

BOOST_AUTO_TEST_SUITE(mounts)

BOOST_AUTO_TEST_CASE(the_innermost_is_found) {
  BOOST_TEST(kind("/var/lib/yizhan") == "ext4 /var/lib/yizhan");
  BOOST_TEST(kind("/var/lib/yizhan/backups") == "ext4 /var/lib/yizhan");
  BOOST_TEST(kind("/var/lib/yizhan2") == "btrfs /var/lib");
  BOOST_TEST(kind("/var/libs") == "ext4 /");
  BOOST_TEST(kind("/cut/x") == "ext4 /");  // a line that breaks off is none
}

BOOST_AUTO_TEST_CASE(a_blank_is_read_and_of_two_at_one_point_the_later_counts) {
  BOOST_TEST(kind("/mnt/my stick/data") == "exfat /mnt/my stick");
}

BOOST_AUTO_TEST_CASE(options_of_both_kinds_are_told_whole) {
  const auto mount = mount_in(kLines, "/var/lib/yizhan");
  BOOST_TEST(mount->has("noatime"));
  BOOST_TEST(mount->has("nobarrier"));
  BOOST_TEST(!mount->has("barrier"));
  BOOST_TEST(mount->source == "/dev/sda1");
}

BOOST_AUTO_TEST_CASE(nothing_is_known_of_a_folder_that_is_not_there) {
  BOOST_TEST(!mount_of("/nowhere/at/all").has_value());
  BOOST_TEST(mount_of("/proc").has_value());
  BOOST_TEST(!mount_in("", "/var").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
