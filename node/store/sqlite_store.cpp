#include "node/store/sqlite_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "node/store/database.h"
#include "node/store/entity_table.h"
#include "node/store/feedback_tables.h"
#include "node/store/journal.h"
#include "node/store/log_tables.h"
#include "node/store/member_tables.h"
#include "node/store/queue_tables.h"
#include "node/store/schema.h"
#include "node/store/sqlite_error.h"

namespace yizhan::node {
namespace {

constexpr const char* kFileName = "yizhan.db";
constexpr const char* kDiskField = "disk";
constexpr std::int64_t kRequestsKeptMs = 7LL * 24 * 3600 * 1000;
constexpr int kForgottenAtOnce = 1000;

std::uint64_t draw_u64(sync::Entropy& entropy) {
  std::array<std::uint8_t, 8> bytes;
  entropy.fill(bytes);
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

// The marks and all tables in one transaction: a crash leaves an empty file, which is made anew.
void create_tables(Database& database, sync::Entropy& entropy) {
  SQLite::Database& sql = database.sql();
  database.begin();
  sql.exec(kSchema);
  sql.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
  sql.exec("PRAGMA user_version=" + std::to_string(kSchemaVersion));
  for (const char* key : {"nonce", "instance"}) {
    SQLite::Statement insert(sql, "INSERT INTO meta VALUES (?, ?)");
    SQLite::bind(insert, key, to_sql(draw_u64(entropy)));
    insert.exec();
  }
  database.commit();
}

}  // namespace

struct SqliteStore::Impl {
  Impl(std::optional<FolderLock> lock, const std::filesystem::path& in, Disk& on,
       Database::Access access, Database::Pages pages)
      : folder(in),
        disk(on),
        folder_lock(std::move(lock)),
        database(in / kFileName, access, on, pages),
        statements(database.sql()),
        numbering(statements),
        entities(statements, numbering),
        log(statements, numbering),
        members(statements, numbering),
        queue(statements, numbering),
        feedback(statements, numbering) {}

  std::filesystem::path folder;
  Disk& disk;
  std::optional<FolderLock> folder_lock;  // none: a snapshot
  Database database;
  Statements statements;
  Numbering numbering;
  EntityTable entities;
  LogTables log;
  MemberTables members;
  QueueTables queue;
  FeedbackTables feedback;
  std::uint64_t nonce = 0;
  std::uint64_t instance = 0;
  std::unique_ptr<Journal> journal;
  std::optional<JournalEnd> journal_end;     // of a snapshot
  std::vector<sync::JournalChange> written;  // in the open transaction, for the journal
  std::optional<Error> damage;
  std::optional<Error> failure;  // of the disk, for good

  std::optional<std::uint64_t> meta(const char* key);
  void put(const sync::Write& write);
  void load_meta();
  void undo();
  Result<void> end_with(const Error& error);

