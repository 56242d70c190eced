#include "node/store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
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

// By what a file says whose it is.
struct Marks {
  int application = 0;
  int version = 0;
};

Result<FileKind> judge(const Marks& marks) {
  if (marks.application != kApplicationId) {
    return fail(Errc::StorageCorrupt, "the file is not a Yizhan database");
  }
  if (marks.version > kSchemaVersion) {
    return fail(Errc::UnknownVersion,
                "the database is of a newer program: schema " + std::to_string(marks.version));
  }
  if (marks.version == kSchemaWithoutTags) {
    return fail(Errc::StorageCorrupt,
                "the database is of a program before the first release: schema 1");
  }
  return FileKind::Ours;
}

bool has_log(const std::filesystem::path& file, const Disk& disk) {
  return disk.size(file.string() + "-wal").value_or(0) > 0;
}

// The marks in the first bytes of a file that is ours, read without opening it as a database, which
// costs time and leaves files beside it. Nothing when a log stands beside it, as after a crash: the
// marks in the log are the newer ones.
std::optional<Marks> our_marks(const std::filesystem::path& file, const Disk& disk) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kUserVersionAt = 60;
  constexpr std::size_t kApplicationIdAt = 68;
  constexpr std::size_t kHeadBytes = 72;
  if (has_log(file, disk)) return std::nullopt;
  const auto head = disk.read(file, 0, kHeadBytes);
  if (!head || head->size() < kHeadBytes) return std::nullopt;
  const auto number = [&head](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8U | (*head)[at + i];
    return static_cast<int>(value);
  };
  const Marks marks{number(kApplicationIdAt), number(kUserVersionAt)};
  const bool ours = std::equal(kMagic.begin(), kMagic.end(), head->begin()) &&
                    marks.application == kApplicationId;
  return ours ? std::optional(marks) : std::nullopt;
}

