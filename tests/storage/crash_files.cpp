#include "tests/storage/crash_files.h"

#include <algorithm>
#include <atomic>

namespace yizhan::storage {
namespace {

namespace fs = std::filesystem;

Result<void> outcome(DiskError error, const std::string& name) {
  switch (error) {
    case DiskError::None: return {};
    case DiskError::Io: return fail(Errc::StorageIo, "Input/output error", name);
    case DiskError::NoSpace: return fail(Errc::StorageFull, "No space left on device", name);
  }
  return {};
}

class OpenedFile final : public node::DiskFile {
 public:
  OpenedFile(CrashDisk& disk, std::string name, FilePtr file)
      : disk_(disk), name_(std::move(name)), file_(std::move(file)) {}
  Result<void> allocate(std::size_t from, std::size_t bytes) override {
    if (from + bytes <= file_->now.size()) return {};
    return outcome(disk_.resize(name_, *file_, from + bytes), name_);
  }
  Result<void> write(ByteView bytes, std::size_t at) override {
    return outcome(disk_.write(name_, *file_, at, bytes), name_);
  }
  Result<void> cut(std::size_t size) override {
    return outcome(disk_.resize(name_, *file_, size), name_);
  }
  Result<void> sync() override { return outcome(disk_.sync(name_, *file_), name_); }

 private:
  CrashDisk& disk_;
  std::string name_;
  FilePtr file_;
};

// Each disk has a name of its own among those that SQLite knows.
std::string fresh_name() {
  static std::atomic<std::uint64_t> given{0};
  return "crash-disk-" + std::to_string(++given);
}

}  // namespace

class CrashFiles::Waiting final : public node::Later {
 public:
  Waiting(CrashFiles& files, std::chrono::milliseconds delay, std::function<void()> work)
      : files_(files), delay_(delay), work_(std::move(work)) {
    files_.waiting_.push_back(this);
  }
  ~Waiting() override {
    std::erase(files_.waiting_, this);
    if (due_) work_();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  void ask() override {
    if (!due_) due_ = files_.now_ + delay_;
  }
  void look() {
    if (!due_ || *due_ > files_.now_) return;
    due_.reset();
    work_();
  }

 private:
  CrashFiles& files_;
  const std::chrono::milliseconds delay_;
  const std::function<void()> work_;
  std::optional<std::chrono::milliseconds> due_;
};

CrashFiles::CrashFiles(CrashDisk& disk, const fs::path& root)
    : disk_(disk), root_(root.string()), vfs_(fresh_name(), disk, root_) {}

std::string CrashFiles::inside(const fs::path& path) const {
  return path.string().substr(root_.size());
}

void CrashFiles::move_clock(std::chrono::milliseconds by) {
  now_ += by;
  for (Waiting* one : waiting_) one->look();
}

Result<std::shared_ptr<node::DiskFile>> CrashFiles::open(const fs::path& file, Open how) {
  FilePtr found = find(file);
  if (how == Open::Existing && !found) {
    return fail(Errc::StorageIo, "No such file or directory", file.filename().string());
  }
  if (!found) {
    found = disk_.make(inside(file));
  } else if (how == Open::Anew) {
    const auto cut = outcome(disk_.resize(inside(file), *found, 0), file.filename().string());
    if (!cut) return fail(cut);
  }
  return std::shared_ptr<node::DiskFile>(
      std::make_shared<OpenedFile>(disk_, inside(file), std::move(found)));
}

std::optional<std::uint64_t> CrashFiles::size(const fs::path& file) const {
  const FilePtr found = find(file);
  return found ? std::optional<std::uint64_t>(found->now.size()) : std::nullopt;
}

Result<Bytes> CrashFiles::read(const fs::path& file, std::size_t from, std::size_t most) const {
  const FilePtr found = find(file);
  if (!found) return fail(Errc::NotFound, "there is no such file", file.filename().string());
  const std::size_t there = found->now.size();
  Bytes bytes(from < there ? std::min(most, there - from) : 0);
  for (std::size_t done = 0; done < bytes.size();) {  // a system may give less than was asked for
    std::size_t got = 0;
    const std::span rest = std::span(bytes).subspan(done);
    const auto error = disk_.read(inside(file), *found, from + done, rest, got);
    if (error != DiskError::None) return fail(outcome(error, file.filename().string()));
    done += got;
  }
  return bytes;
}

std::vector<std::string> CrashFiles::names(const fs::path& folder) const {
  std::vector<std::string> found;
  for (const std::string& name : disk_.names()) {
    const fs::path path(root_ + name);
    if (path.parent_path() == folder) found.push_back(path.filename().string());
  }
  return found;
}

Result<bool> CrashFiles::make_folder(const fs::path& folder) {
  return disk_.make_folder(inside(folder));
}

Result<void> CrashFiles::rename(const fs::path& from, const fs::path& to) {
  disk_.move(inside(from), inside(to));
  return {};
}

Result<void> CrashFiles::remove(const fs::path& file) {
  disk_.remove(inside(file));
  return {};
}

Result<void> CrashFiles::sync_folder(const fs::path& folder) {
  disk_.sync_names(inside(folder));
  return {};
}

node::Place CrashFiles::place(const fs::path& file) const {
  const FilePtr found = find(file);
  if (!found) return {};
  return {{node::PlaceFact::Inode, found->number}};
}

std::unique_ptr<node::Later> CrashFiles::later(std::chrono::milliseconds delay,
                                               std::function<void()> work) {
  return std::make_unique<Waiting>(*this, delay, std::move(work));
}

}  // namespace yizhan::storage
