#include "node/store/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "node/store/page_tags.h"
#include "node/store/sqlite_error.h"

namespace yizhan::node {
namespace {
constexpr int kPagesAStep = 256;
}

Result<void> copy_database(const SqliteStore& snapshot, const std::filesystem::path& to,
                           const std::function<bool()>& go_on) {
  try {
    const PageTags tags({}, Damage::Refuse);
    SQLite::Database copy(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, tags.vfs());
    copy.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");  // who uses it makes it durable
    SQLite::Backup backup(copy, snapshot.sql());
    while (true) {
      const int step = backup.executeStep(kPagesAStep);
      if (step == SQLITE_DONE) return {};
      if (step != SQLITE_OK) return fail(Errc::Busy, "the database is in use");
      if (!go_on()) return fail(Errc::Busy, "stopped on the way");
    }
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

}  // namespace yizhan::node
