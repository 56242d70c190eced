#include "node/backup/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace yizhan::node {

Error io_error(const char* field) {
  const std::string why = std::generic_category().message(errno);
  switch (errno) {
    case ENOENT: return {Errc::NotFound, why, field};
    case ENOSPC:
    case EDQUOT: return {Errc::StorageFull, why, field};
    default: return {Errc::StorageIo, why, field};
  }
}

Result<OpenFile> OpenFile::to_read(const std::filesystem::path& path, const char* field) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected<Error>(io_error(field));
  return OpenFile(fd, field);
}

Result<OpenFile> OpenFile::to_write(const std::filesystem::path& path, const char* field) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return tl::unexpected<Error>(io_error(field));
  return OpenFile(fd, field);
}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}
OpenFile::OpenFile(OpenFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), field_(other.field_) {}

Result<void> OpenFile::write(ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t wrote = ::write(fd_, bytes.data() + at, bytes.size() - at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return tl::unexpected<Error>(io_error(field_));
    at += static_cast<std::size_t>(wrote);
  }
  return {};
}

Result<std::size_t> OpenFile::read(std::span<std::uint8_t> into) {
  std::size_t at = 0;
  while (at < into.size()) {
    const ssize_t got = ::read(fd_, into.data() + at, into.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected<Error>(io_error(field_));
    if (got == 0) break;
    at += static_cast<std::size_t>(got);
  }
  return at;
}

Result<void> OpenFile::sync() {
  if (::fsync(fd_) != 0) return tl::unexpected<Error>(io_error(field_));
  return {};
}

Result<void> sync_folder(const std::filesystem::path& folder, const char* field) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected<Error>(io_error(field));
  const bool synced = ::fsync(fd) == 0;
  const Error error = io_error(field);
  ::close(fd);
  if (!synced) return tl::unexpected<Error>(error);
  return {};
}

Result<Bytes> read_small(const std::filesystem::path& path, std::size_t bytes_max,
                         const char* field) {
  auto file = OpenFile::to_read(path, field);
  if (!file) return fail(file);
  Bytes bytes(bytes_max + 1);
  const auto got = file->read(bytes);
  if (!got) return fail(got);
  if (*got > bytes_max) return fail(Errc::LimitExceeded, "is too large", field);
  bytes.resize(*got);
  return bytes;
}

Result<void> write_small(const std::filesystem::path& path, ByteView bytes, const char* field) {
  const std::filesystem::path part = path.string() + ".part";
  {
    auto file = OpenFile::to_write(part, field);
    if (!file) return fail(file);
    if (auto done = file->write(bytes); !done) return done;
    if (auto done = file->sync(); !done) return done;
  }
  if (::rename(part.c_str(), path.c_str()) != 0) return tl::unexpected<Error>(io_error(field));
  return sync_folder(path.parent_path(), field);
}

}  // namespace yizhan::node
