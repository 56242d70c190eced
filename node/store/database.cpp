#include "node/store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string>
#include <utility>

#include "node/store/schema.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kPidBytes = 12;
constexpr int kCheckpointPages = 1000;  // the log is kept at this size: growing it costs twice

int note_wal_pages(void* into, sqlite3*, const char*, int pages) {
  *static_cast<int*>(into) = pages;
  return SQLITE_OK;
}

// What the first bytes of a file say by themselves, without opening it as a database. False says
// nothing: the marks may still stand in the log.
bool header_is_ours(const std::filesystem::path& file) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kUserVersionAt = 60;
  constexpr std::size_t kApplicationIdAt = 68;
  std::array<char, 72> head{};
  std::ifstream in(file, std::ios::binary);
  if (!in.read(head.data(), head.size())) return false;
  const auto number = [&head](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8U | static_cast<unsigned char>(head[at + i]);
    }
    return value;
  };
  return std::string_view(head.data(), kMagic.size()) == kMagic &&
         number(kApplicationIdAt) == kApplicationId && number(kUserVersionAt) == kSchemaVersion;
}

int flags(Database::Access access) {
  switch (access) {
    case Database::Access::Read: return SQLite::OPEN_READONLY;
    case Database::Access::Write: return SQLite::OPEN_READWRITE;
    case Database::Access::Create: return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  }
  return SQLite::OPEN_READONLY;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const std::string file = (folder / "yizhan.lock").string();
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Errc::StorageIo, "the lock file cannot be opened: " + file);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const auto size = ::read(fd, holder, sizeof holder - 1);
    ::close(fd);
    std::string who = size > 0 ? std::string(holder, static_cast<std::size_t>(size)) : "?";
    who.erase(who.find_last_not_of(' ') + 1);
    return fail(Errc::Busy, "process " + who + " is using this folder");
  }
  std::string own = std::to_string(::getpid());
  own.resize(kPidBytes, ' ');  // covers what an earlier holder wrote
  if (::pwrite(fd, own.data(), own.size(), 0) != static_cast<ssize_t>(own.size())) {
    ::close(fd);
    return fail(Errc::StorageIo, "the lock file cannot be written: " + file);
  }
  return FolderLock(fd);
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}
FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Database::Database(const std::filesystem::path& file, Access access)
    : access_(access), sql_(std::make_unique<SQLite::Database>(file.string(), flags(access))) {
  sql_->exec(
      "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
      "PRAGMA cell_size_check=ON; PRAGMA cache_size=-4096; PRAGMA wal_autocheckpoint=0");
  sqlite3* handle = sql_->getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (access_ == Access::Read) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sql_->exec("BEGIN");
    return;
  }
  sql_->exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  int persist = 1;  // a fresh log at every start would grow again, at twice the cost a commit
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
  sqlite3_wal_hook(handle, note_wal_pages, &wal_pages_);
}

// A clean stop leaves everything in the one file, so that it can be copied as it stands. Should
// this fail, the log is read at the next start.
Database::~Database() {
  if (access_ == Access::Read) return;
  sqlite3_wal_checkpoint_v2(sql_->getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                            nullptr);
}

void Database::begin() {
  if (open_) return;
  sql_->exec("BEGIN IMMEDIATE");
  open_ = true;
}

void Database::commit() {
  if (!open_) return;
  sql_->exec("COMMIT");
  open_ = false;
  if (wal_pages_ < kCheckpointPages) return;
  sqlite3_wal_checkpoint_v2(sql_->getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                            nullptr);
  wal_pages_ = 0;
}

void Database::rollback() {
  if (!open_) return;
  open_ = false;
  if (sqlite3_get_autocommit(sql_->getHandle()) == 0) sql_->exec("ROLLBACK");
}

Result<FileKind> look_at(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file) || std::filesystem::file_size(file) == 0) {
    return FileKind::Unborn;
  }
  if (header_is_ours(file)) return FileKind::Ours;
  SQLite::Database sql(file.string(), SQLite::OPEN_READONLY);
  const int mark = sql.execAndGet("PRAGMA application_id").getInt();
  const int version = sql.execAndGet("PRAGMA user_version").getInt();
  // A crash while the file was made leaves a log that holds everything, or nothing at all.
  const bool unborn = mark == 0 && version == 0 &&
                      sql.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  if (unborn) return FileKind::Unborn;
  if (mark != kApplicationId) {
    return fail(Errc::StorageCorrupt, "the file is not a Yizhan database");
  }
  if (version > kSchemaVersion) {
    return fail(Errc::UnknownVersion,
                "the database is of a newer program: schema " + std::to_string(version));
  }
  return FileKind::Ours;
}

}  // namespace yizhan::node
