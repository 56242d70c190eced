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

using ChainHash = std::array<unsigned char, 32>;

ChainHash next_hash(const ChainHash& before, const Insert& record) {
  crypto_generichash_state state;
  ChainHash after{};
  crypto_generichash_init(&state, nullptr, 0, after.size());
  crypto_generichash_update(&state, before.data(), before.size());
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(record.line.data()),
                            record.line.size());
  crypto_generichash_final(&state, after.data(), after.size());
  return after;
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
  unsigned char shown[crypto_sign_PUBLICKEYBYTES];

  void put_rows(const Insert& record);
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
  crypto_sign_keypair(impl_->shown, impl_->secret);
}

Limit::~Limit() {
  sqlite3_finalize(impl_->row);
  sqlite3_finalize(impl_->log);
  sqlite3_close(impl_->db);
}

void Limit::begin() { impl_->exec("BEGIN IMMEDIATE"); }
void Limit::commit() { impl_->exec("COMMIT"); }

void Limit::Impl::put_rows(const Insert& record) {
  for (std::size_t i = 0; i < kFields; ++i) {
    bind(row, static_cast<int>(i) + 1, record.values[i]);
  }
  check(sqlite3_step(row), db);
  sqlite3_reset(row);
  sqlite3_bind_blob(log, 1, record.line.data(), static_cast<int>(record.line.size()),
                    SQLITE_STATIC);
  check(sqlite3_step(log), db);
  sqlite3_reset(log);
}

void Limit::put(const Insert& record) {
  const ChainHash hash = next_hash({}, record);
  unsigned char signature[crypto_sign_BYTES];
  crypto_sign_detached(signature, nullptr, hash.data(), hash.size(), impl_->secret);
  impl_->put_rows(record);
}

Limit::Run Limit::seal(std::span<const Insert> records) const {
  Run run{records, {}};
  ChainHash hash{};
  for (const Insert& record : records) hash = next_hash(hash, record);
  crypto_sign_detached(run.signature.data(), nullptr, hash.data(), hash.size(), impl_->secret);
  return run;
}

void Limit::take(const Run& run) {
  ChainHash hash{};
  for (const Insert& record : run.records) {
    hash = next_hash(hash, record);
    impl_->put_rows(record);
  }
  if (crypto_sign_verify_detached(run.signature.data(), hash.data(), hash.size(), impl_->shown) !=
      0) {
    throw std::runtime_error("a run does not verify");
  }
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
