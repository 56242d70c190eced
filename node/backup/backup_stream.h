// Backup stream: what is compressed, then encrypted in frames, so that no end and no byte of it can
// be missing or changed unseen.
//
// What        zstd over everything that is written, in frames of libsodium's secretstream; the last
//             frame says that it is the last.
// Invariants  I1  what read() gives was written under the key, in this order, over this head.
//             I2  finish() of the reader succeeds only at the end of file and content.
//             I3  memory does not grow with the file.
// Units       Bytes.
// Errors      StorageCorrupt (cut, altered, or followed by something; field "backup"), StorageFull,
//             StorageIo.
// Source      libsodium crypto_secretstream_xchacha20poly1305; zstd streaming.
#pragma once
#include <memory>

#include "node/backup/backup_head.h"

namespace yizhan::node {

// Begins a stream: its start belongs into the head before anything is written.
class BackupWriter {
 public:
  // `file` outlives the writer.
  BackupWriter(OpenFile& file, const sync::Secret32& key);
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  const StreamStart& start() const;
  void bind(const BackupHead& head);  // before the first write
  Result<void> write(ByteView plain);
  Result<void> finish();

 private:
  struct State;
  Result<void> push(ByteView compressed, bool last);
  Result<void> run(ByteView plain, bool last);

  OpenFile& file_;
  std::unique_ptr<State> state_;
};

class BackupReader {
 public:
  // `file` stands behind its head, and outlives the reader.
  BackupReader(OpenFile& file, const sync::Secret32& key, const BackupHead& head);
  ~BackupReader();
  BackupReader(const BackupReader&) = delete;
  BackupReader& operator=(const BackupReader&) = delete;

  Result<void> read(std::span<std::uint8_t> into);  // exactly so many bytes
  Result<void> finish();                            // that there is nothing more

 private:
  struct State;
  Result<void> pull();
  Result<std::size_t> some(std::span<std::uint8_t> into);

  OpenFile& file_;
  std::unique_ptr<State> state_;
};

}  // namespace yizhan::node
