#include "node/store/sqlite_verifiers.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "node/store/sqlite_error.h"
#include "node/store/statements.h"

namespace yizhan::node {
namespace {

Verifier verifier_at(SQLite::Statement& row) {
  Verifier out;
  if (!row.getColumn(0).isNull()) {
    out.secret = SecretHash{
        .salt = fixed_blob<16>(row.getColumn(0)),
        .cost = {.ops = from_sql(row.getColumn(1).getInt64()),
                 .memory_kib = from_sql(row.getColumn(2).getInt64())},
        .tag = fixed_blob<32>(row.getColumn(3)),
    };
  }
  if (!row.getColumn(4).isNull()) {
    out.code = OneTimeCode{fixed_blob<32>(row.getColumn(4)), {row.getColumn(5).getInt64()}};
  }
  out.failures = {.count = row.getColumn(6).getUInt(),
                  .wait_ms = row.getColumn(7).getInt64(),
                  .since = {fixed_blob<16>(row.getColumn(8)), row.getColumn(9).getInt64()}};
  return out;
}

void bind_verifier(SQLite::Statement& insert, StaffId staff, const Verifier& verifier) {
  bind_blob(insert, 1, view(staff));
  if (verifier.secret) {
    bind_blob(insert, 2, verifier.secret->salt);
    insert.bind(3, to_sql(verifier.secret->cost.ops));
    insert.bind(4, to_sql(verifier.secret->cost.memory_kib));
    bind_blob(insert, 5, verifier.secret->tag);
  }
  if (verifier.code) {
    bind_blob(insert, 6, verifier.code->hash);
    insert.bind(7, verifier.code->expires_at.value);
  }
  insert.bind(8, verifier.failures.count);
  insert.bind(9, verifier.failures.wait_ms);
  bind_blob(insert, 10, verifier.failures.since.boot);
  insert.bind(11, verifier.failures.since.ticks_ms);
}

}  // namespace

Result<std::optional<Verifier>> SqliteVerifiers::find(StaffId staff) {
  try {
    SQLite::Statement select(store_.sql(),
                             "SELECT salt, ops, memory, tag, code, code_expires, failures, wait_ms,"
                             " boot, ticks FROM verifier WHERE staff = ?");
    bind_blob(select, 1, view(staff));
    if (!select.executeStep()) return std::optional<Verifier>();
    return std::optional(verifier_at(select));
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<void> SqliteVerifiers::save(StaffId staff, const Verifier& verifier) {
  return store_.in_transaction([&](SQLite::Database& sql) {
    SQLite::Statement insert(
        sql, "INSERT OR REPLACE INTO verifier VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_verifier(insert, staff, verifier);
    insert.exec();
  });
}

}  // namespace yizhan::node
