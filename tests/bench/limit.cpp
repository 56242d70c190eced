#include "tests/bench/limit.h"

#include <sodium.h>
#include <sqlite3.h>

#include <stdexcept>

namespace yizhan::bench {
namespace {

void check(int code, sqlite3* db) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
    throw std::runtime_error(sqlite3_errmsg(db));
  }
}

constexpr const char* kTables =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS appt(id TEXT PRIMARY KEY, station TEXT, service TEXT, date TEXT,"
    " slot TEXT, name TEXT, idno TEXT, phone TEXT, channel TEXT, status TEXT, clerk TEXT,"
    " created_at TEXT, updated_at TEXT, note TEXT) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS appt_day ON appt(station, date);"
    "CREATE TABLE IF NOT EXISTS log(seq INTEGER PRIMARY KEY, chg BLOB)";

}  // namespace

struct Limit::Impl {
  sqlite3* db = nullptr;
  unsigned char secret[crypto_sign_SECRETKEYBYTES];

  sqlite3_stmt* prepare(const char* text) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr), db);
    return made;
  }
  void exec(const char* text) { check(sqlite3_exec(db, text, nullptr, nullptr, nullptr), db); }
  void bind(sqlite3_stmt* at, int index, const std::string& value) const {
    sqlite3_bind_text(at, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  sqlite3_stmt* row = nullptr;
  sqlite3_stmt* log = nullptr;
};

Limit::Limit(const std::filesystem::path& folder) : impl_(std::make_unique<Impl>()) {
  check(sqlite3_open((folder / "limit.db").c_str(), &impl_->db), impl_->db);
  impl_->exec(kTables);
  impl_->row = impl_->prepare("INSERT INTO appt VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  impl_->log = impl_->prepare("INSERT INTO log(chg) VALUES(?)");
  unsigned char shown[crypto_sign_PUBLICKEYBYTES];
  crypto_sign_keypair(shown, impl_->secret);
}

Limit::~Limit() {
  sqlite3_finalize(impl_->row);
  sqlite3_finalize(impl_->log);
  sqlite3_close(impl_->db);
}

void Limit::begin() { impl_->exec("BEGIN IMMEDIATE"); }
void Limit::commit() { impl_->exec("COMMIT"); }

void Limit::put(const Insert& record) {
  unsigned char hash[32];
  unsigned char signature[crypto_sign_BYTES];
  const auto* line = reinterpret_cast<const unsigned char*>(record.line.data());
  crypto_generichash(hash, sizeof hash, line, record.line.size(), nullptr, 0);
  crypto_sign_detached(signature, nullptr, hash, sizeof hash, impl_->secret);
  for (std::size_t i = 0; i < kFields; ++i) {
    impl_->bind(impl_->row, static_cast<int>(i) + 1, record.values[i]);
  }
  check(sqlite3_step(impl_->row), impl_->db);
  sqlite3_reset(impl_->row);
  sqlite3_bind_blob(impl_->log, 1, line, static_cast<int>(record.line.size()), SQLITE_STATIC);
  check(sqlite3_step(impl_->log), impl_->db);
  sqlite3_reset(impl_->log);
}

bool Limit::get(const std::string& id) {
  sqlite3_stmt* select = impl_->prepare("SELECT * FROM appt WHERE id = ?");
  impl_->bind(select, 1, id);
  const bool found = sqlite3_step(select) == SQLITE_ROW;
  sqlite3_finalize(select);
  return found;
}

int Limit::day_list(const std::string& station, const std::string& date) {
  sqlite3_stmt* select = impl_->prepare("SELECT * FROM appt WHERE station = ? AND date = ?");
  impl_->bind(select, 1, station);
  impl_->bind(select, 2, date);
  int rows = 0;
  while (sqlite3_step(select) == SQLITE_ROW) ++rows;
  sqlite3_finalize(select);
  return rows;
}

}  // namespace yizhan::bench
