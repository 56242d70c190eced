// Numbering: short local numbers for scopes and streams.
//
// What        A scope has a number; a stream has one for every scope whose records name it. With
//             seq and op it makes a dot one 64-bit integer, which is the key of the entity table.
// Invariants  I1  a number, once given and committed, never changes.
//             I2  an operation that names a stream of another scope gets a number of its own, and
//                 so touches no row of that scope.
// Units       dot = number << 34 | seq << 6 | op.
// Errors      Throws SQLite::Exception.
// Not here    These numbers never leave the node.
// Source      storage-notes.md (ent: rowid = dot).
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "crdt/dot.h"
#include "node/store/statements.h"
#include "sync/store.h"

namespace yizhan::node {

class Numbering {
 public:
  explicit Numbering(Statements& statements) : statements_(statements) {}

  void load();  // from the file: at the start and after a rollback

  std::int64_t scope(const sync::Scope& scope);  // a new one when there is none
  const sync::Scope& scope_at(std::int64_t number) const;
  std::optional<std::int64_t> known_scope(const sync::Scope& scope) const;
  std::int64_t stream(StreamId id, std::int64_t scope);  // likewise
  std::optional<std::int64_t> known_stream(StreamId id, std::int64_t scope) const;
  // Any number of a stream, whatever the scope.
  std::vector<std::int64_t> numbers_of(StreamId id) const;
  StreamId stream_at(std::int64_t number) const;  // zero for a number that was never given
  // Streams that have a number in the scope, in the order of their ids.
  std::vector<std::int64_t> streams_in(std::int64_t scope) const;

  static std::int64_t dot(std::int64_t stream, std::uint64_t seq, std::uint32_t op) {
    return stream << 34 | static_cast<std::int64_t>(seq) << 6 | static_cast<std::int64_t>(op);
  }
  crdt::Dot dot_at(std::int64_t number) const;

 private:
  Statements& statements_;
  std::map<sync::Scope, std::int64_t> scopes_;
  std::map<std::int64_t, sync::Scope> scope_names_;
  std::map<std::pair<StreamId, std::int64_t>, std::int64_t> streams_;  // (id, scope) -> number
  std::map<std::int64_t, StreamId> stream_names_;
  std::int64_t last_stream_ = 0;
};

}  // namespace yizhan::node
