// Engine: one node's half of the city, as a state machine without I/O.
//
// What        Takes facts (a frame came, a link opened, time passed, a person wrote something) and
//             gives effects in the order in which they must happen: writes first, then, once these
//             are durable, frames. Production drives it with SQLite and ZeroMQ, the simulator with
//             a virtual city; both run this very code.
// Invariants  I1  no frame may leave before the writes of its own and all earlier steps are durable
//                 (sync/outbox.h keeps them back).
//             I2  a change is stored only if its author's certificate lets it write that scope, the
//                 stream id is the author's, the seal verifies and the chain continues ours.
//             I3  memory does not grow with history: only streams, digests and acknowledgements are
//             held.
// Units       See crdt/base/time.h.
// Errors      write() refuses a draft without changing anything; a peer's fault ends its session
//             and is reported as a notice, never as a failure of the step.
// Not here    What a record means: node/app. Sockets: node/net. Files: node/store.
// Source      design.md section 3 "Sans-IO"; sync-notes.md C0.
#pragma once
#include <map>
#include <memory>

#include "sync/draft.h"
#include "sync/message.h"
#include "sync/node_clock.h"

namespace yizhan::sync {

using LinkId = std::uint64_t;

struct LinkOpened {
  LinkId link = 0;
  Key32 peer_curve{};  // authenticated by CURVE
  bool dialed = false;
};
struct LinkClosed {
  LinkId link = 0;
};
struct FrameReceived {
  LinkId link = 0;
  Bytes bytes;
};
struct TimerFired {};
using Event = std::variant<LinkOpened, LinkClosed, FrameReceived, TimerFired>;

struct SendFrame {
  LinkId link = 0;
  Bytes bytes;
};

// For logs, counters and screens; never personal data.
struct Notice {
  enum class Kind : std::uint8_t {
    SessionUp,    // HELLO exchanged and proven
    SessionDown,  // with the reason
    Refused,      // a segment, receipt or message was refused; detail is the error
    Admitted,     // changes of another node took effect
    Held,         // changes past their author's revocation came: kept, and never counted
    Carried,      // the parent acknowledged
    Received,     // a receipt came or was made
    AllowListChanged,
    ForkSeen,    // the peer holds another history of a stream of `node`
    EpochOpened  // others hold more of this node's own streams than itself
  };
  Kind kind = Kind::Refused;
  LinkId link = 0;
  NodeId node;
  Scope scope;
  std::uint64_t count = 0;
  std::string detail;
};

struct Effects {
  // 0. This node's database is older than what others hold of it, or another machine writes under
  // its name: it writes in new streams from this step on. Durable before the writes of this step;
  // then the log gets a new instance, the links are dropped and a new engine begins.
  std::optional<Epoch> epoch;
  std::vector<Write> writes;     // 1. applied at once, durable before anything below
  std::vector<SendFrame> sends;  // 2. best effort; the session repairs losses
  std::vector<LinkId> closes;    // 3.
  std::vector<Notice> notices;
  std::optional<MonoMs> wake_at;   // when to step with TimerFired at the latest
  std::optional<WallMs> attested;  // the time by the parent's clock, as of this step
  // The store refused a read in the middle of the step: roll back, drop the links, build a new
  // engine.
  std::optional<Error> storage_error;
};

enum class Rung : std::uint8_t { Saved = 0, Carried = 1, Received = 2 };

// Who this node is. The parent's certificate is known from enrolment; empty at the hub.
struct Identity {
  Key32 root_public{};
  Certificate certificate;
  NodeSecrets secrets;
  Epoch epoch;
  // When it was opened in the place of another one, by the node's clock; 0: it is the first one.
  WallMs reopened;
  std::optional<NodeId> parent;
  std::vector<Certificate> trusted;  // chain to the root, root side first, own included
};

struct PeerStatus {
  NodeId node;
  bool connected = false;  // a proven session stands
  std::optional<WallMs> last_contact;
  std::optional<std::int64_t> ahead_ms;  // its clock of this node's, when it said HELLO
};

class Engine {
 public:
  // `store` and `entropy` outlive the engine. `identity` is kept.
  Engine(Identity identity, const StoreView& store, Entropy& entropy);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void step(WallMs now, MonoMs mono, const Event& event, Effects& out);

