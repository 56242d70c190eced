// SQLite invitations: the table of tickets given out; it never replicates.
//
// What        Implements the port of node/identity.
// Invariants  Writes join the store's open transaction; its commit makes them durable.
// Errors      StorageIo, StorageFull, StorageCorrupt.
// Source      node/identity/invitations.h.
#pragma once
#include "node/identity/invitations.h"
#include "node/store/sqlite_store.h"

namespace SQLite {
class Statement;
}

namespace yizhan::node {

class SqliteInvitations final : public InvitationStore {
 public:
  explicit SqliteInvitations(SqliteStore& store) : store_(store) {}
  Result<std::vector<Invitation>> all() override;
  Result<std::optional<Invitation>> find(const Id16& id) override;
  Result<void> save(const Invitation& invitation) override;

 private:
  SqliteStore& store_;
};

}  // namespace yizhan::node
