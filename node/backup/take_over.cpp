#include "node/backup/take_over.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "node/backup/backup_manifest.h"
#include "node/backup/files.h"
#include "sync/epoch.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kField = "data_dir";
constexpr const char* kGuard = "guard.yz";
constexpr std::size_t kPieceBytes = 256 * 1024;

tl::unexpected<Error> failed_with(const std::error_code& error) {
  const bool full = error == std::errc::no_space_on_device;
  return fail(full ? Errc::StorageFull : Errc::StorageIo, error.message(), kField);
}

Result<void> write_copy(const fs::path& from, const fs::path& to) {
  auto in = OpenFile::to_read(from, kField);
  if (!in) return fail(in);
  auto out = OpenFile::to_write(to, kField);
  if (!out) return fail(out);
  Bytes piece(kPieceBytes);
  while (true) {
    const auto got = in->read(piece);
    if (!got) return fail(got);
    if (*got == 0) return out->sync();
    if (auto wrote = out->write(ByteView(piece).first(*got)); !wrote) return wrote;
  }
}

// A backup is never written to again, nor is a guard of an earlier start: one file may stand in two
// folders. A guard that is copied would say that the folder was (node/store/guard.h).
Result<void> link_or_copy(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::create_hard_link(from, to, failed);
  return failed ? write_copy(from, to) : Result<void>();
}

template <class Copy>
Result<void> copy_folder(const fs::path& from, const fs::path& to, Copy copy) {
  std::error_code failed;
  if (!fs::is_directory(from, failed)) return {};
  fs::create_directory(to, failed);
  if (failed) return failed_with(failed);
  fs::directory_iterator it(from, failed);
  for (const fs::directory_iterator end; !failed && it != end; it.increment(failed)) {
    std::error_code unknown;
    if (!it->is_regular_file(unknown)) continue;
    if (auto done = copy(it->path(), to / it->path().filename()); !done) return done;
  }
  if (failed) return failed_with(failed);
  return sync_folder(to, kField);
}

// What the person who looks after the node put there, and what only the old folder knows.
bool stays(const std::string& name) {
  if (name == kGuard || name == "root-key.yz" || name == "recovery.yz") return true;
  return name.ends_with(".toml") || name.ends_with(".txt");
}

Result<void> give(const fs::path& path, const struct stat& owner) {
  if (::lchown(path.c_str(), owner.st_uid, owner.st_gid) != 0) {
    return tl::unexpected<Error>(io_error(kField));
  }
  return {};
}

}  // namespace

NodeIdentity next_identity(const NodeIdentity& backed_up,
                           const std::optional<NodeIdentity>& in_place, sync::Entropy& entropy,
                           WallMs now) {
  const bool newer = in_place && in_place->certificate.not_after >= backed_up.certificate.not_after;
  NodeIdentity next = newer ? *in_place : backed_up;
  std::vector<sync::Epoch> known{backed_up.epoch};
  if (in_place) known.push_back(in_place->epoch);
  next.epoch = sync::next_epoch(known, entropy);
  next.reopened = now;
  return next;
}

Result<void> take_over(const fs::path& old, const fs::path& restored) {
  std::error_code failed;
  fs::directory_iterator it(old, failed);
  for (const fs::directory_iterator end; !failed && it != end; it.increment(failed)) {
    std::error_code unknown;
    const std::string name = it->path().filename().string();
    if (!it->is_regular_file(unknown) || !stays(name)) continue;
    auto take = name == kGuard ? link_or_copy : write_copy;
    if (auto done = take(it->path(), restored / name); !done) return done;
  }
  if (failed) return failed_with(failed);
  if (auto done = copy_folder(old / "journal", restored / "journal", write_copy); !done)
    return done;
  auto done = copy_folder(old / "backups", restored / "backups", link_or_copy);
  if (!done) return done;
  return sync_folder(restored, kField);
}

Result<void> give_to_owner_of(const fs::path& old, const fs::path& restored) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(old.c_str(), &owner) != 0) return {};
  if (auto given = give(restored, owner); !given) return given;
  std::error_code failed;
  fs::recursive_directory_iterator it(restored, failed);
  for (const fs::recursive_directory_iterator end; !failed && it != end; it.increment(failed)) {
    if (auto given = give(it->path(), owner); !given) return given;
  }
  if (failed) return failed_with(failed);
  return {};
}

}  // namespace yizhan::node
