// Read chain: the changes of one stream as they are stored, in order, with the head after each.
//
// What        Segments first, then the tail.
// Errors      StorageCorrupt: a stored segment or change does not open; those of the store.
#pragma once
#include <functional>

#include "node/store/sqlite_store.h"

namespace yizhan::node {

// From seq `from` on, until `visit` returns false.
Result<void> read_chain(const SqliteStore& store, const sync::StreamRow& row, std::uint64_t from,
                        const std::function<bool(const sync::ChainedChange&)>& visit);

}  // namespace yizhan::node
