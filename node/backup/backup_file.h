// Backup file: is a node whole that lies unpacked in a folder, and is a backup file worth anything?
//
// What        Opens what was unpacked as a node would, and recomputes everything that is stored.
// Invariants  I1  a folder that passes has the keys of its certificate, a chain to the root of its
//                 city, and a database in which verify found nothing.
//             I2  verify_backup leaves nothing behind in its scratch folder.
// Units       none.
// Errors      BadSignature (keys or chain), BadChain (what verify found), StorageCorrupt,
//             UnknownVersion; field "backup". Those of unpack.h. Busy: somebody verifies already.
// Source      design.md sections 7 and 8; ux.md section 7 "wizard 6".
#pragma once
#include "node/backup/unpack.h"
#include "node/identity/node_files.h"
#include "node/store/verify.h"

namespace yizhan::node {

struct UnpackedNode {
  NodeIdentity identity;
  NodeKeys keys;
  std::unique_ptr<SqliteStore> store;
  VerifyReport report;
};

Result<UnpackedNode> open_unpacked(
    const std::filesystem::path& folder, const Unpacked& unpacked, sync::Entropy& entropy,
    const std::function<bool()>& go_on = [] { return true; });

struct VerifiedBackup {
  Unpacked unpacked;
  VerifyReport report;
  bool mark_failed = false;  // its medium cannot be written
};

// `scratch`: a folder that may be made and removed.
// When `go_on` says no it ends soon, with Busy.
Result<VerifiedBackup> verify_backup(
    const std::filesystem::path& file, const sync::Secret32& secret,
    const std::filesystem::path& scratch, sync::Entropy& entropy,
    const std::function<bool()>& go_on = [] { return true; });

// Whether an error of verify_backup speaks of the file itself, not of the disk or of who asks.
bool speaks_of_file(const Error& error);
// The same, and the result is kept beside the file for the list.
Result<VerifiedBackup> verify_and_mark(
    const std::filesystem::path& file, const sync::Secret32& secret,
    const std::filesystem::path& scratch, sync::Entropy& entropy, WallMs now,
    const std::function<bool()>& go_on = [] { return true; });

}  // namespace yizhan::node