  // Runs a read; what it throws is remembered.
  template <class T, class Read>
  T read_or(T otherwise, Read read) {
    try {
      return read();
    } catch (const std::exception& caught) {
      if (!damage) damage = storage_error(caught);
      return otherwise;
    }
  }
  template <class T, class Read>
  Result<T> try_read(Read read) {
    try {
      return read();
    } catch (const std::exception& caught) {
      return tl::unexpected<Error>(storage_error(caught));
    }
  }
};

std::optional<std::uint64_t> SqliteStore::Impl::meta(const char* key) {
  SQLite::Statement select(database.sql(), "SELECT v FROM meta WHERE k = ?");
  select.bind(1, key);
  if (!select.executeStep()) return std::nullopt;
  return from_sql(select.getColumn(0).getInt64());
}

void SqliteStore::Impl::load_meta() {
  nonce = meta("nonce").value_or(0);
  instance = meta("instance").value_or(0);
  numbering.load();
}

void SqliteStore::Impl::put(const sync::Write& write) {
  if (const auto* entity = std::get_if<sync::PutEntity>(&write)) return entities.put(*entity);
  if (const auto* change = std::get_if<sync::JournalChange>(&write)) {
    if (journal) written.push_back(*change);
    return;
  }
  if (!log.put(write)) members.put(write);
}

void SqliteStore::Impl::undo() {
  entities.forget();
  written.clear();
  if (journal) journal->drop_staged();
  damage.reset();
  try {
    statements.end_all();
    database.rollback();
    numbering.load();
  } catch (const std::exception& caught) {
    damage = storage_error(caught);
  }
}

Result<void> SqliteStore::Impl::end_with(const Error& error) {
  failure = Error{error.code, error.detail, kDiskField};
  return tl::unexpected<Error>(*failure);
}

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const StoreOptions& options,
                                                       sync::Entropy& entropy) {
  auto lock = FolderLock::take(options.folder);
  if (!lock) return fail(lock);
  if (!options.create && !options.disk->size(options.folder / kFileName)) {
    return fail(Errc::NotFound, "there is no database in this folder");
  }
  try {
    const auto kind = look_at(options.folder / kFileName, *options.disk);
    if (!kind) return fail(kind);
    const auto access = options.create ? Database::Access::Create : Database::Access::Write;
    auto impl = std::make_unique<Impl>(std::move(*lock), options.folder, *options.disk, access,
                                       Database::Pages{options.damage, options.page_bytes});
    if (*kind == FileKind::Unborn && !impl->database.sql().tableExists("meta")) {
      create_tables(impl->database, entropy);
    }
    impl->load_meta();
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::look_into(const std::filesystem::path& folder) {
  auto lock = FolderLock::share(folder);
  if (!lock) return fail(lock);
  const std::filesystem::path file = folder / kFileName;
  std::error_code absent;
  const auto log_bytes = std::filesystem::file_size(file.string() + "-wal", absent);
  if (!absent && log_bytes > 0) return fail(Errc::Unsupported, "a log waits for the next start");
  try {
    const auto kind = look_at(file, system_disk());
    if (!kind) return fail(kind);
    if (*kind == FileKind::Unborn) return fail(Errc::NotFound, "there is no database here yet");
    auto impl =
        std::make_unique<Impl>(std::move(*lock), folder, system_disk(), Database::Access::Still,
                               Database::Pages{.damage = Damage::Tell});
    impl->load_meta();
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<void> SqliteStore::apply(const std::vector<sync::Write>& writes) {
  if (impl_->damage) return tl::unexpected<Error>(*impl_->damage);
  if (writes.empty()) return {};
  return in_transaction([&](SQLite::Database&) {
    for (const sync::Write& write : writes) impl_->put(write);
  });
}

Result<void> SqliteStore::in_transaction(const std::function<void(SQLite::Database&)>& write) {
  if (impl_->failure) return tl::unexpected<Error>(*impl_->failure);
  try {
    if (!impl_->database.in_transaction()) {
      impl_->statements.end_all();
      impl_->database.begin();
    }
    write(impl_->database.sql());
    return {};
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

// The journal makes room before the commit and is written after it: a full disk refuses the
// change, and what is committed is in both. What the disk refuses otherwise ends the store: of a
// commit whose sync failed nobody knows whether it stands, and one that stands without its second
// copy was not saved as promised.
Result<void> SqliteStore::commit() {
  if (impl_->failure) return tl::unexpected<Error>(*impl_->failure);
  std::optional<Error> failed = impl_->damage;
  const bool journaled = impl_->journal && !impl_->written.empty();
  if (!failed && journaled) {
    if (const auto staged = impl_->journal->stage(impl_->written); !staged) failed = staged.error();
  }
  if (!failed) {
    try {
      impl_->entities.flush();
      impl_->statements.end_all();
      impl_->database.commit();
    } catch (const std::exception& caught) {
      failed = storage_error(caught);
    }
  }
  if (failed) {
    const bool only_a_read = impl_->damage.has_value();
    impl_->undo();
    if (failed->code == Errc::StorageIo && !only_a_read) return impl_->end_with(*failed);
    return tl::unexpected<Error>(*failed);
  }
  impl_->written.clear();
  if (!journaled) return {};
  const auto appended = impl_->journal->append();
  return appended ? Result<void>{} : impl_->end_with(appended.error());
}

std::optional<Error> SqliteStore::failure() const {
  if (impl_->failure) return impl_->failure;
  auto failed = impl_->journal ? impl_->journal->failure() : std::nullopt;
  if (impl_->database.failed()) {
    failed = Error{Errc::StorageIo, "the database cannot be written", {}};
  }
  if (failed) failed->field = kDiskField;
  return failed;
}

void SqliteStore::rollback() { impl_->undo(); }
bool SqliteStore::dirty() const { return impl_->database.in_transaction(); }

Result<std::unique_ptr<SqliteStore>> SqliteStore::snapshot(Damage damage) const {
  try {
    auto impl = std::make_unique<Impl>(std::nullopt, impl_->folder, impl_->disk,
                                       Database::Access::Read, Database::Pages{.damage = damage});
    impl->load_meta();
    if (impl_->journal) impl->journal_end = impl_->journal->end();
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

const std::optional<JournalEnd>& SqliteStore::journal_end() const { return impl_->journal_end; }

Result<void> SqliteStore::forget_requests(WallMs now) {
  return in_transaction([now](SQLite::Database& sql) {
    SQLite::Statement forget(sql,
                             "DELETE FROM idempotency WHERE key IN"
                             " (SELECT key FROM idempotency WHERE at < ? LIMIT ?)");
    SQLite::bind(forget, now.value - kRequestsKeptMs, kForgottenAtOnce);
    forget.exec();
  });
}

void SqliteStore::attach(std::unique_ptr<Journal> journal) { impl_->journal = std::move(journal); }

Result<void> SqliteStore::renew_log_instance(sync::Entropy& entropy) {
  const std::uint64_t fresh = draw_u64(entropy);
  auto done = in_transaction([fresh](SQLite::Database& sql) {
    SQLite::Statement update(sql, "UPDATE meta SET v = ? WHERE k = 'instance'");
    update.bind(1, to_sql(fresh));
    update.exec();
  });
  if (done) impl_->instance = fresh;
  return done;
}

Result<std::uint64_t> SqliteStore::begin_run(const sync::Epoch& epoch, sync::Entropy& entropy,
                                             std::optional<std::uint64_t> guarded) {
  std::uint64_t of_epoch = 0;
  for (const std::uint8_t byte : epoch.nonce) of_epoch = of_epoch << 8 | byte;
  // Several starts may die one after another before one of them wrote its guard.
  const bool known = guarded && knows_run(*guarded);
  const std::uint64_t before = known ? *guarded : impl_->meta("run").value_or(0);
  const std::uint64_t now = draw_u64(entropy);
  const auto known_epoch = impl_->meta("epoch");
  if (known_epoch && *known_epoch != of_epoch) {
    if (auto renewed = renew_log_instance(entropy); !renewed) return fail(renewed);
  }
  const auto noted = in_transaction([&](SQLite::Database& sql) {
    SQLite::Statement put(sql, "INSERT OR REPLACE INTO meta VALUES (?, ?)");
    for (const auto& [key, value] :
         {std::pair("run", now), std::pair("run_before", before), std::pair("epoch", of_epoch)}) {
      put.reset();
      SQLite::bind(put, key, to_sql(value));
      put.exec();
    }
  });
  if (!noted) return fail(noted);
  if (auto committed = commit(); !committed) return fail(committed);
  return now;
}

bool SqliteStore::knows_run(std::uint64_t run) const {
  return impl_->meta("run") == run || impl_->meta("run_before") == run;
}

std::uint64_t SqliteStore::database_nonce() const { return impl_->nonce; }
Disk& SqliteStore::disk() const { return impl_->disk; }
const std::filesystem::path& SqliteStore::folder() const { return impl_->folder; }
std::filesystem::path SqliteStore::file() const { return impl_->folder / kFileName; }
std::uint64_t SqliteStore::log_instance() const { return impl_->instance; }

std::uint64_t SqliteStore::arrivals() const {
  return impl_->read_or(std::uint64_t{0}, [this] { return impl_->log.arrivals(); });
}
crdt::Hlc SqliteStore::hlc_floor() const {
  return impl_->read_or(crdt::Hlc{}, [this] { return impl_->log.hlc_floor(); });
}
std::vector<sync::StreamRow> SqliteStore::streams() const {
  return impl_->read_or(std::vector<sync::StreamRow>{}, [this] { return impl_->log.streams(); });
}
std::vector<sync::Certificate> SqliteStore::certificates() const {
  return impl_->read_or(std::vector<sync::Certificate>{},
                        [this] { return impl_->members.certificates(); });
}
std::vector<sync::Revocation> SqliteStore::revocations() const {
  return impl_->read_or(std::vector<sync::Revocation>{},
                        [this] { return impl_->members.revocations(); });
}
std::vector<sync::ScopeKeyOp> SqliteStore::scope_keys() const {
  return impl_->read_or(std::vector<sync::ScopeKeyOp>{},
                        [this] { return impl_->members.scope_keys(); });
}
std::vector<std::pair<sync::Scope, sync::ScopeDigest>> SqliteStore::digests() const {
  return impl_->read_or(std::vector<std::pair<sync::Scope, sync::ScopeDigest>>{},
                        [this] { return impl_->log.digests(); });
}
std::vector<sync::Receipt> SqliteStore::receipts() const {
  return impl_->read_or(std::vector<sync::Receipt>{}, [this] { return impl_->members.receipts(); });
}
std::vector<sync::Cursor> SqliteStore::cursors() const {
  return impl_->read_or(std::vector<sync::Cursor>{}, [this] { return impl_->members.cursors(); });
}
std::vector<sync::PeerAck> SqliteStore::acks() const {
  return impl_->read_or(std::vector<sync::PeerAck>{}, [this] { return impl_->members.acks(); });
}
std::vector<sync::Ahead> SqliteStore::ahead() const {
  return impl_->read_or(std::vector<sync::Ahead>{}, [this] { return impl_->members.ahead(); });
}

Result<sync::StatePtr> SqliteStore::entity(const sync::Scope& scope, const crdt::Dot& dot) const {
  return impl_->try_read<sync::StatePtr>([&] { return impl_->entities.get(scope, dot); });
}
Result<std::vector<sync::SegmentRow>> SqliteStore::segments(StreamId stream, std::uint64_t from,
                                                            std::size_t bytes_max) const {
  return impl_->try_read<std::vector<sync::SegmentRow>>([&] {
    return Result<std::vector<sync::SegmentRow>>(impl_->log.segments(stream, from, bytes_max));
  });
}
Result<std::vector<sync::TailRow>> SqliteStore::tail(StreamId stream, std::uint64_t from) const {
  return impl_->try_read<std::vector<sync::TailRow>>(
      [&] { return Result<std::vector<sync::TailRow>>(impl_->log.tail(stream, from)); });
}
std::vector<sync::KeyRow> SqliteStore::key_rows(StreamId stream, std::uint64_t from,
                                                std::uint64_t to) const {
  return impl_->read_or(std::vector<sync::KeyRow>{},
                        [&] { return impl_->log.key_rows(stream, from, to); });
}
std::vector<sync::KeyRow> SqliteStore::rows_of_key(const crdt::Dot& key) const {
  return impl_->read_or(std::vector<sync::KeyRow>{}, [&] { return impl_->log.rows_of_key(key); });
}
std::vector<sync::StoreView::Arrived> SqliteStore::arrived_after(std::uint64_t arrival) const {
  return impl_->read_or(std::vector<Arrived>{}, [&] { return impl_->log.arrived_after(arrival); });
}
std::vector<sync::SegmentRow> SqliteStore::covers_after(std::uint64_t arrival,
                                                        std::size_t most) const {
  return impl_->read_or(std::vector<sync::SegmentRow>{},
                        [&] { return impl_->log.covers_after(arrival, most); });
}

Result<std::vector<SqliteStore::DayRow>> SqliteStore::day(const sync::Scope& scope,
                                                          std::int64_t date) const {
  return impl_->try_read<std::vector<DayRow>>([&]() -> Result<std::vector<DayRow>> {
    std::vector<DayRow> rows;
    const auto number = impl_->numbering.known_scope(scope);
    SQLite::Statement& select = impl_->statements.get(
        "SELECT id, slot, status FROM day WHERE scope = ? AND date = ? ORDER BY slot, id");
    SQLite::bind(select, number.value_or(0), date);
    while (select.executeStep()) {
      rows.push_back({impl_->numbering.dot_at(select.getColumn(0).getInt64()),
                      select.getColumn(1).getInt64(),
                      static_cast<crdt::LifeState>(select.getColumn(2).getInt())});
    }
    return rows;
  });
}

Result<std::vector<crdt::Dot>> SqliteStore::roster(const sync::Scope& scope) const {
  return impl_->try_read<std::vector<crdt::Dot>>([&]() -> Result<std::vector<crdt::Dot>> {
    std::vector<crdt::Dot> dots;
    SQLite::Statement& select =
        impl_->statements.get("SELECT id FROM roster WHERE scope = ? ORDER BY id");
    select.bind(1, impl_->numbering.known_scope(scope).value_or(0));
    while (select.executeStep()) {
      dots.push_back(impl_->numbering.dot_at(select.getColumn(0).getInt64()));
    }
    return dots;
  });
}

std::optional<sync::IdempotencyRow> SqliteStore::idempotency(std::uint64_t key) const {
  return impl_->read_or(std::optional<sync::IdempotencyRow>{},
                        [&] { return impl_->log.idempotency(key); });
}

Result<std::int64_t> SqliteStore::printed_highest(const sync::Scope& scope, std::int64_t day,
                                                  std::int64_t mark) const {
  return impl_->try_read<std::int64_t>([&]() -> Result<std::int64_t> {
    SQLite::Statement& select = impl_->statements.get(
        "SELECT counter FROM printed WHERE scope = ? AND date = ? AND mark = ?");
    SQLite::bind(select, impl_->numbering.known_scope(scope).value_or(0), day, mark);
    return select.executeStep() ? select.getColumn(0).getInt64() : 0;
  });
}

Result<std::optional<crdt::Dot>> SqliteStore::paper_forms(const sync::Scope& scope,
                                                          std::int64_t day,
                                                          std::int64_t counter) const {
  using Found = std::optional<crdt::Dot>;
  return impl_->try_read<Found>([&]() -> Result<Found> {
    SQLite::Statement& select = impl_->statements.get(
        "SELECT id FROM paper_form WHERE scope = ? AND date = ? AND first <= ? AND first + count > "
        "?");
    SQLite::bind(select, impl_->numbering.known_scope(scope).value_or(0), day, counter, counter);
    if (!select.executeStep()) return Found();
    return Found(impl_->numbering.dot_at(select.getColumn(0).getInt64()));
  });
}

Result<std::vector<crdt::Dot>> SqliteStore::all_paper_forms(const sync::Scope& scope) const {
  using Found = std::vector<crdt::Dot>;
  return impl_->try_read<Found>([&]() -> Result<Found> {
    SQLite::Statement& select =
        impl_->statements.get("SELECT id FROM paper_form WHERE scope = ? ORDER BY date, first, id");
    SQLite::bind(select, impl_->numbering.known_scope(scope).value_or(0));
    Found found;
    while (select.executeStep()) {
      found.push_back(impl_->numbering.dot_at(select.getColumn(0).getInt64()));
    }
    return found;
  });
}

const QueueTables& SqliteStore::queue() const { return impl_->queue; }
const FeedbackTables& SqliteStore::feedback() const { return impl_->feedback; }

Result<void> SqliteStore::for_each_entity(
    const sync::Scope& scope,
    const std::function<void(const crdt::Dot&, const crdt::EntityState&)>& visit) const {
  try {
    const std::int64_t in_scope = impl_->numbering.known_scope(scope).value_or(0);
    for (const std::int64_t stream : impl_->numbering.streams_in(in_scope)) {
      SQLite::Statement select(impl_->database.sql(),
                               "SELECT id, st FROM ent WHERE id >= ? AND id < ? ORDER BY id");
      SQLite::bind(select, Numbering::dot(stream, 0, 0), Numbering::dot(stream + 1, 0, 0));
      while (select.executeStep()) {
        const auto state = impl_->entities.decode(in_scope, blob_of(select.getColumn(1)));
        if (!state) return fail(state);
        visit(impl_->numbering.dot_at(select.getColumn(0).getInt64()), **state);
      }
    }
    return {};
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

SQLite::Database& SqliteStore::sql() const { return impl_->database.sql(); }
std::optional<Error> SqliteStore::met_damage() const { return impl_->damage; }
std::optional<Error> SqliteStore::take_damage() {
  return std::exchange(impl_->damage, std::nullopt);
}
const std::set<std::uint32_t>& SqliteStore::damaged_pages() const {
  return impl_->database.damaged_pages();
}

SqliteStore::Counts SqliteStore::counts() const {
  return impl_->read_or(Counts{}, [this] {
    const auto count = [this](const char* text) -> std::int64_t {
      return impl_->database.sql().execAndGet(text).getInt64();
    };
    return Counts{count("SELECT count(*) FROM seg"), count("SELECT count(*) FROM ent"),
                  count("SELECT count(*) FROM keyring"), count("SELECT count(*) FROM dead_letter"),
                  count("PRAGMA page_count") * count("PRAGMA page_size")};
  });
}

}  // namespace yizhan::node
