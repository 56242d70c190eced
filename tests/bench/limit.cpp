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

ChainHash next_hash(const ChainHash& before, const std::string& line) {
  crypto_generichash_state state;
  ChainHash after{};
  crypto_generichash_init(&state, nullptr, 0, after.size());
  crypto_generichash_update(&state, before.data(), before.size());
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(line.data()),
                            line.size());
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
  void put_update(const std::string& id, const Update& update);
  void put_log(const std::string& line) const;
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
  sqlite3_stmt* move = nullptr;
  sqlite3_stmt* reschedule = nullptr;
  sqlite3_stmt* annotate = nullptr;
  sqlite3_stmt* log = nullptr;
};

Limit::Limit(const std::filesystem::path& folder) : impl_(std::make_unique<Impl>()) {
  check(sqlite3_open((folder / "limit.db").c_str(), &impl_->db), impl_->db);
  impl_->exec(kTables);
  impl_->row = impl_->prepare("INSERT INTO appt VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  impl_->move =
      impl_->prepare("UPDATE appt SET status = ?, clerk = ?, updated_at = ? WHERE id = ?");
  impl_->reschedule =
      impl_->prepare("UPDATE appt SET date = ?, slot = ?, updated_at = ? WHERE id = ?");
  impl_->annotate =
      impl_->prepare("UPDATE appt SET status = ?, note = ?, updated_at = ? WHERE id = ?");
  impl_->log = impl_->prepare("INSERT INTO log(chg) VALUES(?)");
  crypto_sign_keypair(impl_->shown, impl_->secret);
}

Limit::~Limit() {
  sqlite3_finalize(impl_->row);
  sqlite3_finalize(impl_->move);
  sqlite3_finalize(impl_->reschedule);
  sqlite3_finalize(impl_->annotate);
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
  put_log(record.line);
}

void Limit::Impl::put_update(const std::string& id, const Update& update) {
  const bool moves = update.set.front().first == Status;
  sqlite3_stmt* change = update.kind == 'C' ? annotate : moves ? move : reschedule;
  for (int i = 0; i < 3; ++i) bind(change, i + 1, update.set[static_cast<std::size_t>(i)].second);
  bind(change, 4, id);
  check(sqlite3_step(change), db);
  sqlite3_reset(change);
  put_log(update.line);
}

void Limit::Impl::put_log(const std::string& line) const {
  sqlite3_bind_blob(log, 1, line.data(), static_cast<int>(line.size()), SQLITE_STATIC);
  check(sqlite3_step(log), db);
  sqlite3_reset(log);
}

void Limit::put(const Insert& record) {
  const ChainHash hash = next_hash({}, record.line);
  unsigned char signature[crypto_sign_BYTES];
  crypto_sign_detached(signature, nullptr, hash.data(), hash.size(), impl_->secret);
  impl_->put_rows(record);
}

Limit::Run Limit::seal(std::vector<Change> changes) const {
  Run run{std::move(changes), {}};
  ChainHash hash{};
  for (const Change& change : run.changes) hash = next_hash(hash, change.line());
  crypto_sign_detached(run.signature.data(), nullptr, hash.data(), hash.size(), impl_->secret);
  return run;
}

void Limit::take(const Run& run) {
  ChainHash hash{};
  for (const Change& change : run.changes) {
    hash = next_hash(hash, change.line());
    if (change.insert != nullptr) {
      impl_->put_rows(*change.insert);
    } else {
      impl_->put_update(change.update->id, *change.update);
    }
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
