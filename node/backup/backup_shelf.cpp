#include "node/backup/backup_shelf.h"

#include <algorithm>

#include "crdt/codec/writer.h"
#include "node/backup/staging.h"
#include "node/identity/item_readers.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kField = "backup.dir";
constexpr const char* kMarkEnding = ".checked";
constexpr std::string_view kMark = "yizhan-backup-checked-1";
constexpr std::size_t kMarkBytesMax = 256;

struct CheckMark {
  Hash32 head{};
  std::uint64_t bytes = 0;
  bool good = false;
  WallMs at;
};

fs::path mark_of(const fs::path& file) { return file.string() + kMarkEnding; }

std::optional<CheckMark> read_mark(const fs::path& file) {
  const auto bytes = read_small(mark_of(file), kMarkBytesMax, kField);
  if (!bytes) return std::nullopt;
  crdt::Reader in(*bytes);
  CheckMark mark;
  in.array_of(5);
  if (in.text() != kMark) in.reject("not a mark");
  mark.head = read_fixed<32>(in);
  mark.bytes = in.uint();
  mark.good = in.boolean();
  mark.at = {in.sint()};
  if (!in.status()) return std::nullopt;
  return mark;
}

bool newer(const BackupRow& a, const BackupRow& b) {
  const bool readable_a = a.state != BackupState::Unreadable;
  const bool readable_b = b.state != BackupState::Unreadable;
  if (readable_a != readable_b) return readable_a;
  if (a.taken_at != b.taken_at) return a.taken_at > b.taken_at;
  return a.file > b.file;
}

}  // namespace

Result<void> BackupShelf::make() {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (failed) return fail(Errc::StorageIo, failed.message(), kField);
  std::vector<fs::path> remains;
  for (fs::directory_iterator it(folder_, failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string name = it->path().filename().string();
    if (name.ends_with(std::string(kEnding) + kPart)) remains.push_back(it->path());
  }
  for (const fs::path& one : remains) fs::remove(one, failed);
  if (failed) return fail(Errc::StorageIo, failed.message(), kField);
  return {};
}

fs::path BackupShelf::name_for(NodeId node, WallMs taken_at) const {
  const std::string stem = "yizhan-" + to_hex(view(node)).substr(0, 8) + "-" + time_stamp(taken_at);
  fs::path path = folder_ / (stem + kEnding);
  std::error_code absent;
  for (int more = 2; fs::exists(path, absent); ++more) {
    path = folder_ / (stem + "-" + std::to_string(more) + kEnding);
  }
  return path;
}

Result<std::vector<BackupRow>> BackupShelf::rows() const {
  std::vector<BackupRow> rows;
  std::error_code failed;
  if (!fs::exists(folder_, failed)) return rows;
  fs::directory_iterator it(folder_, failed);
  for (const fs::directory_iterator end; !failed && it != end; it.increment(failed)) {
    if (it->path().extension() == kEnding) rows.push_back(look_at_backup(it->path()));
  }
  if (failed) return fail(Errc::StorageIo, failed.message(), kField);
  std::sort(rows.begin(), rows.end(), newer);
  return rows;
}

BackupShelf::Sight BackupShelf::sight(NodeId node, WallMs now) const {
  Sight seen;
  const auto rows = this->rows();
  if (!rows) return seen;
  bool first = true;
  for (const BackupRow& row : *rows) {
    if (row.state == BackupState::Unreadable || row.node != node || row.taken_at > now) continue;
    const bool bad = row.state == BackupState::Bad;
    if (first && bad) seen.bad_file = row.file.filename().string();
    first = false;
    if (!bad && !seen.made_at) seen.made_at = row.taken_at;
    const bool good = row.state == BackupState::Verified;
    if (good && (!seen.verified_at || *row.verified_at > *seen.verified_at)) {
      seen.verified_at = row.verified_at;
    }
  }
  return seen;
}

std::size_t BackupShelf::keep_newest(NodeId node, std::size_t keep) const {
  const auto rows = this->rows();
  if (!rows) return 0;
  std::size_t seen = 0;
  std::size_t removed = 0;
  bool verified_is_kept = false;
  for (const BackupRow& row : *rows) {
    if (row.state == BackupState::Unreadable || row.node != node) continue;
    const bool last_verified = row.state == BackupState::Verified && !verified_is_kept;
    verified_is_kept = verified_is_kept || last_verified;
    if (++seen <= keep || last_verified) continue;
    std::error_code failed;
    if (fs::remove(row.file, failed)) ++removed;
    fs::remove(mark_of(row.file), failed);
  }
  return removed;
}

BackupRow look_at_backup(const fs::path& file) {
  BackupRow row;
  row.file = file;
  row.state = BackupState::Unreadable;
  std::error_code unknown;
  row.bytes = fs::file_size(file, unknown);
  if (unknown) row.bytes = 0;
  auto open = OpenFile::to_read(file, "backup");
  if (!open) return row;
  const auto head = read_head(*open);
  if (!head) return row;
  row.node = head->node;
  row.name = head->name;
  row.taken_at = head->taken_at;
  row.state = BackupState::Unverified;
  const auto mark = read_mark(file);
  if (!mark || mark->head != hash(*head) || mark->bytes != row.bytes) return row;
  row.state = mark->good ? BackupState::Verified : BackupState::Bad;
  row.verified_at = mark->at;
  return row;
}

Result<void> mark_verified(const fs::path& file, const BackupHead& head, bool good, WallMs now) {
  std::error_code unknown;
  const std::uint64_t bytes = fs::file_size(file, unknown);
  if (unknown) return fail(Errc::StorageIo, unknown.message(), kField);
  Bytes mark;
  crdt::Writer(mark).array(5).text(kMark).bin(hash(head)).uint(bytes).boolean(good).sint(now.value);
  return write_small(mark_of(file), mark, kField);
}

}  // namespace yizhan::node
