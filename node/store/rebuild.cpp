#include "node/store/rebuild.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "node/store/replay.h"
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

Result<void> drop_derived(SqliteStore& store) {
  return store.in_transaction([](SQLite::Database& sql) {
    for (const char* table :
         {"ent", "day", "roster", "printed", "paper_form", "queue", "ticket", "arrival", "desk",
          "closing", "served", "rateable", "rating", "complaint"}) {
      sql.exec(std::string("DELETE FROM ") + table);
    }
  });
}

}  // namespace

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
