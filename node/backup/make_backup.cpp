#include "node/backup/make_backup.h"

#include <sys/stat.h>

#include <cstdio>

#include "crdt/base/hash.h"
#include "node/backup/backup_manifest.h"
#include "node/backup/backup_stream.h"
#include "node/backup/scratch_folder.h"
#include "node/store/database_copy.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kField = "backup.dir";
constexpr const char* kScratch = "backup.scratch";
constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::uintmax_t kRoomKept = 64U << 20U;  // for the counter, as for a month of changes

bool is_same_disk(const fs::path& a, const fs::path& b) {
  struct stat of_a {};
  struct stat of_b {};
  return ::stat(a.c_str(), &of_a) == 0 && ::stat(b.c_str(), &of_b) == 0 &&
         of_a.st_dev == of_b.st_dev;
}

// Neither the copy nor the file may be what fills the disk while the counter needs it.
Result<void> check_room(const SqliteStore& snapshot, const BackupPlan& plan) {
  std::error_code unknown;
  const std::uintmax_t bytes = fs::file_size(snapshot.file(), unknown);
  if (unknown) return {};  // what follows says why
  const bool one_disk = is_same_disk(plan.data, plan.shelf);
  const fs::space_info here = fs::space(plan.data, unknown);
  const fs::space_info there = fs::space(plan.shelf, unknown);
  if (unknown) return fail(Errc::StorageIo, unknown.message(), kField);
  if (here.available < kRoomKept + bytes * (one_disk ? 2 : 1)) {
    return fail(Errc::StorageFull, "no room for a copy of the database", "data_dir");
  }
  if (there.available < bytes) return fail(Errc::StorageFull, "no room for a backup", kField);
  return {};
}

struct Source {
  BackedFile facts;
  fs::path path;
};

// What to do with the bytes of a file, piece by piece.
Result<void> each_piece(const fs::path& path, const std::function<bool()>& go_on,
                        const std::function<Result<void>(ByteView)>& take) {
  auto file = OpenFile::to_read(path, "data_dir");
  if (!file) return fail(file);
  Bytes piece(kPieceBytes);
  while (true) {
    const auto got = file->read(piece);
    if (!got) return fail(got);
    if (*got == 0) return {};
    if (auto done = take(ByteView(piece).first(*got)); !done) return done;
    if (!go_on()) return fail(Errc::Busy, "stopped on the way", "backup");
  }
}

Result<Source> source_of(const fs::path& path, std::string name,
                         const std::function<bool()>& go_on) {
  Source source{{std::move(name), 0, {}}, path};
  Hasher hasher("yz.backup.file", 32);
  auto read = each_piece(path, go_on, [&](ByteView piece) -> Result<void> {
    hasher.add(piece);
    source.facts.size += piece.size();
    return {};
  });
  if (!read) return fail(read);
  source.facts.hash = hasher.finish32();
  const bool database = source.facts.name == kDatabaseFile;
  if (source.facts.size > (database ? kDatabaseBytesMax : kSmallBytesMax)) {
    return fail(Errc::LimitExceeded, "is too large to be backed up", source.facts.name);
  }
  return source;
}

// The database first, then the files beside it.
Result<std::vector<Source>> sources(const BackupPlan& plan, const fs::path& copy,
                                    const std::function<bool()>& go_on) {
  std::vector<std::pair<fs::path, std::string>> wanted = {{copy, kDatabaseFile}};
  for (const char* name : {"identity.yz", "secrets.yz", "recovery.yz"}) {
    std::error_code absent;
    if (fs::exists(plan.data / name, absent)) wanted.emplace_back(plan.data / name, name);
  }
  for (const fs::path& policy : plan.policies) {
    const std::string name = policy.filename().string();
    std::error_code absent;
    const bool inside = policy.parent_path() == plan.data && fs::exists(policy, absent);
    if (inside && may_be_backed_up(name)) wanted.emplace_back(policy, name);
  }
  std::vector<Source> found;
  for (auto& [path, name] : wanted) {
    auto source = source_of(path, std::move(name), go_on);
    if (!source) return fail(source);
    found.push_back(std::move(*source));
  }
  return found;
}

