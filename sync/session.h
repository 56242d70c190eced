// Session: the conversation with one peer over one link.
//
// What        Takes frames apart and hands each message to the part it belongs to: handshake,
//             comparison, sending, receiving, lanes. Keeps the clock of the link.
// Invariants  I1  nothing but HELLO and proof is taken from a peer before it has proven its key
//                 now.
//             I2  a closed session takes and says nothing more.
//             I3  a peer whose key is not known is asked who it is, and only by a node that may
//                 have forgotten whom it certified.
//             I4  of a revoked peer nothing is taken; it is told what the `auth` scopes say, by
//                 which it learns that it is revoked, and FAREWELL.
// Units       MonoMs for deadlines.
// Errors      A peer's fault closes the link with a notice; the dialer comes back with back-off.
// Not here    What is exchanged, and in which order: the parts.
// Source      design.md section 7; sync-notes.md C5, C6.
#pragma once
#include "sync/handshake.h"
#include "sync/receiving.h"

namespace yizhan::sync {

// What one handled object asks of the engine beyond this session.
struct SessionNews {
  std::optional<Admitted> admitted;       // other sessions may want it
  std::vector<Scope> receipts;            // newer receipts to relay
  bool proven = false;                    // just now
  std::optional<Certificate> introduced;  // of a peer whose key nobody here knew
};

class Session {
 public:
  Session(Replica& replica, const LinkOpened& link, MonoMs now);
  Session(const Session&) = delete;  // its parts refer to each other
  Session& operator=(const Session&) = delete;

  LinkId link() const { return counterpart_.link; }
  bool proven() const { return handshake_.proven() && !parting_; }
  bool closed() const { return closed_; }
  const std::optional<NodeId>& peer() const { return counterpart_.node; }
  // Names the database that the peer has. REQUIRES: proven.
  std::uint64_t peer_log() const { return handshake_.peer_hello().log_instance; }
  MonoMs opened_at() const { return opened_at_; }
  std::int64_t peer_ahead_ms() const { return peer_ahead_ms_; }  // REQUIRES: proven

  void start(WallMs wall, Batch& batch);  // the dialer says HELLO
  // The peer is `node` after all: its HELLO is heard now. REQUIRES: it introduced itself.
  void introduce(NodeId node, WallMs wall, Batch& batch);
  SessionNews on_frame(WallMs wall, MonoMs now, ByteView frame, Batch& batch);
  void on_timer(MonoMs now, Batch& batch);

  // New changes of a stream from `first` on are held here: the peer may want them.
  void offer(const StreamRow& row, std::uint64_t first);
  void offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes);
  void offer_receipt(const Receipt& receipt);
  void compare_digests(bool full) { comparison_.ask(full); }  // REQUIRES: proven
  void members_changed();  // authors that were unknown may be known now

  bool wants_tail(const StreamRow& row) const;  // an unsealed tail of it is due to this peer
  void pump(MonoMs now, Effects& out);          // fills the lanes from the store
  void flush(MonoMs now, Effects& out);         // what is due with this step, then frames by credit
  MonoMs deadline() const;
  bool idle() const { return comparison_.idle(); }
  std::size_t queued_bytes() const { return lanes_.queued(); }
  void close(std::string reason, Effects& out);

 private:
  struct Step {
    WallMs wall;
    MonoMs now;
    Batch& batch;
    SessionNews& news;
  };
  bool open() const { return proven() && !closed_; }
  void part();
  void say_farewell();
  void take(const Hello& hello, Step& step);
  void take(const Proof& proof, Step& step);
  void take(const Scopes& scopes, Step& step);
  void take(const Vector& vector, Step& step);
  void take(const SegmentMessage& segment, Step& step);
  void take(const CoverMessage& cover, Step& step);
  void take(const KeyRows& rows, Step& step);
  void take(const ReceiptMessage& receipt, Step& step);
  void take(const Ack& ack, Step& step);
  void take(const Credit& credit, Step& step);
  void take(const Done& done, Step& step);
  void take(const Ping& ping, Step& step);
  void take(const Farewell& farewell, Step& step);
  void take(const Who& who, Step& step);
  void take(const Introduction& introduction, Step& step);
  bool may_be_heard(const Message& message) const;
  void become_proven(Step& step);
  void take_time(Step& step);
  template <class T>
  bool stands(const Result<T>& taken, Step& step);  // or the session ends

  Counterpart counterpart_;
  MonoMs opened_at_;
  std::int64_t peer_ahead_ms_ = 0;
  MonoMs heard_at_;
  MonoMs ping_at_;
  bool closed_ = false;
  bool farewell_said_ = false;
  bool parting_ = false;  // the peer is revoked: it is told so, and nothing else
  Key32 peer_curve_;
  std::optional<Hello> unheard_;  // of a peer whose key nobody here knows
  bool introduced_ = false;       // this node was asked who it is
  Lanes lanes_;
  Handshake handshake_;
  Sending sending_;
  Comparison comparison_;
  Receiving receiving_;
};

}  // namespace yizhan::sync
