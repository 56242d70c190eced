// Session: the conversation with one peer over one link.
//
// What        HELLO, proof, digests, vectors; then segments, keyring rows and receipts as credit
//             allows, acknowledgements as they become durable. What the peer lacks is kept as one
//             number a stream, never as a queue of data: the disk is the queue.
// Invariants  I1  nothing but HELLO and proof is taken from a peer before it has proven its key
//                 now.
//             I2  nothing of a scope is sent to a peer whose certificate does not replicate it.
//             I3  acknowledgements name only what this step's commit makes durable.
//             I4  queued bytes per lane stay below one window plus one object.
// Units       MonoMs for deadlines.
// Errors      A peer's fault closes the link with a notice; the dialer comes back with back-off.
// Source      design.md section 7; sync-notes.md C5, C6.
#pragma once
#include <deque>
#include <map>
#include <optional>

#include "sync/admission.h"
#include "sync/fragment.h"

namespace yizhan::sync {

constexpr std::size_t kQuestionsMax = 8;  // SCOPES open at once: each may cost a vector a scope

// What one handled object asks of the engine beyond this session.
struct SessionNews {
  std::optional<Admitted> admitted;  // other sessions may want it
  std::vector<Scope> receipts;       // newer receipts to relay
  bool proven = false;               // just now
};

class Session {
 public:
  Session(Replica& replica, const LinkOpened& link, MonoMs now);

  LinkId link() const { return link_; }
  bool proven() const { return proven_; }
  bool closed() const { return closed_; }
  const std::optional<NodeId>& peer() const { return peer_; }
  MonoMs opened_at() const { return opened_at_; }

  void start(WallMs wall, Batch& batch);  // the dialer says HELLO
  SessionNews on_frame(WallMs wall, MonoMs now, ByteView frame, Batch& batch);
  void on_timer(MonoMs now, Batch& batch);

  // New changes of a stream from `first` on are held here: the peer may want them.
  void offer(const StreamRow& row, std::uint64_t first);
  void offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes);
  void offer_receipt(const Receipt& receipt);
  void compare_digests(bool full);  // asks with SCOPES, unless enough questions are open
  void members_changed();           // authors that were unknown may be known now

  bool wants_tail(const StreamRow& row) const;  // an unsealed tail of it is due to this peer
  bool pump(MonoMs now, Effects& out);  // fills the lanes from the store; true: more is waiting
  void flush(MonoMs now,
             Effects& out);  // control messages of this step, then frames as credit allows
  MonoMs deadline() const;
  bool idle() const;  // nothing to send, but for a tail that cannot be sealed yet
  std::size_t queued_bytes() const;
  void close(const char* reason, Effects& out);

 private:
  const Certificate& peer_certificate() const;
  bool serves(const Scope& scope) const;
  void take(WallMs wall, MonoMs now, Message message, Batch& batch, SessionNews& news);
  void take_hello(WallMs wall, const Hello& hello, Batch& batch, SessionNews& news);
  void take_proof(const Proof& proof, Batch& batch, SessionNews& news);
  void take_scopes(const Scopes& scopes, WallMs wall, Batch& batch);
  void take_vector(const Vector& vector, Batch& batch);
  bool claims_more_of_ours(const Vector& vector) const;
  void leave_old_epoch(const Scope& scope, Batch& batch);
  void take_key_rows(const KeyRows& rows, Batch& batch);
  void settle_early_keys(StreamId stream, Batch& batch);
  void take_segment(WallMs wall, ByteView container, Batch& batch, SessionNews& news);
  void take_cover(ByteView header, Batch& batch, SessionNews& news);
  void take_ack(const Ack& ack, Batch& batch);
  void take_credit(MonoMs now, const Credit& credit);
  void take_done(const Done& done, WallMs wall, Batch& batch);
  void take_ping(const Ping& ping);
  void peer_holds_all();
  void become_proven(const Hello& hello, Batch& batch, SessionNews& news);
  void admitted(const Admitted& admitted, Batch& batch, SessionNews& news);
  void refused(const Error& error, Batch& batch);
  void say_hello(WallMs wall, bool answer);
  void send_control(const Message& message) { frames_.push(0, encode(message), false); }
  void send_vector(const Scope& scope);
  void send_scopes(bool full);
  void send_covers_after(std::uint64_t arrival);
  void queue_arrivals(const Scope& scope, std::uint64_t after);
  void queue_own_tails(const Scope& scope);
  void queue_all_keys(const Scope& scope);
  bool push_segments(StreamId stream, std::uint64_t& next);
  void send_covers(StreamId stream);
  std::uint8_t lane_for(const StreamRow& row, std::uint64_t next);
  std::pair<Key32, Key32> curve_keys() const;  // dialer's, binder's

  Replica& replica_;
  LinkId link_;
  Key32 peer_curve_;
  bool dialed_;
  MonoMs opened_at_;
  MonoMs heard_at_;
  MonoMs ping_at_;
  std::optional<NodeId> peer_;
  bool hello_sent_ = false;
  bool proven_ = false;
  bool closed_ = false;
  Nonce8 nonce_{};
  Nonce8 peer_nonce_{};
  std::optional<Hello> peer_hello_;

  FrameSender frames_;
  FrameReceiver receiver_;
  std::array<std::size_t, kLanes> to_grant_{};
  std::size_t frame_payload_ = 16 * 1024;
  MonoMs last_grant_{};

  std::map<StreamId, std::uint64_t> wanted_;  // next seq to send
  std::map<StreamId, std::uint64_t> known_;   // the peer holds up to here
  std::map<StreamId, std::uint8_t> lanes_;    // in which a stream was sent last
  struct WaitingCover {
    std::uint64_t last = 0;
    Bytes header;
  };
  std::map<StreamId, std::vector<WaitingCover>> covers_;  // until the peer holds the changes
  std::map<StreamId, VectorEntry> to_ack_;
  std::vector<KeyRow> early_keys_;  // of segments that have not come yet
  std::set<StreamId> forks_;        // streams of which the peer has another history than we
  std::set<Scope> retry_scopes_;    // something was refused for an unknown author
  std::map<Scope, Id16> peer_digests_;
  std::deque<bool> asked_;       // full or not: the SCOPES we asked with, until they are answered
  std::set<Scope> vectors_due_;  // by which the peer will say what it lacks
  bool skipped_ = false;         // something sent to us was not admitted: DONE means nothing now
  bool unreadable_ = false;      // something due could not be read here: DONE would not be true
  bool owes_done_ = false;
  int mismatched_pings_ = 0;
};

}  // namespace yizhan::sync
