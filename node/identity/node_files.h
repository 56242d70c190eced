// Node files: who this machine is, beside its database.
//
// What        `identity.yz` (public: certificate, chain, name, epoch), `secrets.yz` (keys, mode
//             0600), `recovery.yz` (public half of the recovery key), and while joining
//             `joining.yz` (the ticket); `clock.yz` (the last time here).
//             Small, whole-file, never edited in place.
// Invariants  I1  a write replaces the file at once and durably (fsync of file and folder), or
//                 leaves the old one.
//             I2  secrets.yz is readable by its owner only; one that others can read is refused.
// Units       Bytes.
// Errors      NotFound (no such file: not enrolled), StorageCorrupt (field: the file's name),
//             Denied (others can read the secrets), StorageIo, StorageFull, Busy (exists already).
// Source      design.md section 4.
#pragma once
#include <filesystem>

#include "node/identity/enrolment.h"
#include "node/identity/secret_hash.h"
#include "sync/engine.h"
#include "sync/node_clock.h"

namespace yizhan::node {

struct NodeIdentity {
  std::string name;
  sync::Key32 root_public{};
  sync::Certificate certificate;
  sync::Epoch epoch;
  WallMs reopened;  // when the epoch was opened in the place of another one; 0: it is the first
  std::optional<NodeId> parent;
  std::vector<sync::Certificate> above;  // root side first, without this node's own
};

struct NodeKeys {
  sync::NodeSecrets secrets;
  Pepper pepper;
};

// What this node knew of the time when it last looked.
struct KeptTime {
  std::string start;  // names the start of the machine that `anchor` counts in
  sync::ClockAnchor anchor;
  WallMs last;
};

NodeKeys make_node_keys(sync::Entropy& entropy);
// What the engine is given.
sync::Identity engine_identity(const NodeIdentity& identity, const NodeKeys& keys);

class NodeFiles {
 public:
  explicit NodeFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool enrolled() const;
  Result<NodeIdentity> identity() const;
  Result<NodeKeys> keys() const;
  Result<JoinTicket> joining() const;
  // Empty: the node was set up by a version that knew none.
  Result<std::optional<sync::Key32>> recovery_key() const;

  // Makes the folder when it is missing.
  Result<void> save_keys(const NodeKeys& keys) const;  // Busy when there are some
  Result<void> save_joining(const JoinTicket& ticket) const;
  Result<void> save_recovery(const sync::Key32& recovery_public) const;  // in place of another
  // Ends the joining.
  Result<void> save_identity(const NodeIdentity& identity) const;
  Result<KeptTime> time() const;
  Result<void> save_time(const KeptTime& kept) const;
  Result<void> save_root(ByteView encrypted) const;  // root-key.yz, once

  const std::filesystem::path& folder() const { return folder_; }

 private:
  bool exists(const char* name) const;
  Result<void> replace(const char* name, ByteView bytes) const;
  Result<Bytes> read(const char* name) const;

  std::filesystem::path folder_;
};

}  // namespace yizhan::node
