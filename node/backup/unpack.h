// Unpack: from one backup file to a folder that a node could start in.
//
// What        Opens the file with a key, writes what it holds into a new folder, and makes it
//             durable.
// Invariants  I1  on success every byte was checked: against its frame, its hash, the signature.
//             I2  nothing is written outside the folder; on error the caller removes it.
// Units       Bytes.
// Errors      Those of backup_head.h, backup_manifest.h and backup_stream.h; storage errors.
// Not here    Whether a sound database is inside: restored_folder.h.
#pragma once
#include <functional>

#include "node/backup/backup_manifest.h"

namespace yizhan::node {

struct Unpacked {
  BackupHead head;
  BackupManifest manifest;
};

// REQUIRES: `folder` exists and is empty, or holds other names than a backup does.
// When `go_on` says no: Busy.
Result<Unpacked> unpack(
    const std::filesystem::path& file, const sync::Secret32& secret,
    const std::filesystem::path& folder, const std::function<bool()>& go_on = [] { return true; });

}  // namespace yizhan::node
