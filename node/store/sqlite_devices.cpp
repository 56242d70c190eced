#include "node/store/sqlite_devices.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "node/store/sqlite_error.h"
#include "node/store/statements.h"

namespace yizhan::node {
namespace {

constexpr const char* kAll =
    "SELECT id, kind, name, station_window, code, code_expires, token, seen FROM device ORDER BY "
    "id";

Device device_at(SQLite::Statement& row) {
  Device out;
  out.id = {fixed_blob<8>(row.getColumn(0))};
  out.kind = static_cast<DeviceKind>(row.getColumn(1).getInt());
  out.name = row.getColumn(2).getString();
  if (!row.getColumn(3).isNull()) out.window = row.getColumn(3).getInt64();
  if (!row.getColumn(4).isNull()) {
    out.code = OneTimeCode{fixed_blob<32>(row.getColumn(4)), {row.getColumn(5).getInt64()}};
  }
  if (!row.getColumn(6).isNull()) out.token = fixed_blob<32>(row.getColumn(6));
  if (!row.getColumn(7).isNull()) out.seen_at = WallMs{row.getColumn(7).getInt64()};
  return out;
}

}  // namespace

Result<std::vector<Device>> SqliteDevices::all() {
  try {
    std::vector<Device> rows;
    SQLite::Statement select(store_.sql(), kAll);
    while (select.executeStep()) rows.push_back(device_at(select));
    return rows;
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<void> SqliteDevices::save(const Device& device) {
  return store_.in_transaction([&](SQLite::Database& sql) {
    SQLite::Statement insert(sql, "INSERT OR REPLACE INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind_blob(insert, 1, view(device.id));
    insert.bind(2, static_cast<int>(device.kind));
    insert.bind(3, device.name);
    if (device.window) insert.bind(4, *device.window);
    if (device.code) {
      bind_blob(insert, 5, device.code->hash);
      insert.bind(6, device.code->expires_at.value);
    }
    if (device.token) bind_blob(insert, 7, *device.token);
    if (device.seen_at) insert.bind(8, device.seen_at->value);
    insert.exec();
  });
}

Result<void> SqliteDevices::remove(const DeviceId& id) {
  return store_.in_transaction([&](SQLite::Database& sql) {
    SQLite::Statement erase(sql, "DELETE FROM device WHERE id = ?");
    bind_blob(erase, 1, view(id));
    erase.exec();
  });
}

}  // namespace yizhan::node
