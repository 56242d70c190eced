#include "node/store/member_tables.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace yizhan::node {

void MemberTables::put(const sync::Write& write) {
  if (const auto* certificate = std::get_if<sync::PutCertificate>(&write)) {
    put_certificate(certificate->certificate);
  } else if (const auto* revocation = std::get_if<sync::PutRevocation>(&write)) {
    put_revocation(revocation->revocation);
  } else if (const auto* key = std::get_if<sync::PutScopeKey>(&write)) {
    put_scope_key(key->op);
  } else if (const auto* fallen = std::get_if<sync::DropCertificate>(&write)) {
    drop("DELETE FROM certificate WHERE node = ?", fallen->node);
  } else if (const auto* lifted = std::get_if<sync::DropRevocation>(&write)) {
    drop("DELETE FROM revocation WHERE node = ?", lifted->node);
  } else if (const auto* old_key = std::get_if<sync::DropScopeKey>(&write)) {
    drop_scope_key(*old_key);
  } else if (const auto* receipt = std::get_if<sync::PutReceipt>(&write)) {
    put_receipt(receipt->receipt);
  } else if (const auto* cursor = std::get_if<sync::PutCursor>(&write)) {
    put_cursor(cursor->cursor);
  } else if (const auto* ack = std::get_if<sync::PutAck>(&write)) {
    put_ack(ack->ack);
  } else if (const auto* ahead = std::get_if<sync::PutAhead>(&write)) {
    put_ahead(ahead->row);
  } else if (const auto* judged = std::get_if<sync::DropAhead>(&write)) {
    drop_ahead(judged->stream);
  } else if (const auto* deferred = std::get_if<sync::PutDeferred>(&write)) {
    put_deferred(*deferred);
  } else if (const auto* dead = std::get_if<sync::PutDeadLetter>(&write)) {
    put_dead_letter(*dead);
  } else if (const auto* task = std::get_if<sync::PutTask>(&write)) {
    put_task(*task);
  }
}

void MemberTables::put_certificate(const sync::Certificate& certificate) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO certificate VALUES (?, ?)");
  const NodeId node = certificate.node();
  const Bytes bytes = encode(certificate);
  bind_blob(replace, 1, view(node));
  bind_blob(replace, 2, bytes);
  replace.exec();
}

void MemberTables::put_revocation(const sync::Revocation& revocation) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO revocation VALUES (?, ?)");
  const Bytes bytes = encode(revocation);
  bind_blob(replace, 1, view(revocation.node));
  bind_blob(replace, 2, bytes);
  replace.exec();
}

void MemberTables::drop(const char* text, NodeId node) {
  SQLite::Statement& statement = statements_.get(text);
  bind_blob(statement, 1, view(node));
  statement.exec();
}

void MemberTables::drop_scope_key(const sync::DropScopeKey& write) {
  SQLite::Statement& statement =
      statements_.get("DELETE FROM scope_key WHERE scope = ? AND generation = ?");
  SQLite::bind(statement, numbering_.scope(write.scope),
               static_cast<std::int64_t>(write.generation));
  statement.exec();
}

void MemberTables::put_scope_key(const sync::ScopeKeyOp& op) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO scope_key VALUES (?, ?, ?)");
  const Bytes bytes = encode(op);
  replace.bind(1, numbering_.scope(op.scope));
  replace.bind(2, static_cast<std::int64_t>(op.generation));
  bind_blob(replace, 3, bytes);
  replace.exec();
}

void MemberTables::put_receipt(const sync::Receipt& receipt) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO receipt VALUES (?, ?)");
  const Bytes bytes = encode(receipt);
  replace.bind(1, numbering_.scope(receipt.scope));
  bind_blob(replace, 2, bytes);
  replace.exec();
}

void MemberTables::put_cursor(const sync::Cursor& cursor) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?, ?)");
  bind_blob(replace, 1, view(cursor.peer));
  replace.bind(2, to_sql(cursor.log_instance));
  replace.bind(3, to_sql(cursor.arrivals));
  replace.bind(4, cursor.full_at.value);
  replace.exec();
}

void MemberTables::put_ack(const sync::PeerAck& ack) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO ack VALUES (?, ?, ?)");
  bind_blob(replace, 1, view(ack.peer));
  bind_blob(replace, 2, view(ack.stream));
  replace.bind(3, to_sql(ack.seq));
  replace.exec();
}

void MemberTables::put_ahead(const sync::Ahead& row) {
  SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO ahead VALUES (?, ?)");
  bind_blob(replace, 1, view(row.stream));
  replace.bind(2, to_sql(row.first));
  replace.exec();
}

void MemberTables::drop_ahead(StreamId stream) {
  SQLite::Statement& statement = statements_.get("DELETE FROM ahead WHERE stream = ?");
  bind_blob(statement, 1, view(stream));
  statement.exec();
}

