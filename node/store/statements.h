// Statements: each SQL text is prepared once and kept.
//
// What        `get` returns the prepared statement of a text, reset and without bindings.
// Invariants  I1  one text is one statement: two uses of it must not overlap.
// Units       none.
// Errors      Throws SQLite::Exception; node/store/sqlite_error.h turns it into a value.
// Source      storage-notes.md.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "crdt/base/bytes.h"

namespace SQLite {
class Column;
class Database;
class Statement;
}  // namespace SQLite

namespace yizhan::node {

class Statements {
 public:
  explicit Statements(SQLite::Database& sql);
  ~Statements();
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  // REQUIRES: a string literal, which is known by its address.
  SQLite::Statement& get(const char* text);
  // Ends every query that was not read to its end. An open one keeps its view of the file, and with
  // it the write-ahead log from ever being used again from its beginning.
  void end_all();

 private:
  SQLite::Database& sql_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> kept_;
  std::vector<SQLite::Statement*> used_;  // since the last end_all
};

// Binds a blob that lives until the statement has run; an empty one is an empty blob, not NULL.
void bind_blob(SQLite::Statement& statement, int at, ByteView bytes);
Bytes blob_of(const SQLite::Column& column);
// Throws SQLite::Exception when the blob has another length.
void copy_fixed(const SQLite::Column& column, std::span<std::uint8_t> out);
template <std::size_t N>
std::array<std::uint8_t, N> fixed_blob(const SQLite::Column& column) {
  std::array<std::uint8_t, N> out{};
  copy_fixed(column, out);
  return out;
}

// SQLite's integers are signed; numbers of 64 bits keep their bits.
inline std::int64_t to_sql(std::uint64_t value) { return static_cast<std::int64_t>(value); }
inline std::uint64_t from_sql(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace yizhan::node
