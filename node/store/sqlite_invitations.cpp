#include "node/store/sqlite_invitations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "node/store/sqlite_error.h"
#include "node/store/statements.h"

namespace yizhan::node {
namespace {

constexpr const char* kAll =
    "SELECT id, secret, role, division, name, carry, expires, node FROM invitation ORDER BY id";

Invitation invitation_at(SQLite::Statement& row) {
  Invitation out;
  out.id = fixed_blob<16>(row.getColumn(0));
  out.secret = fixed_blob<32>(row.getColumn(1));
  out.role = static_cast<sync::Role>(row.getColumn(2).getInt());
  out.division = sync::Division::parse(row.getColumn(3).getString()).value_or(sync::Division());
  out.name = row.getColumn(4).getString();
  out.carry_only = row.getColumn(5).getInt() != 0;
  out.expires_at = {row.getColumn(6).getInt64()};
  if (!row.getColumn(7).isNull()) out.used_by = NodeId{fixed_blob<16>(row.getColumn(7))};
  return out;
}

}  // namespace

Result<std::vector<Invitation>> SqliteInvitations::all() {
  try {
    std::vector<Invitation> rows;
    SQLite::Statement select(store_.sql(), kAll);
    while (select.executeStep()) rows.push_back(invitation_at(select));
    return rows;
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<std::optional<Invitation>> SqliteInvitations::find(const Id16& id) {
  auto rows = all();
  if (!rows) return fail(rows);
  const auto found =
      std::find_if(rows->begin(), rows->end(), [&](const Invitation& row) { return row.id == id; });
  return found == rows->end() ? std::optional<Invitation>() : std::optional(std::move(*found));
}

Result<void> SqliteInvitations::save(const Invitation& invitation) {
  return store_.in_transaction([&](SQLite::Database& sql) {
    SQLite::Statement insert(sql,
                             "INSERT OR REPLACE INTO invitation VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind_blob(insert, 1, invitation.id);
    bind_blob(insert, 2, invitation.secret);
    insert.bind(3, static_cast<int>(invitation.role));
    insert.bind(4, invitation.division.text());
    insert.bind(5, invitation.name);
    insert.bind(6, invitation.carry_only ? 1 : 0);
    insert.bind(7, invitation.expires_at.value);
    if (invitation.used_by) bind_blob(insert, 8, view(*invitation.used_by));
    insert.exec();
  });
}

}  // namespace yizhan::node
