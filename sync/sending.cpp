#include "sync/sending.h"

#include <algorithm>

namespace yizhan::sync {
namespace {

constexpr std::size_t kLaneQueueBytes = 256 * 1024;  // cut ahead of credit, per lane
constexpr std::size_t kReadAheadBytes = 256 * 1024;  // read from the store at a time
constexpr std::uint64_t kFreshChanges = 64;          // a backlog up to this size travels as fresh

}  // namespace

bool Sending::offer(const StreamRow& row, std::uint64_t first) {
  const auto known = known_.find(row.id);
  const std::uint64_t next = known == known_.end() ? first : std::max(first, known->second + 1);
  if (next > row.seq) return false;
  const auto wanted = wanted_.try_emplace(row.id, next);
  wanted.first->second = std::min(wanted.first->second, next);
  return true;
}

void Sending::offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes) {
  covers_.add(row.id, header.last, bytes);
  send_covers(row.id);
}

void Sending::offer_after(const Scope& scope, std::uint64_t arrival) {
  const Replica& replica = counterpart_.replica;
  for (const StoreView::Arrived& arrived : replica.store.arrived_after(arrival)) {
    const StreamRow* row = replica.stream(arrived.stream);
    if (row != nullptr && row->scope == scope) offer(*row, arrived.first);
  }
  const StreamRow* own = replica.own_stream(scope);
  if (own != nullptr && own->seq > own->sealed) offer(*own, own->sealed + 1);
}

void Sending::offer_covers_after(std::uint64_t arrival) {
  const Replica& replica = counterpart_.replica;
  for (const SegmentRow& cover : replica.store.covers_after(arrival, kSegmentChangesMax)) {
    const StreamRow* row = replica.stream(cover.stream);
    const auto header = peek_header(cover.container);
    if (row == nullptr || !header || !counterpart_.serves(row->scope)) continue;
    if (header->last > row->seq) continue;  // cut off
    lanes_.push(2, CoverMessage{encode_header(*header)});
  }
}

void Sending::offer_keys(const Scope& scope) {
  std::vector<KeyRow> keys;
  for (const auto& [id, row] : counterpart_.replica.streams) {
    if (row.scope != scope) continue;
    for (KeyRow& key : counterpart_.replica.store.key_rows(id, 1, row.seq)) {
      keys.push_back(std::move(key));
    }
  }
  push_keys(2, keys);
}

void Sending::restart(const StreamRow& row, std::uint64_t held) {
  if (held <= row.seq) known_[row.id] = held;
  wanted_.erase(row.id);
  if (held < row.seq) wanted_[row.id] = held + 1;
}

void Sending::stop(StreamId stream) { wanted_.erase(stream); }

void Sending::reached(StreamId stream, std::uint64_t seq) {
  std::uint64_t& known = known_[stream];
  known = std::max(known, seq);
}

void Sending::reached_all() {
  for (const StreamId stream : covers_.streams()) {
    known_[stream] = counterpart_.replica.streams.at(stream).seq;
    send_covers(stream);
  }
}

void Sending::take(const Ack& ack, Batch& batch) {
  const Replica& replica = counterpart_.replica;
  for (const VectorEntry& entry : ack.entries) {
    const StreamRow* row = replica.stream(entry.stream);
    if (row == nullptr || !counterpart_.serves(row->scope) || entry.seq > row->seq) continue;
    const auto tag = replica.tag_at(entry.stream, entry.seq);
    if (!tag || *tag != entry.tag) continue;  // another branch: not ours that is durable there
    reached(entry.stream, entry.seq);
    send_covers(entry.stream);
    if (!counterpart_.is_parent()) continue;
    batch.put_ack(*counterpart_.node, entry.stream, entry.seq);
    Notice carried = counterpart_.notice(Notice::Kind::Carried);
    carried.scope = row->scope;
    carried.count = entry.seq;
    batch.notice(std::move(carried));
  }
}

void Sending::send_covers(StreamId stream) {
  const auto known = known_.find(stream);
  if (known != known_.end()) covers_.send(stream, known->second, lanes_);
}

bool Sending::wants_tail(const StreamRow& row) const {
  const auto wanted = wanted_.find(row.id);
  return wanted != wanted_.end() && wanted->second > row.sealed;
}

// A tail that refers to what a crash took from this node is sealed when that has come again: the
// comparison that brings it must not wait for the tail.
bool Sending::idle() const {
  const bool sendable = std::any_of(wanted_.begin(), wanted_.end(), [this](const auto& wanted) {
    return wanted.second <= counterpart_.replica.streams.at(wanted.first).sealed;
  });
  return !sendable && lanes_.empty();
}

// A stream keeps its lane until the peer holds all that went before, or its end would overtake its
// beginning.
std::uint8_t Sending::lane_for(const StreamRow& row, std::uint64_t next) {
  if (row.scope.cls == ScopeClass::Auth) return 0;
  const std::uint8_t fitting = row.seq - next < kFreshChanges ? 1 : 2;
  std::uint8_t& lane = stream_lane_.try_emplace(row.id, fitting).first->second;
  const auto known = known_.find(row.id);
  if (known != known_.end() && known->second + 1 >= next) lane = fitting;
  return lane;
}

void Sending::pump() {
  // auth before ref before biz: an author's certificate travels before its changes.
  for (const ScopeClass cls : {ScopeClass::Auth, ScopeClass::Ref, ScopeClass::Biz}) {
    for (auto wanted = wanted_.begin(); wanted != wanted_.end();) {
      const StreamRow& row = counterpart_.replica.streams.at(wanted->first);
      const bool more = row.scope.cls != cls || push_segments(wanted->first, wanted->second);
      wanted = more ? std::next(wanted) : wanted_.erase(wanted);
    }
  }
}

// True while something of the stream remains to be sent.
bool Sending::push_segments(StreamId stream, std::uint64_t& next) {
  const StreamRow& row = counterpart_.replica.streams.at(stream);
  const std::uint8_t lane = lane_for(row, next);
  while (next <= std::min(row.sealed, row.seq)) {
    if (lanes_.queued(lane) >= kLaneQueueBytes) return true;
    const auto rows = counterpart_.replica.store.segments(stream, next, kReadAheadBytes);
    if (!rows || rows->empty() || rows->front().first > next) {
      unreadable_ = true;
      unread_ = rows ? Error{Errc::StorageCorrupt, "changes are missing here", {}} : rows.error();
      return false;
    }
    for (const SegmentRow& segment : *rows) {
      if (segment.last < next) continue;
      if (segment.first > std::min(next, row.seq)) break;
      push_segment(lane, next, segment);
      next = segment.last + 1;
      if (lanes_.queued(lane) >= kLaneQueueBytes) break;
    }
  }
  return next <= row.seq;
}

void Sending::push_segment(std::uint8_t lane, std::uint64_t first, const SegmentRow& segment) {
  push_keys(lane, counterpart_.replica.store.key_rows(segment.stream, first, segment.last));
  lanes_.push(lane, SegmentMessage{segment.container});
}

void Sending::push_keys(std::uint8_t lane, const std::vector<KeyRow>& keys) {
  for (std::size_t at = 0; at < keys.size(); at += kKeyRowsPerMessage) {
    const std::size_t end = std::min(at + kKeyRowsPerMessage, keys.size());
    lanes_.push(lane, KeyRows{{keys.begin() + static_cast<std::ptrdiff_t>(at),
                               keys.begin() + static_cast<std::ptrdiff_t>(end)}});
  }
}

}  // namespace yizhan::sync
