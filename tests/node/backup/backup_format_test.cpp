// The file of a backup: who may open it, and that nothing of it can be missing or changed unseen.
#include <boost/test/unit_test.hpp>

#include "crdt/base/hash.h"
#include "node/backup/backup_stream.h"
#include "node/backup/unpack.h"
#include "tests/node/backup/backed_node.h"

namespace yizhan::node::test {
namespace {

constexpr WallMs kNow{1'790'000'000'000};

// A backup that is small enough for every byte of it to be tried.
struct SmallFile {
  SmallFile() {
    sync::test::SeededEntropy entropy(3);
    head.node = members.station.certificate.node();
    head.taken_at = kNow;
    head.name = "荫营镇";
    add_box(head, OpenedBy::Node, members.station.certificate.box_key, key, entropy);
    add_box(head, OpenedBy::Hub, members.hub.certificate.box_key, key, entropy);
    manifest.program = "0.0.1";
    manifest.division = members.station.certificate.home;
    manifest.name = head.name;
    manifest.taken_at = kNow;
    manifest.database = 7;
    manifest.certificate = members.station.certificate;
    for (const auto& [name, text] : contents) {
      Hasher hasher("yz.backup.file", 32);
      hasher.add(view(text));
      manifest.files.push_back({name, text.size(), hasher.finish32()});
    }
  }

  // `sign`: whose signature; `behind`: bytes more than the manifest speaks of.
  Bytes made(const sync::SignKey& sign, std::string_view behind = {}) {
    const fs::path file = folder.path() / "made.yzb";
    {
      auto out = OpenFile::to_write(file, "backup");
      BackupWriter writer(*out, key);
      head.start = writer.start();
      writer.bind(head);
      const Bytes listed = encode(manifest, head, sign);
      Bytes length;
      append_u32(length, static_cast<std::uint32_t>(listed.size()));
      BOOST_REQUIRE(out->write(encode(head)).has_value());
      BOOST_REQUIRE(writer.write(length).has_value());
      BOOST_REQUIRE(writer.write(listed).has_value());
      for (const auto& [name, text] : contents) BOOST_REQUIRE(writer.write(view(text)).has_value());
      BOOST_REQUIRE(writer.write(view(behind)).has_value());
      BOOST_REQUIRE(writer.finish().has_value());
    }
    return bytes_in(file);
  }
  Bytes made() { return made(members.station.secrets.sign); }

  Result<Unpacked> opened(const Bytes& bytes, const sync::Secret32& secret) {
    const fs::path file = folder.path() / "given.yzb";
    put_bytes(file, bytes);
    fs::remove_all(folder.path() / "out");
    fs::create_directory(folder.path() / "out");
    return unpack(file, secret, folder.path() / "out");
  }
  Result<Unpacked> opened(const Bytes& bytes) { return opened(bytes, members.station.secrets.box); }
  std::string text(const char* name) {
    const Bytes bytes = bytes_in(folder.path() / "out" / name);
    return {bytes.begin(), bytes.end()};
  }

