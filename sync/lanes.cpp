#include "sync/lanes.h"

#include <algorithm>

namespace yizhan::sync {

std::size_t Lanes::queued() const {
  std::size_t bytes = 0;
  for (std::uint8_t lane = 0; lane < kLanes; ++lane) bytes += sender_.queued(lane);
  return bytes;
}

Result<ReceivedObject> Lanes::receive(ByteView frame) {
  auto received = receiver_.receive(frame);
  if (received) to_grant_[received->lane] += received->frame_bytes;
  return received;
}

void Lanes::take(MonoMs now, const Credit& credit) {
  std::size_t granted = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    sender_.grant(static_cast<std::uint8_t>(lane), credit.bytes[lane]);
    granted += credit.bytes[lane];
  }
  if (granted == 0) return;
  // A frame should occupy the link for at most half a second, so that lane 0 is never far away.
  const auto elapsed = std::max<std::int64_t>((now - last_grant_).count(), 1);
  const std::size_t half_second = granted * 500 / static_cast<std::size_t>(elapsed);
  frame_payload_ = std::clamp(half_second, kFrameBytesMin, kFrameBytesMax - kFrameBytesMin);
  last_grant_ = now;
}

void Lanes::grant_back() {
  Credit credit;
  bool due = false;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    credit.bytes[lane] = static_cast<std::uint32_t>(to_grant_[lane]);
    due = due || to_grant_[lane] >= kLaneCredit[lane] / 4;
  }
  if (!due) return;
  to_grant_.fill(0);
  say(credit);
}

bool Lanes::flush(LinkId link, Effects& out) {
  bool left = false;
  while (auto frame = sender_.next(frame_payload_)) {
    out.sends.push_back({link, std::move(*frame)});
    left = true;
  }
  return left;
}

}  // namespace yizhan::sync
