#include "node/store/rebuild.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>

#include "node/store/replay.h"
#include "node/store/sqlite_error.h"
#include "node/store/store_reads.h"
#include "sync/authority_log.h"

namespace yizhan::node {
namespace {

Result<std::map<sync::Scope, Changes>> read_changes(const SqliteStore& store) {
  const StoreReads reads(store);
  const std::vector<sync::StreamRow> rows = store.streams();
  const sync::Quarantines quarantines = sync::stored_quarantines(store);
  std::map<sync::Scope, Changes> all;
  for (const sync::StreamRow& stream : rows) {
    auto& changes = all[stream.scope][stream.id];
    auto read = reads.changes(stream, 1, [&](const crdt::Change& change) {
      changes.push_back(change);
      return true;
    });
    if (!read) return fail(read);
  }
  for (auto& [scope, changes] : all) restamp(changes, rows, quarantines);
  return all;
}

constexpr std::array kDerived{"ent",    "day",      "roster",  "printed",  "paper_form",
                              "queue",  "ticket",   "arrival", "desk",     "closing",
                              "served", "rateable", "rating",  "complaint"};

Result<void> drop_derived(SqliteStore& store) {
  return store.in_transaction([](SQLite::Database& sql) {
    for (const char* table : kDerived) sql.exec(std::string("DELETE FROM ") + table);
  });
}

bool is_derived(const std::string& table) {
  return std::find(kDerived.begin(), kDerived.end(), table) != kDerived.end();
}

}  // namespace

Result<void> may_rebuild(const SqliteStore& store) {
  try {
    SQLite::Statement check(store.sql(), "PRAGMA integrity_check(1)");  // reads every page
    const std::string structure = check.executeStep() ? check.getColumn(0).getString() : "";
    if (structure != "ok")
      return fail(Errc::StorageCorrupt, "the database is damaged: " + structure);
    const std::set<std::uint32_t>& damaged = store.damaged_pages();
    if (damaged.empty()) return {};
    SQLite::Statement table(store.sql(), "SELECT name FROM dbstat WHERE pageno = ?");
    for (const std::uint32_t page : damaged) {
      table.reset();
      table.bind(1, page);
      if (!table.executeStep() || is_derived(table.getColumn(0).getString())) continue;
      return fail(Errc::StorageCorrupt, "page " + std::to_string(page) + " is damaged, of " +
                                            table.getColumn(0).getString());
    }
    return {};
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<std::int64_t> rebuild(SqliteStore& store) {
  const auto changes = read_changes(store);
  if (!changes) return fail(changes);
  if (auto dropped = drop_derived(store); !dropped) {
    store.rollback();
    return fail(dropped);
  }
  std::int64_t records = 0;
  for (const auto& [scope, streams] : *changes) {
    std::vector<sync::Write> writes;
    for (auto& [dot, state] : replay(streams)) {
      writes.push_back(
          sync::PutEntity{scope, dot, nullptr, std::make_shared<const crdt::EntityState>(state)});
      ++records;
    }
    if (auto applied = store.apply(writes); !applied) {
      store.rollback();
      return fail(applied);
    }
  }
  if (auto committed = store.commit(); !committed) return fail(committed);
  return records;
}

}  // namespace yizhan::node