void add_boxes(BackupHead& head, const NodeIdentity& identity, const NodeKeys& keys,
               const std::optional<sync::Key32>& recovery, const sync::Secret32& key,
               sync::Entropy& entropy) {
  add_box(head, OpenedBy::Node, sync::x25519_public(keys.secrets.box), key, entropy);
  if (recovery) add_box(head, OpenedBy::Recovery, *recovery, key, entropy);
  for (const sync::Certificate& above : identity.above) {
    if (above.role == sync::Role::Hub) {
      add_box(head, OpenedBy::Hub, above.box_key, key, entropy);
    } else if (identity.parent == above.node()) {
      add_box(head, OpenedBy::Parent, above.box_key, key, entropy);
    }
  }
}

Result<void> write_file(const fs::path& part, BackupHead head, BackupManifest manifest,
                        const std::vector<Source>& files, const sync::Secret32& key,
                        const sync::SignKey& sign, const std::function<bool()>& go_on) {
  auto file = OpenFile::to_write(part, kField);
  if (!file) return fail(file);
  BackupWriter writer(*file, key);
  head.start = writer.start();
  writer.bind(head);
  for (const Source& source : files) manifest.files.push_back(source.facts);
  const Bytes listed = encode(manifest, head, sign);
  Bytes length;
  append_u32(length, static_cast<std::uint32_t>(listed.size()));
  if (auto done = file->write(encode(head)); !done) return done;
  if (auto done = writer.write(length); !done) return done;
  if (auto done = writer.write(listed); !done) return done;
  for (const Source& source : files) {
    auto done = each_piece(source.path, go_on, [&](ByteView piece) { return writer.write(piece); });
    if (!done) return done;
  }
  if (auto done = writer.finish(); !done) return done;
  return file->sync();
}

}  // namespace

Result<BackupMade> make_backup(const SqliteStore& snapshot, const BackupPlan& plan,
                               sync::Entropy& entropy, WallMs now,
                               const std::function<bool()>& go_on) {
  const NodeFiles node(plan.data);
  const auto identity = node.identity();
  if (!identity) return fail(identity);
  const auto keys = node.keys();
  if (!keys) return fail(keys);
  const auto recovery = node.recovery_key();
  if (!recovery) return fail(recovery);
  ScratchFolder scratch(plan.data / kScratch);
  if (auto made = scratch.make(); !made) return fail(made);
  BackupShelf shelf(plan.shelf);
  if (auto made = shelf.make(); !made) return fail(made);
  if (auto room = check_room(snapshot, plan); !room) return fail(room);
  const fs::path copy = scratch.path() / kDatabaseFile;
  if (auto copied = copy_database(snapshot, copy, go_on); !copied) return fail(copied);
  const auto files = sources(plan, copy, go_on);
  if (!files) return fail(files);

  sync::Key32 drawn{};
  entropy.fill(drawn);
  const sync::Secret32 key{drawn};
  BackupHead head{identity->certificate.node(), now, identity->name, {}, {}};
  add_boxes(head, *identity, *keys, *recovery, key, entropy);
  const BackupManifest manifest{plan.program,
                                identity->certificate.home,
                                identity->name,
                                now,
                                snapshot.database_nonce(),
                                identity->epoch,
                                identity->certificate,
                                {}};
  const fs::path target = shelf.name_for(head.node, now);
  const fs::path part = target.string() + BackupShelf::kPart;
  const auto written = write_file(part, head, manifest, *files, key, keys->secrets.sign, go_on);
  if (!written) {
    std::error_code ignored;
    fs::remove(part, ignored);
    return fail(written);
  }
  if (::rename(part.c_str(), target.c_str()) != 0) {
    return tl::unexpected<Error>(io_error(kField));
  }
  if (auto durable = sync_folder(plan.shelf, kField); !durable) return fail(durable);
  std::error_code unknown;
  BackupMade made{target, now, fs::file_size(target, unknown), 0};
  made.removed = shelf.keep_newest(head.node, plan.keep);
  return made;
}

}  // namespace yizhan::node
