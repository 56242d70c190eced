// Places: what a copy does not carry along, read from files of a machine that is made up.
#include "node/store/place.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

// A file of this machine, seen with disks and firmware that are made up.
struct Machine {
  Machine() {
    write(file, "x");
    struct stat about {};
    BOOST_REQUIRE(::stat(file.c_str(), &about) == 0);
    number = std::to_string(major(about.st_dev)) + ":" + std::to_string(minor(about.st_dev));
    fs::create_directories(system / "sys/dev/block");
  }
  Place place() const { return place_of(file, system); }
  bool knows(PlaceFact fact) const { return place().contains(fact); }
  // The folder lies on this part of a disk, or on a volume.
  void lies_on(const std::string& device) const {
    fs::remove(system / "sys/dev/block" / number);
    fs::create_directories(system / "sys/devices" / device);
    fs::create_directory_symlink(system / "sys/devices" / device,
                                 system / "sys/dev/block" / number);
  }
  void has(const std::string& name, const std::string& text) const {
    write(system / "sys/devices" / name, text);
  }
  void is_made_of(const std::string& volume, const std::string& device) const {
    const fs::path slaves = system / "sys/devices" / volume / "slaves";
    fs::create_directories(slaves);
    fs::create_directories(system / "sys/devices" / device);
    fs::create_directory_symlink(system / "sys/devices" / device,
                                 slaves / fs::path(device).filename());
  }

  TempFolder folder;
  fs::path file = folder.path() / "data/guard.yz";
  fs::path system = folder.path() / "machine";
  std::string number;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(place, Machine)

BOOST_AUTO_TEST_CASE(places_differ_only_in_what_both_know_I2) {
  const Place all{{PlaceFact::Inode, 1}, {PlaceFact::Born, 2}, {PlaceFact::Disk, 3}};
  BOOST_TEST(!differ(all, all));
  BOOST_TEST(!differ(all, {}));
  BOOST_TEST(!differ({}, all));
  BOOST_TEST(!differ(all, {{PlaceFact::Machine, 9}}));
  for (const auto& [fact, is] : all) BOOST_TEST(differ(all, {{fact, is + 1}}));
}

BOOST_AUTO_TEST_CASE(a_file_keeps_its_place_when_it_is_moved_and_no_copy_has_it_I1) {
  const Place before = place();
  BOOST_TEST((before.contains(PlaceFact::Inode) || before.contains(PlaceFact::Born)));
  const fs::path moved = folder.path() / "moved.yz";
  fs::rename(file, moved);
  BOOST_TEST((place_of(moved, system) == before));
  std::ofstream(moved, std::ios::app) << "more";
  BOOST_TEST((place_of(moved, system) == before));
  fs::copy_file(moved, file);
  BOOST_TEST(differ(place(), before));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_has_no_place) {
  BOOST_TEST(place_of(folder.path() / "none", system).empty());
}

BOOST_AUTO_TEST_CASE(the_machine_by_its_id_and_its_firmware) {
  BOOST_TEST(!knows(PlaceFact::Machine));
  BOOST_TEST(!knows(PlaceFact::Board));
  write(system / "etc/machine-id", "\n");  // made at the first start of a system, empty until then
  BOOST_TEST(!knows(PlaceFact::Machine));
  write(system / "etc/machine-id", "aa\n");
  write(system / "sys/class/dmi/id/product_uuid", "bb\n");
  const Place before = place();
  BOOST_TEST(before.at(PlaceFact::Machine) != before.at(PlaceFact::Board));
  write(system / "etc/machine-id", "cc\n");
  BOOST_TEST(differ(place(), before));
}

BOOST_AUTO_TEST_CASE(a_disk_by_its_serial_number_through_its_parts) {
  lies_on("ata1/sda/sda2");
  BOOST_TEST(!knows(PlaceFact::Disk));
  has("ata1/sda/device/wwid", "naa.5000000000000001  \n");
  const Place before = place();
  BOOST_TEST(before.contains(PlaceFact::Disk));
  lies_on("ata2/sdb/sdb2");  // an image of it on another disk
  has("ata2/sdb/device/wwid", "naa.5000000000000002\n");
  BOOST_TEST(differ(place(), before));
  lies_on("ata3/sdc/sdc2");  // the disk in another socket
  has("ata3/sdc/device/wwid", "naa.5000000000000001\n");
  BOOST_TEST((place() == before));
}

BOOST_AUTO_TEST_CASE(a_volume_by_the_disk_below_it_and_not_by_several) {
  lies_on("virtual/dm-0");
  is_made_of("virtual/dm-0", "mmc0/mmcblk0/mmcblk0p2");
  has("mmc0/mmcblk0/device/cid", "1234\n");
  const Place before = place();
  BOOST_TEST(before.contains(PlaceFact::Disk));
  is_made_of("virtual/dm-0", "ata1/sda");
  BOOST_TEST(!knows(PlaceFact::Disk));
  BOOST_TEST(!differ(place(), before));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node::test
