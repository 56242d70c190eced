#include "node/store/log_tables.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "crdt/base/hash.h"

namespace yizhan::node {

std::int64_t container_tag(ByteView container) {
  const Hash32 hash = hash32("yz.seg.tag", container);
  std::uint64_t tag = 0;
  for (std::size_t i = 0; i < sizeof tag; ++i) tag = tag << 8 | hash[i];
  return to_sql(tag);
}

std::int64_t key_row_tag(const sync::KeyRow& row) {
  const Hash32 term = sync::key_term(row);
  return static_cast<std::int64_t>(term[0]) << 24 | term[1] << 16 | term[2] << 8 | term[3];
}

bool LogTables::put(const sync::Write& write) {
  if (const auto* stream = std::get_if<sync::PutStream>(&write)) {
    put_stream(stream->row);
  } else if (const auto* tail = std::get_if<sync::PutTail>(&write)) {
    put_tail(*tail);
  } else if (const auto* segment = std::get_if<sync::PutSegment>(&write)) {
    put_segment(segment->row);
  } else if (const auto* key = std::get_if<sync::PutKeyRow>(&write)) {
    put_key_row(key->row);
  } else if (const auto* digest = std::get_if<sync::PutDigest>(&write)) {
    put_digest(*digest);
  } else if (const auto* idempotency = std::get_if<sync::PutIdempotency>(&write)) {
    put_idempotency(idempotency->row);
  } else if (const auto* floor = std::get_if<sync::PutHlcFloor>(&write)) {
    put_floor(floor->floor);
  } else {
    return false;
  }
  return true;
}

// ---- writes

void LogTables::put_stream(const sync::StreamRow& row) {
  const std::int64_t number = numbering_.stream(row.id, numbering_.scope(row.scope));
  SQLite::Statement& update = statements_.get(
      "UPDATE stream SET author = ?, epoch = ?, nonce = ?, seq = ?, head = ?, sealed = ? WHERE n = "
      "?");
  bind_blob(update, 1, view(row.author));
  update.bind(2, static_cast<std::int64_t>(row.epoch.counter));
  bind_blob(update, 3, row.epoch.nonce);
  update.bind(4, to_sql(row.seq));
  bind_blob(update, 5, view(row.head));
  update.bind(6, to_sql(row.sealed));
  update.bind(7, number);
  update.exec();
}

void LogTables::put_tail(const sync::PutTail& write) {
  SQLite::Statement& insert = statements_.get("INSERT OR REPLACE INTO tail VALUES (?, ?)");
  insert.bind(1, Numbering::dot(own_number(write.stream), write.row.seq, 0));
  bind_blob(insert, 2, write.row.expanded);
  insert.exec();
}

void LogTables::put_segment(const sync::SegmentRow& row) {
  const std::int64_t stream = own_number(row.stream);
  SQLite::Statement& drop = statements_.get("DELETE FROM tail WHERE id >= ? AND id <= ?");
  SQLite::bind(drop, Numbering::dot(stream, 0, 0), Numbering::dot(stream, row.last, 0));
  drop.exec();
  if (row.covering) {
    SQLite::Statement& covered =
        statements_.get("DELETE FROM seg WHERE stream = ? AND first >= ? AND last <= ?");
    SQLite::bind(covered, stream, to_sql(row.first), to_sql(row.last));
    covered.exec();
  }
  SQLite::Statement& insert =
      statements_.get("INSERT OR REPLACE INTO seg VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(insert, to_sql(row.arrival), stream, to_sql(row.first), to_sql(row.last),
               to_sql(row.content), row.covering ? 1 : 0,
               static_cast<std::int64_t>(row.changes_bytes), container_tag(row.container));
  bind_blob(insert, 9, row.container);
  insert.exec();
}

void LogTables::put_key_row(const sync::KeyRow& row) {
  const std::int64_t scope = numbering_.scope(row.scope);
  const std::int64_t stream = numbering_.stream(row.key.stream, scope);
  SQLite::Statement& insert =
      statements_.get("INSERT OR IGNORE INTO keyring VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, Numbering::dot(stream, row.key.seq, row.key.op));
  bind_blob(insert, 2, row.wrapped);
  insert.bind(3, scope);
  insert.bind(4, static_cast<std::int64_t>(row.generation));
  insert.bind(5, key_row_tag(row));
  insert.exec();
}

void LogTables::put_digest(const sync::PutDigest& write) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO digest VALUES (?, ?, ?)");
  replace.bind(1, numbering_.scope(write.scope));
  bind_blob(replace, 2, write.digest.sum);
  replace.bind(3, to_sql(write.digest.terms));
  replace.exec();
}

void LogTables::put_idempotency(const sync::IdempotencyRow& row) {
  // A record of another node's stream may be named: any number of that stream tells which it is.
  const auto numbers = numbering_.numbers_of(row.entity.stream);
  const std::int64_t stream =
      numbers.empty() ? numbering_.stream(row.entity.stream, 0) : numbers.front();
  SQLite::Statement& replace =
      statements_.get("INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?)");
  replace.bind(1, to_sql(row.key));
  bind_blob(replace, 2, row.request);
  replace.bind(3, Numbering::dot(stream, row.entity.seq, row.entity.op));
  replace.bind(4, static_cast<int>(row.status));
  replace.bind(5, row.at.value);
  replace.exec();
}

void LogTables::put_floor(crdt::Hlc floor) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO meta VALUES ('floor', ?)");
  replace.bind(1, to_sql(floor.value));
  replace.exec();
}

