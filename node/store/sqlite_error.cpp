#include "node/store/sqlite_error.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace yizhan::node {

Error storage_error(const std::exception& caught) {
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&caught);
  if (sqlite == nullptr) return {Errc::StorageIo, caught.what(), {}};
  switch (sqlite->getErrorCode()) {
    case SQLITE_FULL: return {Errc::StorageFull, "the disk is full", {}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Errc::StorageCorrupt, std::string("the database is damaged: ") + sqlite->what(), {}};
    case SQLITE_BUSY: return {Errc::Busy, "the database is in use", {}};
    default: return {Errc::StorageIo, sqlite->what(), {}};
  }
}

}  // namespace yizhan::node
