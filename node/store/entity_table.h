// Entity table: the merged state of every record, one blob each.
//
// What        Reads and writes `ent`, and keeps the projections `day` and `roster` in step with it.
//             States written in the open transaction wait in memory and reach the file in the order
//             of their keys, once, at its end.
// Invariants  I1  get() sees every put(), committed or not.
//             I2  after forget() nothing of the open transaction is left in memory.
//             I3  a projection row exists exactly for the states that it lists.
// Units       Dates in days, windows in minutes (node/app/schema.h).
// Errors      Throws SQLite::Exception; StorageCorrupt for a state that cannot be read.
// Source      storage-notes.md (ent, one clustered table per list).
#pragma once
#include <map>
#include <unordered_map>

#include "node/store/numbering.h"
#include "sync/store.h"

namespace yizhan::node {

class EntityTable {
 public:
  EntityTable(Statements& statements, Numbering& numbering)
      : statements_(statements), numbering_(numbering) {}

  Result<sync::StatePtr> get(const sync::Scope& scope, const crdt::Dot& dot);
  void put(const sync::PutEntity& write);
  void flush();   // into the open transaction
  void forget();  // after a rollback

  // Decodes one stored blob of a scope.
  Result<sync::StatePtr> decode(std::int64_t scope, ByteView bytes);

 private:
  Result<sync::StatePtr> load(std::int64_t scope, std::int64_t key);
  void remove(std::int64_t key);

  Statements& statements_;
  Numbering& numbering_;
  std::map<std::int64_t, std::pair<std::int64_t, sync::StatePtr>> waiting_;  // key -> scope, state
  std::unordered_map<std::int64_t, sync::StatePtr> read_;                    // as in the file
};

}  // namespace yizhan::node
