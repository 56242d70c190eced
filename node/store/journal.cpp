#include "node/store/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytes = 4 * 1024 * 1024;
constexpr std::size_t kRoomStep = 256 * 1024;
constexpr std::chrono::milliseconds kSyncDelay{500};  // and the sync itself: within a second

Error io_error() {
  const Errc code = errno == ENOSPC || errno == EDQUOT ? Errc::StorageFull : Errc::StorageIo;
  return {code, "journal: " + std::generic_category().message(errno), {}};
}

}  // namespace

class Journal::File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  static Result<std::shared_ptr<File>> open(const fs::path& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (fd < 0) return tl::unexpected<Error>(io_error());
    return std::make_shared<File>(fd);
  }
  // A file system that cannot set room aside is written to as it is.
  Result<void> allocate(std::size_t from, std::size_t bytes) const {
    const int done = ::fallocate(fd_, 0, static_cast<off_t>(from), static_cast<off_t>(bytes));
    if (done != 0 && errno != EOPNOTSUPP) return tl::unexpected<Error>(io_error());
    return {};
  }
  Result<void> write(ByteView bytes, std::size_t at) const {
    while (!bytes.empty()) {
      const ssize_t wrote = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return tl::unexpected<Error>(io_error());
      bytes = bytes.subspan(static_cast<std::size_t>(wrote));
      at += static_cast<std::size_t>(wrote);
    }
    return {};
  }
  Result<void> cut(std::size_t size) const {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) return tl::unexpected<Error>(io_error());
    return {};
  }
  Result<void> sync() const {
    if (::fdatasync(fd_) != 0) return tl::unexpected<Error>(io_error());
    return {};
  }

 private:
  int fd_;
};

namespace {

Result<void> sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const Error error = io_error();
  if (fd >= 0) ::close(fd);
  if (!synced) return tl::unexpected<Error>(error);
  return {};
}

}  // namespace

Journal::Journal(fs::path data, sync::Secret32 key, std::uint64_t nonce)
    : data_(std::move(data)), key_(std::move(key)), nonce_(nonce) {}

Journal::~Journal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (syncer_.joinable()) syncer_.join();
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
                                               std::uint64_t nonce, const JournalScan& scan) {
  std::error_code failed;
  const bool made = fs::create_directory(journal_folder(data), failed);
  if (failed) return fail(Errc::StorageIo, "journal: " + failed.message());
  if (made) {
    if (auto synced = sync_folder(data); !synced) return fail(synced);
  }
  std::unique_ptr<Journal> journal(new Journal(data, std::move(key), nonce));
  journal->heads_ = scan.heads();
  journal->number_ = scan.last_number;
  journal->scanned_end_ = scan.end;
  return journal;
}

Result<void> Journal::stage(const std::vector<sync::JournalChange>& changes) {
  if (auto broken = error()) return tl::unexpected<Error>(*broken);
  staged_.clear();
  staged_heads_ = heads_;
  for (const sync::JournalChange& change : owed_) encode(change);
  for (const sync::JournalChange& change : changes) encode(change);
  return make_room(staged_.size());
}

void Journal::encode(const sync::JournalChange& change) {
  put_record(staged_, JournalEntry{nonce_, change}, key_);
  std::uint64_t& head = staged_heads_[change.stream];
  head = std::max(head, change.seq);
}

// The first change since the start goes where the earlier ones end, in the newest file if whole.
Result<void> Journal::go_on() {
  if (scanned_end_) {
    auto file = File::open(scanned_end_->path, O_RDWR);
    if (!file) return fail(file);
    file_ = std::move(*file);
    path_ = scanned_end_->path;
    end_ = room_ = scanned_end_->at;
    scanned_end_.reset();
  }
  if (!syncer_.joinable()) syncer_ = std::thread([this] { sync_in_background(); });
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
  auto file = File::open(path, O_RDWR | O_CREAT | O_TRUNC);
  if (!file) return fail(file);
  Result<void> done = (*file)->allocate(0, kRoomStep);
  if (done) done = (*file)->write(opening, 0);
  if (done) done = (*file)->sync();
  if (done) done = sync_folder(journal_folder(data_));
  if (!done) {  // nothing refers to it yet
    std::error_code ignored;
    fs::remove(path, ignored);
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
  changed_.notify_all();
  return {};
}

std::optional<JournalEnd> Journal::end() const {
  if (scanned_end_) return scanned_end_;
  if (path_.empty()) return std::nullopt;
  return JournalEnd{path_, end_};
}

Result<void> Journal::failed(Error error) {
  const std::lock_guard lock(mutex_);
  error_ = std::move(error);
  return tl::unexpected<Error>(*error_);
}

std::optional<Error> Journal::error() {
  const std::lock_guard lock(mutex_);
  return error_;
}

Result<void> Journal::sync() {
  std::shared_ptr<File> file;
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

void Journal::sync_in_background() {
  std::unique_lock lock(mutex_);
  while (!stopping_ || dirty_) {
    changed_.wait(lock, [this] { return stopping_ || dirty_; });
    changed_.wait_for(lock, kSyncDelay, [this] { return stopping_; });
    lock.unlock();
    const bool synced = sync().has_value();
    lock.lock();
    if (!synced) return;
  }
}

}  // namespace yizhan::node
