// Messages of a session and the frames that carry them.
//
// What        HELLO both ways, proof, digests, vectors, segments, covers, keyring rows, receipts,
//             acknowledgements, credit, done marks, pings, introductions. A message is an
//             object; the fragment layer (sync/fragment.h) cuts objects into frames.
// Invariants  I1  decode(encode(m)) == m; other encodings are refused.
//             I2  HELLO is at most 200 bytes.
//             I3  lists that are sets travel sorted: vectors and acknowledgements by stream, scopes
//                 by scope, keyring rows by row. encode() sorts them.
// Units       Bytes, seq, milliseconds.
// Errors      BadFormat, LimitExceeded, UnknownVersion.
// Source      design.md section 7; docs/protocol.md.
#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "crdt/base/time.h"
#include "sync/digest.h"
#include "sync/receipt.h"
#include "sync/segment.h"

namespace yizhan::sync {

using Nonce8 = std::array<std::uint8_t, 8>;

// Signed over both CURVE keys and, in the answer, the nonce of the question: `hello_signed_bytes`.
struct Hello {
  std::uint32_t version = kWireVersion;
  NetworkId network;
  NodeId node;
  bool answer = false;
  Nonce8 nonce{};
  Nonce8 peer_nonce{};             // zero in the first HELLO
  std::uint64_t log_instance = 0;  // of this node's database
  std::uint64_t arrivals = 0;      // highest arrival number in it
  Id16 digest{};                   // folded over all common scopes
  WallMs now;                      // 0: this node's clock is suspect
  HeadTag auth_head{};             // of this node's own auth stream
  Signature signature{};
  friend bool operator==(const Hello&, const Hello&) = default;
};
// The dialer's proof that it holds its key now: a signature over the binder's nonce.
struct Proof {
  Signature signature{};
  friend bool operator==(const Proof&, const Proof&) = default;
};
struct ScopeState {
  Scope scope;
  Id16 digest{};
  crdt::Hlc receipt;  // stamp of the receipt held; 0: none
  friend bool operator==(const ScopeState&, const ScopeState&) = default;
};
struct Scopes {
  bool full = false;               // cursors are not trusted: send vectors
  std::uint64_t log_instance = 0;  // cursor that the sender holds of the receiver
  std::uint64_t arrivals = 0;
  std::vector<ScopeState> scopes;
  friend bool operator==(const Scopes&, const Scopes&) = default;
};
struct Vector {
  Scope scope;
  std::vector<VectorEntry> entries;
  friend bool operator==(const Vector&, const Vector&) = default;
};
struct SegmentMessage {
  Bytes container;
  friend bool operator==(const SegmentMessage&, const SegmentMessage&) = default;
};
struct CoverMessage {  // header and seal; the receiver has the changes
  Bytes header;
  friend bool operator==(const CoverMessage&, const CoverMessage&) = default;
};
struct KeyRows {
  std::vector<KeyRow> rows;
  friend bool operator==(const KeyRows&, const KeyRows&) = default;
};
struct ReceiptMessage {
  Bytes receipt;
  friend bool operator==(const ReceiptMessage&, const ReceiptMessage&) = default;
};
struct Ack {
  std::vector<VectorEntry> entries;  // durable at the sender of the ack
  friend bool operator==(const Ack&, const Ack&) = default;
};
struct Credit {
  std::array<std::uint32_t, kLanes> bytes{};
  friend bool operator==(const Credit&, const Credit&) = default;
};
struct Done {  // everything up to this arrival number has been sent
  std::uint64_t log_instance = 0;
  std::uint64_t arrivals = 0;
  friend bool operator==(const Done&, const Done&) = default;
};
struct Ping {
  bool idle = false;  // nothing queued or unacknowledged
  Id16 digest{};      // folded over all common scopes
  friend bool operator==(const Ping&, const Ping&) = default;
};

// The last word to a peer that belongs to the city no more.
struct Farewell {
  enum class Reason : std::uint8_t { Revoked = 1 };
  Reason reason = Reason::Revoked;
  friend bool operator==(const Farewell&, const Farewell&) = default;
};

// Before the answer to a HELLO: nobody here knows the dialer's key. Was it certified from here?
struct Who {
  friend bool operator==(const Who&, const Who&) = default;
};
struct Introduction {
  Bytes certificate;  // the dialer's own
  friend bool operator==(const Introduction&, const Introduction&) = default;
};

using Message = std::variant<Hello, Proof, Scopes, Vector, SegmentMessage, CoverMessage, KeyRows,
                             ReceiptMessage, Ack, Credit, Done, Ping, Farewell, Who, Introduction>;

Bytes encode(const Message& message);
Result<Message> decode_message(ByteView bytes);

// What the HELLO's signature covers besides its own fields: dialer's and binder's CURVE key.
Bytes hello_signed_bytes(const Hello& hello, const Key32& dialer_curve, const Key32& binder_curve);
Bytes proof_signed_bytes(NodeId node, const Nonce8& binder_nonce, const Key32& dialer_curve,
                         const Key32& binder_curve);

}  // namespace yizhan::sync
