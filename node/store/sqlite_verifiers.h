// SQLite verifiers: the table of secrets and one-time codes beside the records.
//
// What        Implements the port of node/identity over a table that never replicates.
// Invariants  Writes join the store's open transaction; its commit makes them durable.
// Errors      StorageIo, StorageFull, StorageCorrupt.
// Source      design.md section 13 (staff).
#pragma once
#include "node/identity/verifier_store.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

class SqliteVerifiers final : public VerifierStore {
 public:
  explicit SqliteVerifiers(SqliteStore& store) : store_(store) {}
  Result<std::optional<Verifier>> find(StaffId staff) override;
  Result<void> save(StaffId staff, const Verifier& verifier) override;

 private:
  SqliteStore& store_;
};

}  // namespace yizhan::node
