#include "sync/waiting_covers.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kCoversWaiting = 64;  // a stream

}  // namespace

void WaitingCovers::add(StreamId stream, std::uint64_t last, const Bytes& header) {
  auto& waiting = covers_[stream];
  if (waiting.size() == kCoversWaiting) waiting.erase(waiting.begin());
  waiting.push_back({last, header});
}

void WaitingCovers::send(StreamId stream, std::uint64_t known, Lanes& lanes) {
  const auto waiting = covers_.find(stream);
  if (waiting == covers_.end()) return;
  std::erase_if(waiting->second, [&](const Cover& cover) {
    if (cover.last > known) return false;
    lanes.push(2, CoverMessage{cover.header});
    return true;
  });
  if (waiting->second.empty()) covers_.erase(waiting);
}

std::vector<StreamId> WaitingCovers::streams() const {
  std::vector<StreamId> streams;
  for (const auto& [stream, waiting] : covers_) streams.push_back(stream);
  return streams;
}

}  // namespace yizhan::sync
