#include "node/store/journal.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytes = 4 * 1024 * 1024;
constexpr std::size_t kRoomStep = 256 * 1024;
constexpr std::chrono::milliseconds kSyncDelay{500};  // and the sync itself: within a second

Error of_journal(const Error& error) { return {error.code, "journal: " + error.detail, {}}; }

}  // namespace

Journal::Journal(fs::path data, sync::Secret32 key, std::uint64_t nonce, Disk& disk)
    : data_(std::move(data)), key_(std::move(key)), nonce_(nonce), disk_(disk) {}

Journal::~Journal() {
  syncs_.reset();
  if (file_ != nullptr && !error_) close_file();
}

// The next start finds the end by this. Should it fail, that start reads the file.
void Journal::close_file() {
  Bytes closing;
  put_record(closing, JournalClosing{nonce_, heads_}, key_);
  if (!file_->write(closing, end_) || !file_->cut(end_ + closing.size())) return;
  static_cast<void>(file_->sync());
}

Result<std::unique_ptr<Journal>> Journal::open(const fs::path& data, sync::Secret32 key,
                                               std::uint64_t nonce, const JournalScan& scan,
                                               Disk& disk) {
  const auto made = disk.make_folder(journal_folder(data));
  if (!made) return tl::unexpected<Error>(of_journal(made.error()));
  if (*made) {
    const auto synced = disk.sync_folder(data);
    if (!synced) return tl::unexpected<Error>(of_journal(synced.error()));
  }
  std::unique_ptr<Journal> journal(new Journal(data, std::move(key), nonce, disk));
  journal->heads_ = scan.heads();
  journal->number_ = scan.last_number;
  journal->scanned_end_ = scan.end;
  return journal;
}

Result<void> Journal::stage(const std::vector<sync::JournalChange>& changes) {
  if (auto broken = failure()) return tl::unexpected<Error>(*broken);
  staged_.clear();
  staged_heads_ = heads_;
  for (const sync::JournalChange& change : owed_) encode(change);
  for (const sync::JournalChange& change : changes) encode(change);
  if (auto made = make_room(staged_.size()); !made) {
    return tl::unexpected<Error>(failure().value_or(of_journal(made.error())));
  }
  return {};
}

void Journal::encode(const sync::JournalChange& change) {
  put_record(staged_, JournalEntry{nonce_, change}, key_);
  std::uint64_t& head = staged_heads_[change.stream];
  head = std::max(head, change.seq);
}

// The first change since the start goes where the earlier ones end, in the newest file if whole.
Result<void> Journal::go_on() {
  if (scanned_end_) {
    auto file = disk_.open(scanned_end_->path, Disk::Open::Existing);
    if (!file) return fail(file);
    file_ = std::move(*file);
    path_ = scanned_end_->path;
    end_ = room_ = scanned_end_->at;
    scanned_end_.reset();
  }
  if (!syncs_) syncs_ = disk_.later(kSyncDelay, [this] { static_cast<void>(sync()); });
  return {};
}

Result<void> Journal::make_room(std::size_t bytes) {
  if (auto gone_on = go_on(); !gone_on) return gone_on;
  const bool full = end_ + bytes > kFileBytes && end_ > 0;
  if (file_ == nullptr || full) {
    if (auto begun = begin_file(); !begun) return begun;
  }
  if (end_ + bytes <= room_) return {};
  const std::size_t more = (end_ + bytes - room_ + kRoomStep - 1) / kRoomStep * kRoomStep;
  if (auto allocated = file_->allocate(room_, more); !allocated) return allocated;
  room_ += more;
  return {};
}

// What stands in the old file is on the disk before the new one says so.
Result<void> Journal::begin_file() {
  if (auto synced = sync(); !synced) return synced;
  Bytes opening;
  put_record(opening, JournalOpening{nonce_, heads_}, key_);
  const fs::path path = journal_file(data_, number_ + 1);
  auto file = disk_.open(path, Disk::Open::Anew);
  if (!file) return fail(file);
  Result<void> done = (*file)->allocate(0, kRoomStep);
  if (done) done = (*file)->write(opening, 0);
  if (done) done = (*file)->sync();
  if (done) done = disk_.sync_folder(journal_folder(data_));
  if (!done) {  // nothing refers to it yet
    static_cast<void>(disk_.remove(path));
    return done;
  }
  ++number_;
  path_ = path;
  end_ = opening.size();
  room_ = kRoomStep;
  const std::lock_guard lock(mutex_);
  file_ = std::move(*file);
  return {};
}

Result<void> Journal::append() {
  if (staged_.empty()) return {};
  if (auto written = file_->write(staged_, end_); !written) return failed(written.error());
  end_ += staged_.size();
  staged_.clear();
  owed_.clear();
  heads_.swap(staged_heads_);
  {
    const std::lock_guard lock(mutex_);
    dirty_ = true;
  }
  syncs_->ask();
  return {};
}

std::optional<JournalEnd> Journal::end() const {
  if (scanned_end_) return scanned_end_;
  if (path_.empty()) return std::nullopt;
  return JournalEnd{path_, end_};
}

Result<void> Journal::failed(const Error& error) {
  const std::lock_guard lock(mutex_);
  error_ = of_journal(error);
  return tl::unexpected<Error>(*error_);
}

std::optional<Error> Journal::failure() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

Result<void> Journal::sync() {
  std::shared_ptr<DiskFile> file;
  {
    const std::lock_guard lock(mutex_);
    if (error_) return tl::unexpected<Error>(*error_);
    if (!dirty_) return {};
    dirty_ = false;
    file = file_;
  }
  if (auto synced = file->sync(); !synced) return failed(synced.error());
  return {};
}

}  // namespace yizhan::node
