#include "sync/fragment.h"

#include <algorithm>

#include "crdt/base/check.h"
#include "sync/parts.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kFrameOverheadMax = 40;  // array, two counters, lane, sizes, bin header
// Price of a byte by lane, the inverse of the ratio 8:3:1; lane 0 is not weighed.
constexpr std::int64_t kPrice[kLanes] = {0, 3, 8, 24};

bool begun(std::size_t sent) { return sent > 0; }

void check_extent(crdt::Reader& in, const Frame& frame) {
  if (frame.counter == 0 || frame.object == 0) in.reject("frames and objects count from 1");
  if (frame.bytes.empty()) in.reject("empty frame");
  if (frame.total > kObjectBytesMax) in.reject("object is too large", Errc::LimitExceeded);
  if (std::uint64_t{frame.offset} + frame.bytes.size() > frame.total) {
    in.reject("fragment reaches beyond its object");
  }
}

}  // namespace

Bytes encode(const Frame& frame) {
  Bytes bytes;
  bytes.reserve(frame.bytes.size() + kFrameOverheadMax);
  crdt::Writer out(bytes);
  out.array(6).uint(frame.counter).uint(frame.lane).uint(frame.object);
  out.uint(frame.total).uint(frame.offset).bin(frame.bytes);
  return bytes;
}

Result<Frame> decode_frame(ByteView bytes) {
  if (bytes.size() > kFrameBytesMax) return fail(Errc::LimitExceeded, "frame is too large");
  crdt::Reader in(bytes);
  in.array_of(6);
  Frame frame;
  frame.counter = in.uint();
  frame.lane = static_cast<std::uint8_t>(in.uint(kLanes - 1));
  frame.object = in.uint();
  frame.total = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  frame.offset = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  frame.bytes = get_bytes(in, kFrameBytesMax);
  check_extent(in, frame);
  return finished(in, std::move(frame));
}

std::array<FrameSender::Lane, kLanes> FrameSender::initial_lanes() {
  std::array<Lane, kLanes> lanes;
  for (std::size_t i = 0; i < kLanes; ++i)
    lanes[i].credit = static_cast<std::int64_t>(kLaneCredit[i]);
  return lanes;
}

bool FrameSender::Lane::ready() const {
  if (objects.empty()) return false;
  return begun(objects.front().sent) || !objects.front().charged || credit > 0;
}

void FrameSender::push(std::uint8_t lane_number, Bytes object, bool charged) {
  YZ_CHECK(lane_number < kLanes && !object.empty() && object.size() <= kObjectBytesMax);
  Lane& lane = lanes_[lane_number];
  if (!lane.ready()) lane.turn = std::max(lane.turn, turn_);
  lane.queued += object.size();
  auto place = lane.objects.end();
  if (!charged) {
    place = std::find_if(lane.objects.begin(), lane.objects.end(),
                         [](const Object& other) { return other.charged && !begun(other.sent); });
  }
  lane.objects.insert(place, Object{std::move(object), 0, 0, charged});
}

void FrameSender::grant(std::uint8_t lane_number, std::size_t bytes) {
  YZ_CHECK(lane_number < kLanes);
  Lane& lane = lanes_[lane_number];
  if (!lane.ready()) lane.turn = std::max(lane.turn, turn_);
  lane.credit += static_cast<std::int64_t>(std::min<std::size_t>(bytes, UINT32_MAX));
}

int FrameSender::pick() const {
  if (lanes_[0].ready()) return 0;
  int best = -1;
  for (int i = 1; i < static_cast<int>(kLanes); ++i) {
    const Lane& lane = lanes_[static_cast<std::size_t>(i)];
    if (!lane.ready()) continue;
    if (best < 0 || lane.turn < lanes_[static_cast<std::size_t>(best)].turn) best = i;
  }
  return best;
}

void FrameSender::begin(Lane& lane) {
  Object& object = lane.objects.front();
  object.number = ++objects_;
  if (object.charged) lane.credit -= static_cast<std::int64_t>(object.bytes.size());
}

std::optional<Bytes> FrameSender::next(std::size_t payload_max) {
  const int picked = pick();
  if (picked < 0) return std::nullopt;
  const auto lane_number = static_cast<std::uint8_t>(picked);
  Lane& lane = lanes_[lane_number];
  Object& object = lane.objects.front();
  if (!begun(object.sent)) begin(lane);

  const std::size_t payload =
      std::clamp<std::size_t>(payload_max, 1, kFrameBytesMax - kFrameOverheadMax);
  const std::size_t size = std::min(payload, object.bytes.size() - object.sent);
  const auto from = object.bytes.begin() + static_cast<std::ptrdiff_t>(object.sent);
  Frame frame{++counter_,
              lane_number,
              object.number,
              static_cast<std::uint32_t>(object.bytes.size()),
              static_cast<std::uint32_t>(object.sent),
              Bytes(from, from + static_cast<std::ptrdiff_t>(size))};
  object.sent += size;
  lane.queued -= size;
  if (lane_number != 0) turn_ = lane.turn;
  lane.turn += static_cast<std::int64_t>(size) * kPrice[lane_number];
  if (object.sent == object.bytes.size()) lane.objects.pop_front();
  return encode(frame);
}

std::size_t FrameSender::queued(std::uint8_t lane) const {
  YZ_CHECK(lane < kLanes);
  return lanes_[lane].queued;
}

bool FrameSender::empty() const {
  return std::all_of(lanes_.begin(), lanes_.end(),
                     [](const Lane& lane) { return lane.objects.empty(); });
}

Result<ReceivedObject> FrameReceiver::receive(ByteView bytes) {
  Result<Frame> frame = decode_frame(bytes);
  if (!frame) return fail(frame);
  if (frame->counter <= counter_) return ReceivedObject{};
  if (frame->counter != counter_ + 1) return fail(Errc::Gap, "a frame is missing");
  counter_ = frame->counter;

  std::optional<Partial>& partial = partial_[frame->lane];
  if (!partial) {
    if (frame->object != objects_ + 1) return fail(Errc::BadFormat, "object out of order");
    objects_ = frame->object;
    partial = Partial{frame->object, frame->total, {}};
  }
  const bool continues = partial->number == frame->object && partial->total == frame->total &&
                         partial->bytes.size() == frame->offset;
  if (!continues) return fail(Errc::BadFormat, "fragment out of order");
  append(partial->bytes, frame->bytes);
  ReceivedObject received{frame->lane, 0, std::nullopt};
  if (partial->bytes.size() == partial->total) {
    received.frame_bytes = partial->total;
    received.object = std::move(partial->bytes);
    partial.reset();
  }
  return received;
}

}  // namespace yizhan::sync