  TempFolder folder;
  sync::test::City members = sync::test::make_city(9);
  sync::Secret32 key = sync::test::secret(44);
  BackupHead head;
  BackupManifest manifest;
  std::vector<std::pair<std::string, std::string>> contents = {{"yizhan.db", "a database"},
                                                               {"identity.yz", "who"},
                                                               {"secrets.yz", "keys"},
                                                               {"policy.toml", ""}};
};

BOOST_AUTO_TEST_SUITE(backup_format_test)

BOOST_AUTO_TEST_CASE(golden_head_and_manifest) {
  SmallFile small;
  small.head.start = sync::test::bytes_of<24>(8);
  sync::test::check_golden("backup", "head", "mark, length and head of a backup",
                           encode(small.head));
  sync::test::check_golden("backup", "manifest", "manifest of a backup, signed over that head",
                           encode(small.manifest, small.head, small.members.station.secrets.sign));
}

BOOST_AUTO_TEST_CASE(whoever_has_a_box_opens_it_and_nobody_else) {
  SmallFile small;
  const Bytes bytes = small.made();
  for (const sync::Secret32* secret :
       {&small.members.station.secrets.box, &small.members.hub.secrets.box}) {
    const auto opened = small.opened(bytes, *secret);
    BOOST_REQUIRE_MESSAGE(opened.has_value(), (opened ? std::string() : opened.error().detail));
    BOOST_TEST((opened->manifest == small.manifest));
    BOOST_TEST(small.text("yizhan.db") == "a database");
    BOOST_TEST(small.text("secrets.yz") == "keys");
    BOOST_TEST(small.text("policy.toml") == "");
  }
  const auto stranger = small.opened(bytes, small.members.district.secrets.box);
  YZ_REQUIRE_ERROR(stranger, Errc::Denied);
  BOOST_TEST(fs::is_empty(small.folder.path() / "out"));
}

BOOST_AUTO_TEST_CASE(no_truncation_and_no_changed_byte_is_accepted) {
  SmallFile small;
  const Bytes whole = small.made();
  std::size_t tried = 0;
  sync::test::for_each_damage(whole, [&](const Bytes& damaged) {
    ++tried;
    const auto opened = small.opened(damaged);
    if (opened.has_value()) BOOST_ERROR("accepted: damage number " + std::to_string(tried));
    if (opened.has_value()) return;
    const Errc code = opened.error().code;
    const bool clear = code == Errc::StorageCorrupt || code == Errc::UnknownVersion ||
                       code == Errc::Denied || code == Errc::BadSignature;
    if (!clear || opened.error().field != "backup") {
      BOOST_ERROR(std::string("unclear: ") + name(code) + " " + opened.error().field);
    }
  });
  BOOST_TEST(tried > 4 * whole.size());
  Bytes longer = whole;
  longer.push_back(0);
  YZ_REQUIRE_ERROR(small.opened(longer), Errc::StorageCorrupt);
}

BOOST_AUTO_TEST_CASE(foreign_newer_and_empty_files_are_told_apart) {
  SmallFile small;
  Bytes newer = small.made();
  newer[14] = '2';
  YZ_REQUIRE_ERROR(small.opened(newer), Errc::UnknownVersion);
  YZ_REQUIRE_ERROR(small.opened(Bytes()), Errc::StorageCorrupt);
  YZ_REQUIRE_ERROR(small.opened(Bytes(5000, 'x')), Errc::StorageCorrupt);
  const auto missing =
      unpack(small.folder.path() / "nowhere", small.members.station.secrets.box, {});
  YZ_REQUIRE_ERROR(missing, Errc::NotFound);
}

// Hub and parent can open it; none of them can make another of it.
BOOST_AUTO_TEST_CASE(only_the_node_itself_signs_its_backup_I3) {
  SmallFile small;
  YZ_REQUIRE_ERROR(small.opened(small.made(small.members.hub.secrets.sign)), Errc::BadSignature);
  small.manifest.certificate = small.members.hub.certificate;
  YZ_REQUIRE_ERROR(small.opened(small.made(small.members.hub.secrets.sign)), Errc::BadSignature);
}

BOOST_AUTO_TEST_CASE(more_or_other_content_than_the_manifest_says_is_refused) {
  SmallFile small;
  YZ_REQUIRE_ERROR(small.opened(small.made(small.members.station.secrets.sign, "x")),
                   Errc::StorageCorrupt);
  small.contents[0].second = "A database";
  YZ_REQUIRE_ERROR(small.opened(small.made()), Errc::StorageCorrupt);
  small.contents[0].second = "a databas";
  YZ_REQUIRE_ERROR(small.opened(small.made()), Errc::StorageCorrupt);
}

BOOST_AUTO_TEST_CASE(names_that_no_folder_may_have_are_refused_I2) {
  for (const char* name : {"../x.toml", "a/b.toml", ".hidden.toml", "yizhan.lock", "guard.yz",
                           "restoring", "journal", "yizhan.db-wal", "", "x\n.toml"}) {
    BOOST_TEST(!may_be_backed_up(name), name);
    SmallFile small;
    small.manifest.files.back().name = name;
    YZ_REQUIRE_ERROR(small.opened(small.made()), Errc::StorageCorrupt);
  }
  for (const char* name : {"policy.toml", "日历 2027.txt", "recovery.yz", "yizhan.db"}) {
    BOOST_TEST(may_be_backed_up(name), name);
  }
  BOOST_TEST(may_be_backed_up(std::string(123, 'x') + ".toml"));
  BOOST_TEST(!may_be_backed_up(std::string(124, 'x') + ".toml"));
}

BOOST_AUTO_TEST_CASE(limits_of_the_manifest_are_exact) {
  const auto refused = [](auto change) {
    SmallFile small;
    change(small.manifest);
    const Bytes bytes = encode(small.manifest, small.head, small.members.station.secrets.sign);
    return !decode_manifest(bytes, small.head).has_value();
  };
  const auto size_of = [](std::size_t at, std::uint64_t size) {
    return [=](BackupManifest& manifest) { manifest.files[at].size = size; };
  };
  BOOST_TEST(!refused(size_of(0, kDatabaseBytesMax)));
  BOOST_TEST(refused(size_of(0, kDatabaseBytesMax + 1)));
  BOOST_TEST(!refused(size_of(1, kSmallBytesMax)));
  BOOST_TEST(refused(size_of(1, kSmallBytesMax + 1)));
  const auto files = [](std::size_t count) {
    return [=](BackupManifest& manifest) {
      while (manifest.files.size() < count) {
        manifest.files.push_back({std::to_string(manifest.files.size()) + ".txt", 1, {}});
      }
    };
  };
  BOOST_TEST(!refused(files(kBackedFilesMax)));
  BOOST_TEST(refused(files(kBackedFilesMax + 1)));
  BOOST_TEST(
      refused([](BackupManifest& manifest) { manifest.files.erase(manifest.files.begin()); }));
  BOOST_TEST(
      refused([](BackupManifest& manifest) { manifest.files.push_back(manifest.files.back()); }));
}

BOOST_AUTO_TEST_CASE(a_head_that_says_it_is_long_is_not_believed) {
  SmallFile small;
  Bytes bytes = small.made();
  for (const std::uint32_t size :
       {UINT32_MAX, static_cast<std::uint32_t>(kBackupHeadBytesMax + 1)}) {
    Bytes length;
    append_u32(length, size);
    std::copy(length.begin(), length.end(), bytes.begin() + 16);
    YZ_REQUIRE_ERROR(small.opened(bytes), Errc::StorageCorrupt);
  }
}

// More than one frame, and content that does not compress.
BOOST_AUTO_TEST_CASE(large_contents_come_back_as_they_were) {
  SmallFile small;
  std::string large(3'000'001, '\0');
  sync::test::SeededEntropy entropy(5);
  entropy.fill(std::span(reinterpret_cast<std::uint8_t*>(large.data()), 1'500'000));
  small.contents[0].second = large;
  Hasher hasher("yz.backup.file", 32);
  hasher.add(view(large));
  small.manifest.files[0].size = large.size();
  small.manifest.files[0].hash = hasher.finish32();
  const Bytes bytes = small.made();
  BOOST_TEST(bytes.size() < 1'600'000);
  BOOST_REQUIRE(small.opened(bytes).has_value());
  BOOST_TEST((small.text("yizhan.db") == large));
  for (std::size_t cut = 0; cut < bytes.size(); cut += 9973) {
    const Bytes part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut));
    if (small.opened(part).has_value()) BOOST_ERROR("accepted when cut at " + std::to_string(cut));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
