// Member tables: certificates, revocations, scope keys, receipts, cursors, acknowledgements, and
// what waits.
//
// What        One put() for each of these writes, and what the engine loads of them at its start.
// Invariants  I1  a row that does not decode is left out here; verify names it.
// Units       none.
// Errors      Throws SQLite::Exception.
// Source      design.md sections 4, 7 and 8; docs/storage.md.
#pragma once
#include "node/store/numbering.h"
#include "sync/store.h"

namespace yizhan::node {

class MemberTables {
 public:
  MemberTables(Statements& statements, Numbering& numbering)
      : statements_(statements), numbering_(numbering) {}

  void put(const sync::Write& write);

  std::vector<sync::Certificate> certificates();
  std::vector<sync::Revocation> revocations();
  std::vector<sync::ScopeKeyOp> scope_keys();
  std::vector<sync::Receipt> receipts();
  std::vector<sync::Cursor> cursors();
  std::vector<sync::PeerAck> acks();
  std::vector<sync::Ahead> ahead();

 private:
  void put_certificate(const sync::Certificate& certificate);
  void put_revocation(const sync::Revocation& revocation);
  void put_scope_key(const sync::ScopeKeyOp& op);
  void drop(const char* text, NodeId node);
  void drop_scope_key(const sync::DropScopeKey& write);
  void put_receipt(const sync::Receipt& receipt);
  void put_cursor(const sync::Cursor& cursor);
  void put_ack(const sync::PeerAck& ack);
  void put_ahead(const sync::Ahead& row);
  void drop_ahead(StreamId stream);
  void put_deferred(const sync::PutDeferred& write);
  void put_dead_letter(const sync::PutDeadLetter& write);
  void put_task(const sync::PutTask& write);
  std::int64_t local(std::int64_t scope, const crdt::Dot& dot);

  Statements& statements_;
  Numbering& numbering_;
};

}  // namespace yizhan::node
