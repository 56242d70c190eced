// Read chain: the changes of one stream as they are stored, in order, with the head after each.
//
// What        Segments first, then the tail.
// Errors      StorageCorrupt: a stored segment or change does not open; those of the store.
#pragma once
#include <functional>

#include "sync/store.h"

namespace yizhan::sync {

using VisitChange = std::function<bool(const ChainedChange&)>;

// From seq `from` to row.seq, until `visit` returns false.
Result<void> read_chain(const StoreView& store, const StreamRow& row, std::uint64_t from,
                        const VisitChange& visit);
// The row with the seq that is stored, which a revocation may have cut off: read_chain() then reads
// that too.
StreamRow as_stored(const StoreView& store, StreamRow row);

}  // namespace yizhan::sync
