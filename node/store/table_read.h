// Table reads: what every reader of a projection does with its query.
//
// What        Records by their local number in column 0; failures of SQLite as values.
// Units       none.
// Errors      StorageIo, StorageCorrupt.
#pragma once
#include <optional>
#include <vector>

#include "node/store/numbering.h"
#include "node/store/sqlite_error.h"

namespace yizhan::node {

template <class T, class Read>
Result<T> read_table(Read read) {
  try {
    return read();
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

// REQUIRES: `select` is bound. Throws as SQLiteCpp does.
std::vector<crdt::Dot> all_dots(const Numbering& numbering, SQLite::Statement& select);
std::optional<crdt::Dot> first_dot(const Numbering& numbering, SQLite::Statement& select);

}  // namespace yizhan::node
