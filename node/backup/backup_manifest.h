// Backup manifest: the first thing inside a backup: what it holds, signed by the node it is of.
//
// Invariants  I1  decode(encode(m)) == m; of two encodings one is accepted.
//             I2  only names that a node's folder may be given are accepted, each once, and those
//                 without which there is no node are among them.
//             I3  the signature is over the head too: nobody else who may open a backup can make
//                 another out of it.
// Units       Bytes, wall time.
// Errors      StorageCorrupt, UnknownVersion, BadSignature; field "backup".
// Source      design.md section 7 "Epochs"; docs/storage.md "Backups".
#pragma once
#include <string>
#include <vector>

#include "node/backup/backup_head.h"
#include "sync/certificate.h"
#include "sync/stream.h"

namespace yizhan::node {

constexpr std::size_t kManifestBytesMax = 64 * 1024;
constexpr std::size_t kBackedFilesMax = 16;
constexpr std::uint64_t kDatabaseBytesMax = std::uint64_t{1} << 40U;
constexpr std::uint64_t kSmallBytesMax = 4U << 20U;  // of every other file

struct BackedFile {
  std::string name;
  std::uint64_t size = 0;
  Hash32 hash{};
  friend bool operator==(const BackedFile&, const BackedFile&) = default;
};

struct BackupManifest {
  std::string program;  // version that made it
  sync::Division division;
  std::string name;
  WallMs taken_at;
  std::uint64_t database = 0;  // its nonce
  sync::Epoch epoch;
  sync::Certificate certificate;  // of the node
  std::vector<BackedFile> files;
  friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};

// Files that stand for themselves; of any other, the name is that of a policy or calendar.
constexpr const char* kDatabaseFile = "yizhan.db";
bool may_be_backed_up(std::string_view name);

Bytes encode(const BackupManifest& manifest, const BackupHead& head, const sync::SignKey& key);
Result<BackupManifest> decode_manifest(ByteView bytes, const BackupHead& head);

}  // namespace yizhan::node
