#include "crdt/version_vector.h"

#include <algorithm>

namespace yizhan::crdt {

std::uint64_t VersionVector::seq(StreamId stream) const {
  const auto found = entries_.find(stream);
  return found == entries_.end() ? 0 : found->second;
}

void VersionVector::raise(StreamId stream, std::uint64_t seq) {
  if (seq == 0) return;
  std::uint64_t& held = entries_[stream];
  held = std::max(held, seq);
}

void VersionVector::merge(const VersionVector& other) {
  for (const auto& [stream, seq] : other.entries_) raise(stream, seq);
}

bool VersionVector::covers(const VersionVector& other) const {
  return std::all_of(other.entries_.begin(), other.entries_.end(),
                     [this](const auto& entry) { return entry.second <= seq(entry.first); });
}

}  // namespace yizhan::crdt
