// Dialer: the side of a link that calls its parent and calls again.
//
// What        One connection at a time, each with a socket of its own, so that nothing of an ended
//             connection reaches the next one and the peer sees a new link every time.
// Invariants  I1  a link is up only after the peer has proven the expected key.
//             I2  after each end the dialer waits, twice as long each time up to the maximum, also
//                 when it was refused: ZeroMQ itself would knock for ever at the same pace.
//             I3  an empty message from the peer means that it has ended the link.
// Units       Milliseconds.
// Errors      None: a call that fails is tried again.
// Source      reliability.md D7; sync-notes.md C6 (libzmq issues 882, 883, 990).
#pragma once
#include <chrono>
#include <memory>
#include <vector>

#include "node/net/intake.h"
#include "node/net/zmq_fwd.h"

namespace yizhan::node {

using SteadyTime = std::chrono::steady_clock::time_point;

class Dialer {
 public:
  Dialer(zmq::context_t& context, const CurveKeyPair& own, const LinkOptions& options);
  ~Dialer();
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;

  void receive(SteadyTime now, Intake& in);
  void act(SteadyTime now, Intake& in);  // dials, or gives up a call, when that is due
  SteadyTime due() const;
  // False: no such link, or its queue is full; then it is dropped.
  bool send(LinkId link, ByteView frame, SteadyTime now, Intake& in);
  void drop(LinkId link, SteadyTime now, Intake& in);
  void drop_all(SteadyTime now, Intake& in);

  std::vector<void*> handles() const;  // for zmq_poll; empty between calls

 private:
  struct Call;

  bool up(LinkId link) const;
  void dial(SteadyTime now);
  bool take_reports(Intake& in);  // false: the connection has ended
  bool take_frames(Intake& in);   // false: the peer ended it, or broke the rules
  void end(SteadyTime now, Intake& in);
  void wait_before_next(SteadyTime now, bool was_steady);

  zmq::context_t& context_;
  CurveKeyPair own_;
  LinkOptions options_;
  std::unique_ptr<Call> call_;
  SteadyTime next_call_{};
  std::chrono::milliseconds delay_{0};
};

}  // namespace yizhan::node
