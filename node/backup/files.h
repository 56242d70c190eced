// Files: the few calls of the system by which backups are written durably.
//
// Errors      NotFound, StorageFull, StorageIo; the field is what the caller says.
#pragma once
#include <filesystem>
#include <span>

#include "crdt/base/bytes.h"

namespace yizhan::node {

class OpenFile {
 public:
  static Result<OpenFile> to_read(const std::filesystem::path& path, const char* field);
  // A new file, its owner's only; one of that name is written over.
  static Result<OpenFile> to_write(const std::filesystem::path& path, const char* field);
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;

  Result<void> write(ByteView bytes);
  // As many bytes as there are, up to the size of `into`.
  Result<std::size_t> read(std::span<std::uint8_t> into);
  Result<void> sync();

 private:
  OpenFile(int fd, const char* field) : fd_(fd), field_(field) {}
  int fd_;
  const char* field_;
};

Error io_error(const char* field);  // of errno
Result<void> sync_folder(const std::filesystem::path& folder, const char* field);
// The whole of a small file; LimitExceeded when it is larger.
Result<Bytes> read_small(const std::filesystem::path& path, std::size_t bytes_max,
                         const char* field);
// A whole file at once and durably, by way of `<path>.part`.
Result<void> write_small(const std::filesystem::path& path, ByteView bytes, const char* field);

}  // namespace yizhan::node