std::int64_t MemberTables::local(std::int64_t scope, const crdt::Dot& dot) {
  return Numbering::dot(numbering_.stream(dot.stream, scope), dot.seq, dot.op);
}

void MemberTables::put_deferred(const sync::PutDeferred& write) {
  const std::int64_t scope = numbering_.scope(write.scope);
  const std::int64_t op = local(scope, write.op);
  SQLite::Statement& insert = statements_.get("INSERT OR IGNORE INTO deferred VALUES (?, ?, ?)");
  SQLite::bind(insert, op, scope, static_cast<int>(write.kind));
  insert.exec();
}

void MemberTables::put_dead_letter(const sync::PutDeadLetter& write) {
  const std::int64_t scope = numbering_.scope(write.scope);
  const std::int64_t op = local(scope, write.op);
  SQLite::Statement& insert = statements_.get("INSERT OR IGNORE INTO dead_letter VALUES (?, ?, ?)");
  SQLite::bind(insert, op, scope, write.reason);
  insert.exec();
}

void MemberTables::put_task(const sync::PutTask& write) {
  const std::int64_t scope = numbering_.scope(write.scope);
  const std::int64_t entity = local(scope, write.entity);
  const std::int64_t cause = local(scope, write.cause);
  SQLite::Statement& insert = statements_.get("INSERT OR IGNORE INTO task VALUES (?, ?, ?)");
  SQLite::bind(insert, entity, cause, write.kind);
  insert.exec();
}

std::vector<sync::Certificate> MemberTables::certificates() {
  std::vector<sync::Certificate> rows;
  SQLite::Statement& select = statements_.get("SELECT b FROM certificate");
  while (select.executeStep()) {
    auto certificate = sync::decode_certificate(blob_of(select.getColumn(0)));
    if (certificate) rows.push_back(std::move(*certificate));
  }
  return rows;
}

std::vector<sync::Revocation> MemberTables::revocations() {
  std::vector<sync::Revocation> rows;
  SQLite::Statement& select = statements_.get("SELECT b FROM revocation");
  while (select.executeStep()) {
    auto revocation = sync::decode_revocation(blob_of(select.getColumn(0)));
    if (revocation) rows.push_back(std::move(*revocation));
  }
  return rows;
}

std::vector<sync::ScopeKeyOp> MemberTables::scope_keys() {
  std::vector<sync::ScopeKeyOp> rows;
  SQLite::Statement& select = statements_.get("SELECT b FROM scope_key");
  while (select.executeStep()) {
    auto op = sync::decode_scope_key(blob_of(select.getColumn(0)));
    if (op) rows.push_back(std::move(*op));
  }
  return rows;
}

std::vector<sync::Receipt> MemberTables::receipts() {
  std::vector<sync::Receipt> rows;
  SQLite::Statement& select = statements_.get("SELECT b FROM receipt");
  while (select.executeStep()) {
    auto receipt = sync::decode_receipt(blob_of(select.getColumn(0)));
    if (receipt) rows.push_back(std::move(*receipt));
  }
  return rows;
}

std::vector<sync::Cursor> MemberTables::cursors() {
  std::vector<sync::Cursor> rows;
  SQLite::Statement& select = statements_.get("SELECT peer, instance, n, full_at FROM cursor");
  while (select.executeStep()) {
    const auto peer = id_from<NodeId>(blob_of(select.getColumn(0)));
    if (!peer) continue;
    rows.push_back({*peer,
                    from_sql(select.getColumn(1).getInt64()),
                    from_sql(select.getColumn(2).getInt64()),
                    {select.getColumn(3).getInt64()}});
  }
  return rows;
}

std::vector<sync::PeerAck> MemberTables::acks() {
  std::vector<sync::PeerAck> rows;
  SQLite::Statement& select = statements_.get("SELECT peer, stream, seq FROM ack");
  while (select.executeStep()) {
    const auto peer = id_from<NodeId>(blob_of(select.getColumn(0)));
    const auto stream = id_from<StreamId>(blob_of(select.getColumn(1)));
    if (!peer || !stream) continue;
    rows.push_back({*peer, *stream, from_sql(select.getColumn(2).getInt64())});
  }
  return rows;
}

std::vector<sync::Ahead> MemberTables::ahead() {
  std::vector<sync::Ahead> rows;
  SQLite::Statement& select = statements_.get("SELECT stream, first FROM ahead");
  while (select.executeStep()) {
    const auto stream = id_from<StreamId>(blob_of(select.getColumn(0)));
    if (stream) rows.push_back({*stream, from_sql(select.getColumn(1).getInt64())});
  }
  return rows;
}

}  // namespace yizhan::node
