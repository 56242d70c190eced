// Take over: what a restored folder gets from the one that it replaces.
//
// What        The journal and the guard, so that the end of the history and the printed numbers are
//             not lost; the newer certificate; backups, policy files, the root key.
// Invariants  I1  the old folder is not written to.
//             I2  what was copied is durable.
// Units       none.
// Errors      StorageFull, StorageIo (field "data_dir").
// Source      design.md section 7 "Epochs"; ADR-0012.
#pragma once
#include "node/identity/node_files.h"

namespace yizhan::node {

// Who the restored node is: as the backup says, or as the old folder says where that is newer, in
// an epoch that is newer than both.
NodeIdentity next_identity(const NodeIdentity& backed_up,
                           const std::optional<NodeIdentity>& in_place, sync::Entropy& entropy,
                           WallMs now);

// Copies from `old` what the restored folder is to have.
Result<void> take_over(const std::filesystem::path& old, const std::filesystem::path& restored);

// As root: the folder becomes that of whoever had the old one.
Result<void> give_to_owner_of(const std::filesystem::path& old,
                              const std::filesystem::path& restored);

}  // namespace yizhan::node
