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

Result<UnpackedNode> open_unpacked(const std::filesystem::path& folder, const Unpacked& unpacked,
                                   sync::Entropy& entropy);

struct VerifiedBackup {
  Unpacked unpacked;
  VerifyReport report;
};

// `scratch`: a folder that may be made and removed.
Result<VerifiedBackup> verify_backup(const std::filesystem::path& file,
                                     const sync::Secret32& secret,
                                     const std::filesystem::path& scratch, sync::Entropy& entropy);

}  // namespace yizhan::node
