// Lanes: what one session sends and receives as frames, and the byte credit of both directions.
//
// What        Messages are encoded, cut and put together again (sync/fragment.h). Credit that the
//             peer grants lets data go; for what came from it as much is granted back.
// Invariants  I1  control messages wait for no credit.
//             I2  a frame holds about half a second of what the link carried lately.
// Units       Bytes; MonoMs.
// Errors      Those of FrameReceiver: after one the session is over.
// Source      design.md section 7; sync-notes.md C6; docs/protocol.md "Frames".
#pragma once
#include "sync/engine.h"
#include "sync/fragment.h"

namespace yizhan::sync {

class Lanes {
 public:
  explicit Lanes(MonoMs now) : last_grant_(now) {}

  void say(const Message& message) { sender_.push(0, encode(message), false); }
  void push(std::uint8_t lane, const Message& message) {
    sender_.push(lane, encode(message), true);
  }
  std::size_t queued(std::uint8_t lane) const { return sender_.queued(lane); }
  std::size_t queued() const;
  bool empty() const { return sender_.empty(); }

  Result<ReceivedObject> receive(ByteView frame);
  void take(MonoMs now, const Credit& credit);
  void grant_back();  // says CREDIT when a lane has a good part of its window to get back
  bool flush(LinkId link, Effects& out);  // as credit allows; true: a frame left

 private:
  FrameSender sender_;
  FrameReceiver receiver_;
  std::array<std::size_t, kLanes> to_grant_{};
  std::size_t frame_payload_ = 16 * 1024;
  MonoMs last_grant_;
};

}  // namespace yizhan::sync
