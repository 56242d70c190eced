// The engine's store: what it reads and what it writes, as plain values.
//
// What        `StoreView` is the read side, implemented by node/store (SQLite) and tests/sim
//             (memory); `Write` is one durable effect. A driver applies the writes of one step in
//             order and at once, so that the next step reads them; the commit may gather several
//             steps.
// Invariants  I1  writes become durable all together or not at all, in whole steps.
//             I2  reads see every applied write, committed or not.
//             I3  the engine numbers arrivals upwards from arrivals() + 1; a number is never
//             reused.
// Units       Bytes, seq.
// Errors      Reading a damaged row gives StorageCorrupt; the engine then stops trusting the row.
// Source      design.md sections 3 and 8.
#pragma once
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "crdt/entity_state.h"
#include "sync/certificate.h"
#include "sync/digest.h"
#include "sync/keyring.h"
#include "sync/receipt.h"
#include "sync/revocation.h"
#include "sync/segment.h"

namespace yizhan::sync {

struct StreamRow {
  StreamId id;
  Scope scope;
  NodeId author;
  Epoch epoch;
  std::uint64_t seq = 0;     // highest admitted
  Head head;                 // there
  std::uint64_t sealed = 0;  // highest seq inside a segment; beyond it the tail (own streams only),
                             // before it what a revocation has cut off: kept, and never counted
  friend bool operator==(const StreamRow&, const StreamRow&) = default;
};

struct SegmentRow {
  StreamId stream;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t arrival = 0;  // number in this database's log instance, given by the engine
  std::uint64_t content = 0;  // arrival at which its changes were complete here: `arrival`, or for
                              // a covering segment the greatest `content` of those it replaced
  bool covering = false;  // replaced smaller ones: peers that have the changes get header and seal
  std::uint32_t changes_bytes = 0;  // uncompressed body size
  Bytes container;                  // as received
};

struct TailRow {
  std::uint64_t seq = 0;
  Bytes expanded;
};

// What became of an Idempotency-Key: written in the change's own transaction, kept 7 days.
struct IdempotencyRow {
  std::uint64_t key = 0;  // BLAKE2b-64(principal, Idempotency-Key)
  Hash32 request{};       // hash of the request body
  crdt::Dot entity;
  std::uint16_t status = 0;
  WallMs at;
  friend bool operator==(const IdempotencyRow&, const IdempotencyRow&) = default;
};

struct Cursor {
  NodeId peer;
  std::uint64_t log_instance = 0;
  std::uint64_t arrivals = 0;  // everything up to here was received from the peer and committed
  WallMs full_at;              // last full vector exchange with this peer
};

struct PeerAck {
  NodeId peer;
  StreamId stream;
  std::uint64_t seq = 0;  // durable at the peer
};

// Changes of a stream came whose stamps lay in the future, and nobody has judged them yet.
struct Ahead {
  StreamId stream;
  std::uint64_t first = 0;
  friend auto operator<=>(const Ahead&, const Ahead&) = default;
};

using StatePtr = std::shared_ptr<const crdt::EntityState>;

class StoreView {
 public:
  virtual ~StoreView() = default;

  // Loaded once when the engine starts.
  virtual std::uint64_t log_instance() const = 0;  // random, fixed when the database is created
  virtual std::uint64_t arrivals() const = 0;      // highest arrival number
  virtual crdt::Hlc hlc_floor() const = 0;
  virtual std::vector<StreamRow> streams() const = 0;
  // What stands of membership, as the `auth` scopes' operations give it. Needed only where these
  // cannot be read.
  virtual std::vector<Certificate> certificates() const = 0;
  virtual std::vector<Revocation> revocations() const = 0;
  virtual std::vector<ScopeKeyOp> scope_keys() const = 0;
  virtual std::vector<std::pair<Scope, ScopeDigest>> digests() const = 0;
  virtual std::vector<Receipt> receipts() const = 0;
  virtual std::vector<Cursor> cursors() const = 0;
  virtual std::vector<PeerAck> acks() const = 0;
  virtual std::vector<Ahead> ahead() const = 0;