// ---- reads

std::int64_t LogTables::own_number(StreamId id) {
  for (const std::int64_t number : numbering_.numbers_of(id)) {
    SQLite::Statement& select =
        statements_.get("SELECT 1 FROM stream WHERE n = ? AND author IS NOT NULL");
    select.bind(1, number);
    if (select.executeStep()) return number;
  }
  return 0;
}

std::uint64_t LogTables::arrivals() {
  SQLite::Statement& select = statements_.get("SELECT max(n) FROM seg");
  return select.executeStep() ? from_sql(select.getColumn(0).getInt64()) : 0;
}

crdt::Hlc LogTables::hlc_floor() {
  SQLite::Statement& select = statements_.get("SELECT v FROM meta WHERE k = 'floor'");
  return select.executeStep() ? crdt::Hlc{from_sql(select.getColumn(0).getInt64())} : crdt::Hlc{};
}

std::vector<sync::StreamRow> LogTables::streams() {
  std::vector<sync::StreamRow> rows;
  SQLite::Statement& select = statements_.get(
      "SELECT n, scope, author, epoch, nonce, seq, head, sealed FROM stream"
      " WHERE author IS NOT NULL");
  while (select.executeStep()) {
    const auto author = id_from<NodeId>(blob_of(select.getColumn(2)));
    const auto head = id_from<Head>(blob_of(select.getColumn(6)));
    const Bytes nonce = blob_of(select.getColumn(4));
    if (!author || !head || nonce.size() != 8) continue;  // verify names the row
    sync::StreamRow row;
    row.id = numbering_.stream_at(select.getColumn(0).getInt64());
    row.scope = numbering_.scope_at(select.getColumn(1).getInt64());
    row.author = *author;
    row.epoch.counter = select.getColumn(3).getUInt();
    std::copy(nonce.begin(), nonce.end(), row.epoch.nonce.begin());
    row.seq = from_sql(select.getColumn(5).getInt64());
    row.head = *head;
    row.sealed = from_sql(select.getColumn(7).getInt64());
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::pair<sync::Scope, sync::ScopeDigest>> LogTables::digests() {
  std::vector<std::pair<sync::Scope, sync::ScopeDigest>> rows;
  SQLite::Statement& select = statements_.get("SELECT scope, sum, terms FROM digest");
  while (select.executeStep()) {
    const Bytes sum = blob_of(select.getColumn(1));
    sync::ScopeDigest digest;
    if (sum.size() != digest.sum.size()) continue;
    std::copy(sum.begin(), sum.end(), digest.sum.begin());
    digest.terms = from_sql(select.getColumn(2).getInt64());
    rows.emplace_back(numbering_.scope_at(select.getColumn(0).getInt64()), digest);
  }
  return rows;
}

sync::SegmentRow LogTables::segment_at(const SQLite::Statement& row) const {
  sync::SegmentRow segment;
  segment.arrival = from_sql(row.getColumn(0).getInt64());
  segment.stream = numbering_.stream_at(row.getColumn(1).getInt64());
  segment.first = from_sql(row.getColumn(2).getInt64());
  segment.last = from_sql(row.getColumn(3).getInt64());
  segment.content = from_sql(row.getColumn(4).getInt64());
  segment.covering = row.getColumn(5).getInt() != 0;
  segment.changes_bytes = row.getColumn(6).getUInt();
  segment.container = blob_of(row.getColumn(7));
  return segment;
}

std::vector<sync::SegmentRow> LogTables::segments(StreamId stream, std::uint64_t from,
                                                  std::size_t bytes_max) {
  std::vector<sync::SegmentRow> rows;
  // A segment that holds `from` begins at most one segment's length before it.
  const std::uint64_t earliest =
      from > sync::kSegmentChangesMax ? from - sync::kSegmentChangesMax : 0;
  SQLite::Statement& select = statements_.get(
      "SELECT n, stream, first, last, content, covering, raw, z FROM seg"
      " WHERE stream = ? AND first > ? AND last >= ? ORDER BY first, last");
  SQLite::bind(select, own_number(stream), to_sql(earliest), to_sql(from));
  std::size_t bytes = 0;
  while (bytes <= bytes_max && select.executeStep()) {
    rows.push_back(segment_at(select));
    bytes += rows.back().container.size();
  }
  return rows;
}

std::vector<sync::TailRow> LogTables::tail(StreamId stream, std::uint64_t from) {
  std::vector<sync::TailRow> rows;
  const std::int64_t number = own_number(stream);
  SQLite::Statement& select =
      statements_.get("SELECT id, b FROM tail WHERE id >= ? AND id < ? ORDER BY id");
  SQLite::bind(select, Numbering::dot(number, from, 0), Numbering::dot(number + 1, 0, 0));
  while (select.executeStep()) {
    rows.push_back(
        {numbering_.dot_at(select.getColumn(0).getInt64()).seq, blob_of(select.getColumn(1))});
  }
  return rows;
}

sync::KeyRow LogTables::key_row_at(const SQLite::Statement& row) const {
  return {numbering_.dot_at(row.getColumn(0).getInt64()),
          numbering_.scope_at(row.getColumn(2).getInt64()), row.getColumn(3).getUInt(),
          blob_of(row.getColumn(1))};
}

std::vector<sync::KeyRow> LogTables::key_rows(StreamId stream, std::uint64_t from,
                                              std::uint64_t to) {
  std::vector<sync::KeyRow> rows;
  const std::int64_t number = own_number(stream);
  SQLite::Statement& select = statements_.get(
      "SELECT key, wrapped, scope, generation FROM keyring WHERE key >= ? AND key < ?");
  SQLite::bind(select, Numbering::dot(number, from, 0), Numbering::dot(number, to + 1, 0));
  while (select.executeStep()) rows.push_back(key_row_at(select));
  return rows;
}

std::vector<sync::KeyRow> LogTables::rows_of_key(const crdt::Dot& key) {
  std::vector<sync::KeyRow> rows;
  for (const std::int64_t number : numbering_.numbers_of(key.stream)) {
    SQLite::Statement& select =
        statements_.get("SELECT key, wrapped, scope, generation FROM keyring WHERE key = ?");
    select.bind(1, Numbering::dot(number, key.seq, key.op));
    while (select.executeStep()) rows.push_back(key_row_at(select));
  }
  return rows;
}

// What arrived by itself has `content` = its number; a covering segment's is smaller. So nothing
// with a greater `content` has a smaller number.
std::vector<sync::StoreView::Arrived> LogTables::arrived_after(std::uint64_t arrival) {
  std::vector<sync::StoreView::Arrived> streams;
  SQLite::Statement& select = statements_.get(
      "SELECT stream, min(first) FROM seg WHERE n > ? AND content > ? GROUP BY stream");
  SQLite::bind(select, to_sql(arrival), to_sql(arrival));
  while (select.executeStep()) {
    streams.push_back({numbering_.stream_at(select.getColumn(0).getInt64()),
                       from_sql(select.getColumn(1).getInt64())});
  }
  return streams;
}

std::vector<sync::SegmentRow> LogTables::covers_after(std::uint64_t arrival, std::size_t most) {
  std::vector<sync::SegmentRow> rows;
  SQLite::Statement& select = statements_.get(
      "SELECT n, stream, first, last, content, covering, raw, z FROM seg"
      " WHERE n > ? AND covering = 1 AND content <= ? ORDER BY n LIMIT ?");
  SQLite::bind(select, to_sql(arrival), to_sql(arrival), static_cast<std::int64_t>(most));
  while (select.executeStep()) rows.push_back(segment_at(select));
  return rows;
}

std::optional<sync::IdempotencyRow> LogTables::idempotency(std::uint64_t key) {
  SQLite::Statement& select =
      statements_.get("SELECT request, entity, status, at FROM idempotency WHERE key = ?");
  select.bind(1, to_sql(key));
  if (!select.executeStep()) return std::nullopt;
  sync::IdempotencyRow row;
  row.key = key;
  const Bytes request = blob_of(select.getColumn(0));
  if (request.size() != row.request.size()) return std::nullopt;
  std::copy(request.begin(), request.end(), row.request.begin());
  row.entity = numbering_.dot_at(select.getColumn(1).getInt64());
  row.status = static_cast<std::uint16_t>(select.getColumn(2).getInt());
  row.at = {select.getColumn(3).getInt64()};
  return row;
}

}  // namespace yizhan::node