  // Writes a draft as one change of this node. On error nothing has changed.
  // Errors: OutOfScope, LimitExceeded, NotFound (a key that does not open here), BadFormat.
  Result<Written> write(WallMs now, MonoMs mono, const Draft& draft, Effects& out);

  // Issues a certificate and the scope keys it needs, as changes in this node's auth scope.
  // Errors: OutOfScope (wider than this node's own certificate), Busy (may_rule_on).
  Result<Written> certify(WallMs now, MonoMs mono, Certificate subject, Effects& out);

  // Revokes a node by position: what is held here of it counts, nothing after it, anywhere; and
  // gives every scope that it could read a new key. One change in this node's auth scope.
  // Errors: NotFound (no such member), OutOfScope (it does not stand below this node), Conflict (it
  // is revoked already), LimitExceeded (it has more streams than one change can name), Busy (what
  // was known of it has not come back to a node that was put back).
  Result<Written> revoke(WallMs now, MonoMs mono, NodeId node, Effects& out);

  // Takes back a change of this node's own that the store has lost, from its journal. On error
  // nothing has changed.
  // Errors: Gap (it does not follow what is held), BadChain (it follows something else), BadFormat.
  Result<void> take_back(WallMs now, MonoMs mono, const JournalChange& lost, Effects& out);

  // What the time is worth that the steps from now on are given. While it is doubtful, what is
  // written carries a mark and HELLO tells no time. While it is attested, the stamps below that lie
  // in the future are quarantined (sync/judge.h); the hub, above which is nobody, attests itself.
  void judge_clock(ClockWorth worth);

  // Asks every session to compare digests now.
  void sync_now(WallMs now, MonoMs mono, Effects& out);

  const Certificate& self() const;
  NodeId node() const;
  const Epoch& epoch() const;  // in which it writes
  std::vector<Certificate> members() const;
  const Certificate* member(NodeId node) const;
  // Of a revoked node; empty for others.
  struct Revoked {
    std::uint64_t counted = 0;  // of its changes
    std::uint64_t held = 0;     // kept here, and never counted
  };
  std::optional<Revoked> revoked(NodeId node) const;
  std::vector<StreamRow> streams() const;
  std::vector<Scope> scopes() const;
  std::optional<Scope> scope_of(StreamId stream) const;  // of a stream that is held
  ScopeDigest digest(const Scope& scope) const;
  std::vector<PeerStatus> peers() const;
  std::vector<Receipt> receipts() const;
  std::vector<ScopeKeyOp> scope_keys() const;

  Rung rung(const crdt::ChangeId& change) const;    // of one admitted change
  Rung rung(const crdt::EntityState& state) const;  // the least of its live changes
  struct Delivery {
    std::uint64_t saved = 0;     // changes of this node's own streams in biz
    std::uint64_t carried = 0;   // of these, durable at the parent or received
    std::uint64_t received = 0;  // of these, covered by a hub receipt
  };
  Delivery delivery() const;

  // Opens one blob of a live sibling; Denied where this node may not read.
  Result<std::vector<std::string>> open(const Scope& scope, const crdt::ChangeId& at,
                                        std::uint8_t blob_number,
                                        const crdt::SealedBlob& blob) const;

  // CURVE keys that may connect: the nodes certified below this one, and the parent.
  std::vector<Key32> allowed_curve_keys() const;
  // Whether any other key may, too: a session finds out whether it was certified from here.
  bool takes_unknown_keys(WallMs now) const;

 private:
  Result<Written> write_control(WallMs now, MonoMs mono, std::vector<crdt::Op> ops, Effects& out);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::sync
