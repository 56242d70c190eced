// Fragment layer: objects cut into frames and put together again, per lane.
//
// What        frame = [counter, lane, object, total, offset, bytes]. Frames of one direction are
//             numbered; a missing number means that the link lost something and the session starts
//             over.
// Invariants  I1  an object is delivered once, whole, in the order of its lane.
//             I2  at most one unfinished object per lane: memory <= kLanes * kObjectBytesMax.
//             I3  a duplicate frame changes nothing.
// Units       Bytes.
// Errors      BadFormat (frame or order of fragments), LimitExceeded, Gap (a frame is missing).
// Source      design.md section 7 "One fragment layer".
#pragma once
#include <deque>
#include <optional>

#include "sync/limits.h"
#include "sync/message.h"

namespace yizhan::sync {

struct Frame {
  std::uint64_t counter = 0;  // from 1, per direction of a session
  std::uint8_t lane = 0;
  std::uint64_t object = 0;
  std::uint32_t total = 0;
  std::uint32_t offset = 0;
  Bytes bytes;
  friend bool operator==(const Frame&, const Frame&) = default;
};
Bytes encode(const Frame& frame);
Result<Frame> decode_frame(ByteView bytes);

// Cuts queued objects into frames, lane 0 strictly first, then lanes 1 to 3 in the ratio 8:3:1 of
// bytes. An object, once begun, is sent to its end before the next of its lane.
class FrameSender {
 public:
  // `charged`: counts against the lane's credit; control messages do not and go before the
  // charged ones of their lane, so that acknowledgements and credit can never starve. The whole
  // object is charged when it is begun, for which any credit suffices: credit is granted for whole
  // objects only, so an object larger than the credit must not wait for more.
  // REQUIRES: 1 to kObjectBytesMax bytes.
  void push(std::uint8_t lane, Bytes object, bool charged);
  void grant(std::uint8_t lane, std::size_t bytes);
  // An encoded frame with at most `payload_max` bytes of an object; nothing when the queue is
  // empty or waits for credit.
  std::optional<Bytes> next(std::size_t payload_max);
  std::size_t queued(std::uint8_t lane) const;  // bytes not yet cut
  bool empty() const;

 private:
  struct Object {
    Bytes bytes;
    std::size_t sent = 0;
    std::uint64_t number = 0;  // given when it is begun
    bool charged = false;
  };
  struct Lane {
    std::deque<Object> objects;
    std::int64_t credit = 0;
    std::int64_t turn = 0;  // bytes sent, each weighed by the lane's price
    std::size_t queued = 0;
    bool ready() const;
  };
  int pick() const;  // -1: none
  void begin(Lane& lane);

  std::array<Lane, kLanes> lanes_ = initial_lanes();
  std::int64_t turn_ = 0;  // of the lane served last: a lane that was idle starts from here
  std::uint64_t counter_ = 0;
  std::uint64_t objects_ = 0;
  static std::array<Lane, kLanes> initial_lanes();
};

struct ReceivedObject {
  std::uint8_t lane = 0;
  std::size_t frame_bytes =
      0;  // of the whole object, to be granted back after the commit; 0: a part
  std::optional<Bytes> object;  // set when the last fragment came
};

class FrameReceiver {
 public:
  // A duplicate gives an empty ReceivedObject. After an error the session is over.
  Result<ReceivedObject> receive(ByteView frame);

 private:
  struct Partial {
    std::uint64_t number = 0;
    std::uint32_t total = 0;
    Bytes bytes;
  };
  std::array<std::optional<Partial>, kLanes> partial_;
  std::uint64_t counter_ = 0;
  std::uint64_t objects_ = 0;  // begun so far
};

}  // namespace yizhan::sync
