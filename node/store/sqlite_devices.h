// SQLite devices: the table of the hall's devices; it never replicates.
//
// What        Implements the port of node/identity.
// Invariants  Writes join the store's open transaction; its commit makes them durable.
// Errors      StorageIo, StorageFull, StorageCorrupt.
// Source      node/identity/devices.h.
#pragma once
#include "node/identity/devices.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

class SqliteDevices final : public DeviceStore {
 public:
  explicit SqliteDevices(SqliteStore& store) : store_(store) {}
  Result<std::vector<Device>> all() override;
  Result<void> save(const Device& device) override;
  Result<void> remove(const DeviceId& id) override;

 private:
  SqliteStore& store_;
};

}  // namespace yizhan::node
