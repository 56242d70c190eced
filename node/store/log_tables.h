// Log tables: streams, segments, the unsealed tail, keyring, digests and what hangs on them.
//
// What        One put() for each of these writes, and what the engine reads of them.
// Invariants  I1  a covering segment leaves none of the segments inside it; a segment leaves no
//                 tail row up to its last seq.
//             I2  segments are handed out by their first seq.
// Units       Sequence and arrival numbers.
// Errors      Throws SQLite::Exception.
// Source      design.md section 8; docs/storage.md.
#pragma once
#include "node/store/numbering.h"
#include "sync/store.h"

namespace yizhan::node {

// What `seg.tag` holds: the seal covers what a segment says, this covers how it is packed.
std::int64_t container_tag(ByteView container);
// What `keyring.tag` holds: the digest tells that some row is damaged, this tells which. 32 bits.
std::int64_t key_row_tag(const sync::KeyRow& row);

class LogTables {
 public:
  LogTables(Statements& statements, Numbering& numbering)
      : statements_(statements), numbering_(numbering) {}

  bool put(const sync::Write& write);  // false: this write belongs elsewhere

  std::uint64_t arrivals();
  crdt::Hlc hlc_floor();
  std::vector<sync::StreamRow> streams();
  std::vector<std::pair<sync::Scope, sync::ScopeDigest>> digests();
  std::vector<sync::SegmentRow> segments(StreamId stream, std::uint64_t from,
                                         std::size_t bytes_max);
  std::vector<sync::TailRow> tail(StreamId stream, std::uint64_t from);
  std::vector<sync::KeyRow> key_rows(StreamId stream, std::uint64_t from, std::uint64_t to);
  std::vector<sync::KeyRow> rows_of_key(const crdt::Dot& key);
  std::vector<sync::StoreView::Arrived> arrived_after(std::uint64_t arrival);
  std::vector<sync::SegmentRow> covers_after(std::uint64_t arrival, std::size_t most);
  std::optional<sync::IdempotencyRow> idempotency(std::uint64_t key);

 private:
  void put_stream(const sync::StreamRow& row);
  void put_tail(const sync::PutTail& write);
  void put_segment(const sync::SegmentRow& row);
  void put_key_row(const sync::KeyRow& row);
  void put_digest(const sync::PutDigest& write);
  void put_idempotency(const sync::IdempotencyRow& row);
  void put_floor(crdt::Hlc floor);
  // The number of a stream in its own scope; 0 when it is not held.
  std::int64_t own_number(StreamId id);
  sync::SegmentRow segment_at(const SQLite::Statement& row) const;
  sync::KeyRow key_row_at(const SQLite::Statement& row) const;

  Statements& statements_;
  Numbering& numbering_;
};

}  // namespace yizhan::node
