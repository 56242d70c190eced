// Backup head: what stands in clear at the beginning of a backup, and who can open the rest.
//
// What        Whose backup it is, of when, and the random key of the file in one box for each who
//             may open it.
// Invariants  I1  decode(encode(head)) == head; of two encodings of a head one is accepted.
//             I2  every later byte of the file is bound to these: hash() is what each frame and the
//                 signature in the manifest are made over.
// Units       Wall time.
// Errors      StorageCorrupt (no backup, or damaged), UnknownVersion (of a newer program), Denied
//             (no box for this key); field "backup".
// Source      design.md section 7 "Epochs"; docs/storage.md "Backups"; libsodium sealed boxes.
#pragma once
#include <vector>

#include "crdt/base/time.h"
#include "node/backup/files.h"
#include "sync/keys.h"

namespace yizhan::node {

constexpr std::size_t kBackupHeadBytesMax = 16 * 1024;

enum class OpenedBy : std::uint8_t { Node = 1, Parent = 2, Hub = 3, Recovery = 4 };

struct KeyBox {
  OpenedBy by = OpenedBy::Node;
  sync::Key32 key{};  // public half of who opens it
  Bytes box;
  friend bool operator==(const KeyBox&, const KeyBox&) = default;
};

using StreamStart = std::array<std::uint8_t, 24>;  // of libsodium's secretstream

struct BackupHead {
  NodeId node;
  WallMs taken_at;
  std::string name;  // of the node
  std::vector<KeyBox> boxes;
  StreamStart start{};
  friend bool operator==(const BackupHead&, const BackupHead&) = default;
};

Bytes encode(const BackupHead& head);  // with the mark and the length before it
// Reads up to the end of the head.
Result<BackupHead> read_head(OpenFile& file);
Hash32 hash(const BackupHead& head);

// Adds a box for `to`, once; a key that protects nothing is passed over.
void add_box(BackupHead& head, OpenedBy by, const sync::Key32& to, const sync::Secret32& file_key,
             sync::Entropy& entropy);
Result<sync::Secret32> open_head(const BackupHead& head, const sync::Secret32& secret);

}  // namespace yizhan::node
