// Sending: what the peer is owed, and how far it is.
//
// What        What the peer lacks is kept as one number a stream, never as a queue of data: the
//             disk is the queue. Segments with their keyring rows, and covers, are read as the
//             lanes have room.
// Invariants  I1  nothing of a scope that the two ends do not both replicate is sent.
//             I2  queued bytes per lane stay below one window plus one object.
//             I3  a segment's keyring rows travel before it, in its lane.
//             I4  behind what cannot be read here nothing of its stream is sent.
// Units       seq; bytes.
// Errors      None: what cannot be read is told by unread().
// Source      design.md section 7; docs/protocol.md "The exchange".
#pragma once
#include <utility>

#include "sync/counterpart.h"
#include "sync/waiting_covers.h"

namespace yizhan::sync {

class Sending {
 public:
  // REQUIRES: both outlive this.
  Sending(const Counterpart& counterpart, Lanes& lanes)
      : counterpart_(counterpart), lanes_(lanes) {}

  // What there is to send. REQUIRES of the first three: the scope is served.
  bool offer(const StreamRow& row, std::uint64_t first);  // false: the peer holds it
  void offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes);
  void offer_after(const Scope& scope, std::uint64_t arrival);  // and the own unsealed tail
  void offer_covers_after(std::uint64_t arrival);
  void offer_keys(const Scope& scope);  // all keyring rows

  // What the peer is known to hold.
  void restart(const StreamRow& row, std::uint64_t held);  // by its own VECTOR
  void stop(StreamId stream);                              // the peer is on another branch
  void reached(StreamId stream, std::uint64_t seq);
  void reached_all();
  void take(const Ack& ack, Batch& batch);

  void pump();  // fills the lanes from the store
  // Why something of the own log could not be read; each time once.
  std::optional<Error> unread() { return std::exchange(unread_, std::nullopt); }
  bool wants_tail(const StreamRow& row) const;
  bool done() const { return wanted_.empty() && covers_.empty() && !unreadable_; }
  // Nothing to send, but for a tail that cannot be sealed yet.
  bool idle() const;

 private:
  bool push_segments(StreamId stream, std::uint64_t& next);
  void push_segment(std::uint8_t lane, std::uint64_t first, const SegmentRow& segment);
  void push_keys(std::uint8_t lane, const std::vector<KeyRow>& keys);
  std::uint8_t lane_for(const StreamRow& row, std::uint64_t next);
  void send_covers(StreamId stream);

  const Counterpart& counterpart_;
  Lanes& lanes_;
  std::map<StreamId, std::uint64_t> wanted_;      // next seq to send
  std::map<StreamId, std::uint64_t> known_;       // the peer holds up to here
  std::map<StreamId, std::uint8_t> stream_lane_;  // in which a stream was sent last
  WaitingCovers covers_;
  bool unreadable_ = false;  // damaged here: healed by journal or peers first
  std::optional<Error> unread_;
};

}  // namespace yizhan::sync