// A crash in the first moments leaves a file beside a rollback journal that says it was empty
// before. Opening it to read would fail, and whoever opens it to write finds it empty again.
bool was_empty(const std::filesystem::path& file, const Disk& disk) {
  constexpr std::array<std::uint8_t, 8> kMagic{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
  constexpr std::size_t kPagesBeforeAt = 16;
  const auto head = disk.read(file.string() + "-journal", 0, kPagesBeforeAt + 4);
  if (!head || head->size() < kPagesBeforeAt + 4) return false;
  return std::equal(kMagic.begin(), kMagic.end(), head->begin()) &&
         std::all_of(head->end() - 4, head->end(), [](std::uint8_t byte) { return byte == 0; });
}

int flags(Database::Access access) {
  switch (access) {
    case Database::Access::Read: return SQLite::OPEN_READONLY;
    case Database::Access::Still: return SQLite::OPEN_READONLY | SQLite::OPEN_URI;
    case Database::Access::Write: return SQLite::OPEN_READWRITE;
    case Database::Access::Create: return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  }
  return SQLite::OPEN_READONLY;
}

bool reads_only(Database::Access access) {
  return access == Database::Access::Read || access == Database::Access::Still;
}

// A path as SQLite takes it; of a file that stands still, as a URI that says so.
std::string name_for(const std::filesystem::path& file, Database::Access access) {
  if (access != Database::Access::Still) return file.string();
  std::string uri = "file:";
  for (const char c : file.string()) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = c != '%' && c != '?' && c != '#' && byte > 0x20 && byte < 0x7f;
    if (plain) {
      uri += c;
    } else {
      uri.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
  return uri + "?immutable=1";
}

// Of a file that has pages already nothing is changed.
void make_room_for_tags(sqlite3* handle, int page_bytes) {
  const std::string size = "PRAGMA page_size=" + std::to_string(page_bytes);
  sqlite3_exec(handle, size.c_str(), nullptr, nullptr, nullptr);
  int room = kPageTagBytes;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
}

std::string holder_of(int fd) {
  char holder[32] = {};
  const auto size = ::pread(fd, holder, sizeof holder - 1, 0);
  std::string who = size > 0 ? std::string(holder, static_cast<std::size_t>(size)) : "?";
  who.erase(who.find_last_not_of(' ') + 1);
  return who;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const std::string file = (folder / "yizhan.lock").string();
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Errc::StorageIo, "the lock file cannot be opened: " + file);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const std::string who = holder_of(fd);
    ::close(fd);
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

Result<FolderLock> FolderLock::share(const std::filesystem::path& folder) {
  const std::string file = (folder / "yizhan.lock").string();
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return fail(Errc::NotFound, "no node has been in this folder");
  if (fd < 0) return fail(Errc::StorageIo, "the lock file cannot be opened: " + file);
  if (::flock(fd, LOCK_SH | LOCK_NB) == 0) return FolderLock(fd);
  const std::string who = holder_of(fd);
  ::close(fd);
  return fail(Errc::Busy, who, "process");
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}
FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Database::Database(const std::filesystem::path& file, Access access, const Disk& disk, Pages pages)
    : access_(access),
      tags_(disk.vfs(), pages.damage),
      sql_(std::make_unique<SQLite::Database>(name_for(file, access), flags(access), 0,
                                              tags_.vfs())) {
  sql_->exec(
      "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
      "PRAGMA cell_size_check=ON; PRAGMA cache_size=-4096; PRAGMA wal_autocheckpoint=0");
  sqlite3* handle = sql_->getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (reads_only(access_)) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sql_->exec("BEGIN");
    return;
  }
  const bool stopped_at_once = has_log(file, disk);
  if (access_ == Access::Create) make_room_for_tags(handle, pages.bytes);
  sql_->exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  int persist = 1;  // a fresh log at every start would grow again, at twice the cost a commit
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
  sqlite3_wal_hook(handle, note_wal_pages, &wal_pages_);
  if (stopped_at_once) checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  if (failed_) throw SQLite::Exception(handle, sqlite3_extended_errcode(handle));
}

// A clean stop leaves everything in the one file, so that it can be copied as it stands. Should
// this fail, the log is read at the next start.
Database::~Database() {
  if (reads_only(access_)) return;
  if (!failed_) checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  if (failed_) sqlite3_db_config(sql_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

// Busy readers and a full disk leave it for another time.
void Database::checkpoint(int mode) {
  const int code = sqlite3_wal_checkpoint_v2(sql_->getHandle(), nullptr, mode, nullptr, nullptr);
  failed_ = (code & 0xff) == SQLITE_IOERR;
}

void Database::begin() {
  if (open_) return;
  sql_->exec("BEGIN IMMEDIATE");
  open_ = true;
}

void Database::commit() {
  if (!open_) return;
  try {
    sql_->exec("COMMIT");
  } catch (const SQLite::Exception& caught) {
    failed_ = (caught.getErrorCode() & 0xff) == SQLITE_IOERR;
    throw;
  }
  open_ = false;
  if (wal_pages_ < kCheckpointPages) return;
  checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  wal_pages_ = 0;
}

void Database::rollback() {
  if (!open_) return;
  open_ = false;
  if (sqlite3_get_autocommit(sql_->getHandle()) == 0) sql_->exec("ROLLBACK");
}

Result<FileKind> look_at(const std::filesystem::path& file, const Disk& disk) {
  if (disk.size(file).value_or(0) == 0 || was_empty(file, disk)) return FileKind::Unborn;
  if (const auto marks = our_marks(file, disk)) return judge(*marks);
  const PageTags tags(disk.vfs(), Damage::Tell);
  SQLite::Database sql(file.string(), SQLite::OPEN_READONLY, 0, tags.vfs());
  sqlite3_db_config(sql.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  const Marks marks{sql.execAndGet("PRAGMA application_id").getInt(),
                    sql.execAndGet("PRAGMA user_version").getInt()};
  // A crash while the file was made leaves a log that holds everything, or nothing at all.
  const bool unborn = marks.application == 0 && marks.version == 0 &&
                      sql.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  return unborn ? FileKind::Unborn : judge(marks);
}

}  // namespace yizhan::node
