// SQLite errors as values: the only place that maps result codes.
//
// What        SQLITE_FULL is StorageFull, SQLITE_CORRUPT and SQLITE_NOTADB are StorageCorrupt, the
//             rest StorageIo. The text is SQLite's own, which never holds a bound value.
// Source      style.md section 7.
#pragma once
#include <exception>

#include "crdt/base/result.h"

namespace yizhan::node {

Error storage_error(const std::exception& caught);

}  // namespace yizhan::node
