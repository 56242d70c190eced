#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "node/store/disk.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failed_on(const fs::path& path, int number) {
  const Errc code = number == ENOSPC || number == EDQUOT ? Errc::StorageFull : Errc::StorageIo;
  return fail(code, std::generic_category().message(number), path.filename().string());
}

class SystemFile final : public DiskFile {
 public:
  SystemFile(int fd, fs::path path) : fd_(fd), path_(std::move(path)) {}
  ~SystemFile() override { ::close(fd_); }
  SystemFile(const SystemFile&) = delete;
  SystemFile& operator=(const SystemFile&) = delete;

  Result<void> allocate(std::size_t from, std::size_t bytes) override {
    const int done = ::fallocate(fd_, 0, static_cast<off_t>(from), static_cast<off_t>(bytes));
    if (done != 0 && errno != EOPNOTSUPP) return failed_on(path_, errno);
    return {};
  }
  Result<void> write(ByteView bytes, std::size_t at) override {
    while (!bytes.empty()) {
      const ssize_t wrote = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return failed_on(path_, wrote < 0 ? errno : EIO);
      bytes = bytes.subspan(static_cast<std::size_t>(wrote));
      at += static_cast<std::size_t>(wrote);
    }
    return {};
  }
  Result<void> cut(std::size_t size) override {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) return failed_on(path_, errno);
    return {};
  }
  Result<void> sync() override {
    if (::fdatasync(fd_) != 0) return failed_on(path_, errno);
    return {};
  }

 private:
  int fd_;
  fs::path path_;
};

// A thread of its own, which begins with the first piece of work.
class LaterThread final : public Later {
 public:
  LaterThread(std::chrono::milliseconds delay, std::function<void()> work)
      : delay_(delay), work_(std::move(work)) {}
  ~LaterThread() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  LaterThread(const LaterThread&) = delete;
  LaterThread& operator=(const LaterThread&) = delete;

  void ask() override {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    {
      const std::lock_guard lock(mutex_);
      due_ = true;
    }
    changed_.notify_all();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_ || due_) {
      changed_.wait(lock, [this] { return stopping_ || due_; });
      changed_.wait_for(lock, delay_, [this] { return stopping_; });
      if (!std::exchange(due_, false)) continue;
      lock.unlock();
      work_();
      lock.lock();
    }
  }

  const std::chrono::milliseconds delay_;
  const std::function<void()> work_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool due_ = false;
  bool stopping_ = false;
  std::thread thread_;  // made by whoever asks first
};

class SystemDisk final : public Disk {
 public:
  Result<std::shared_ptr<DiskFile>> open(const fs::path& file, Open how) override {
    const int anew = how == Open::Anew ? O_CREAT | O_TRUNC : 0;
    const int fd = ::open(file.c_str(), O_RDWR | anew | O_CLOEXEC, 0600);
    if (fd < 0) return failed_on(file, errno);
    return std::shared_ptr<DiskFile>(std::make_shared<SystemFile>(fd, file));
  }
  std::optional<std::uint64_t> size(const fs::path& file) const override {
    std::error_code absent;
    const auto bytes = fs::file_size(file, absent);
    return absent ? std::nullopt : std::optional<std::uint64_t>(bytes);
  }
  Result<Bytes> read(const fs::path& file, std::size_t from, std::size_t most) const override;
  std::vector<std::string> names(const fs::path& folder) const override {
    std::vector<std::string> found;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing)) {
      found.push_back(entry.path().filename().string());
    }
    return found;
  }
  Result<bool> make_folder(const fs::path& folder) override {
    std::error_code failed;
    const bool made = fs::create_directory(folder, failed);
    if (failed) return failed_on(folder, failed.value());
    return made;
  }
  Result<void> rename(const fs::path& from, const fs::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return failed_on(to, errno);
    return {};
  }
  Result<void> remove(const fs::path& file) override {
    if (::unlink(file.c_str()) != 0) return failed_on(file, errno);
    return {};
  }
  Result<void> sync_folder(const fs::path& folder) override {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int failed = fd >= 0 && ::fsync(fd) == 0 ? 0 : errno;
    if (fd >= 0) ::close(fd);
    if (failed != 0) return failed_on(folder, failed);
    return {};
  }
  std::unique_ptr<Later> later(std::chrono::milliseconds delay,
                               std::function<void()> work) override {
    return std::make_unique<LaterThread>(delay, std::move(work));
  }
  Place place(const fs::path& file) const override { return place_of(file); }
  std::string vfs() const override { return {}; }
};

Result<Bytes> SystemDisk::read(const fs::path& file, std::size_t from, std::size_t most) const {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    return fail(Errc::NotFound, "there is no such file", file.filename().string());
  }
  if (fd < 0) return failed_on(file, errno);
  const auto there = size(file).value_or(0);
  Bytes bytes(from < there ? std::min<std::size_t>(most, there - from) : 0);
  std::size_t got = 0;
  int failed = 0;
  while (got < bytes.size()) {
    const ssize_t now =
        ::pread(fd, bytes.data() + got, bytes.size() - got, static_cast<off_t>(from + got));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) failed = errno;
    if (now <= 0) break;
    got += static_cast<std::size_t>(now);
  }
  ::close(fd);
  if (failed != 0) return failed_on(file, failed);
  bytes.resize(got);
  return bytes;
}

}  // namespace

Disk& system_disk() {
  static SystemDisk disk;
  return disk;
}

}  // namespace yizhan::node