  // Read as needed.
  virtual Result<StatePtr> entity(const Scope& scope,
                                  const crdt::Dot& dot) const = 0;  // null: none
  // Segments of a stream that hold a seq >= from, by first seq, until `bytes_max` is passed.
  virtual Result<std::vector<SegmentRow>> segments(StreamId stream, std::uint64_t from,
                                                   std::size_t bytes_max) const = 0;
  virtual Result<std::vector<TailRow>> tail(StreamId stream, std::uint64_t from) const = 0;
  virtual std::vector<KeyRow> key_rows(StreamId stream, std::uint64_t from,
                                       std::uint64_t to) const = 0;
  // All rows kept for one data key: the one that opens is used.
  virtual std::vector<KeyRow> rows_of_key(const crdt::Dot& key) const = 0;
  // Streams with segments whose `content` is after `arrival`, each with the least first seq.
  struct Arrived {
    StreamId stream;
    std::uint64_t first = 0;
  };
  virtual std::vector<Arrived> arrived_after(std::uint64_t arrival) const = 0;
  // Covering segments with content <= arrival < their own arrival, by arrival, at most `most`.
  virtual std::vector<SegmentRow> covers_after(std::uint64_t arrival, std::size_t most) const = 0;
};

struct PutStream {
  StreamRow row;
};
struct PutTail {
  StreamId stream;
  TailRow row;
};
// Stores a segment; the store drops tail rows of the stream up to `last` and, when `covering`, the
// segments that lie wholly inside it.
struct PutSegment {
  SegmentRow row;
};
// `before` is null for a new entity, `after` for one of which nothing is left: projections are
// updated from the difference.
struct PutEntity {
  Scope scope;
  crdt::Dot dot;
  StatePtr before;
  StatePtr after;
};
// One row more for a key; an equal row again changes nothing.
struct PutKeyRow {
  KeyRow row;
};
struct PutCertificate {
  Certificate certificate;
};
struct PutRevocation {
  Revocation revocation;
};
struct PutScopeKey {
  ScopeKeyOp op;
};
// It stands no more: its issuer was cut before it.
struct DropCertificate {
  NodeId node;
};
struct DropRevocation {
  NodeId node;
};
struct DropScopeKey {
  Scope scope;
  std::uint32_t generation = 0;
};
struct PutDigest {
  Scope scope;
  ScopeDigest digest;
};
struct PutReceipt {
  Receipt receipt;
};
struct PutCursor {
  Cursor cursor;
};
struct PutAck {
  PeerAck ack;
};
struct PutAhead {
  Ahead row;
};
struct DropAhead {
  StreamId stream;
};
struct PutIdempotency {
  IdempotencyRow row;
};
struct PutHlcFloor {
  crdt::Hlc floor;
};
// An operation of an unknown kind: applied after an upgrade.
struct PutDeferred {
  Scope scope;
  crdt::Dot op;
  std::uint16_t kind = 0;
};
// An operation that cannot take effect, with its reason: the stream goes on.
struct PutDeadLetter {
  Scope scope;
  crdt::Dot op;
  std::string reason;
};
// A write that a delete had not seen: a person decides.
struct PutTask {
  Scope scope;
  crdt::Dot entity;
  crdt::Dot cause;
  std::string kind;
};
// A change of this node itself, for the journal: appended after the commit, before it is released.
// It holds everything by which the change can be taken back should the database lose it.
struct JournalChange {
  StreamId stream;
  Epoch epoch;
  std::uint64_t seq = 0;
  Head head;  // after this change
  Bytes expanded;
  std::vector<KeyRow> keys;
  std::optional<IdempotencyRow> idempotency;
  friend bool operator==(const JournalChange&, const JournalChange&) = default;
};

using Write =
    std::variant<PutStream, PutTail, PutSegment, PutEntity, PutKeyRow, PutCertificate,
                 PutRevocation, PutScopeKey, DropCertificate, DropRevocation, DropScopeKey,
                 PutDigest, PutReceipt, PutCursor, PutAck, PutAhead, DropAhead, PutIdempotency,
                 PutHlcFloor, PutDeferred, PutDeadLetter, PutTask, JournalChange>;

}  // namespace yizhan::sync
