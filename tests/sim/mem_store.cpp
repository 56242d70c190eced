#include "tests/sim/mem_store.h"

#include <algorithm>

namespace yizhan::sim {
namespace {

template <class Map>
auto values(const Map& map) {
  std::vector<typename Map::mapped_type> out;
  out.reserve(map.size());
  for (const auto& [key, value] : map) out.push_back(value);
  return out;
}

}  // namespace

void Image::apply(const sync::Write& write) {
  std::visit([this](const auto& one) { put(one); }, write);
}

void Image::put(const sync::PutTail& write) {
  tail_[{write.stream, write.row.seq}] = write.row.expanded;
}

void Image::put(const sync::PutSegment& write) {
  const sync::SegmentRow& row = write.row;
  tail_.erase(tail_.lower_bound({row.stream, 0}), tail_.upper_bound({row.stream, row.last}));
  if (row.covering) {
    auto at = segments_.lower_bound({row.stream, row.first, 0});
    while (at != segments_.end() && at->first.stream == row.stream && at->first.first <= row.last) {
      at = at->first.last <= row.last ? segments_.erase(at) : std::next(at);
    }
  }
  segments_[{row.stream, row.first, row.last}] = row;
  arrivals_ = std::max(arrivals_, row.arrival);
}

void Image::put(const sync::PutEntity& write) {
  if (write.after) {
    entities_[{write.scope, write.dot}] = write.after;
  } else {
    entities_.erase({write.scope, write.dot});
  }
}

void Image::put(const sync::PutRevocation& write) {
  revocations_[write.revocation.node] = write.revocation;
}

void Image::put(const sync::PutCertificate& write) {
  certificates_[write.certificate.node()] = write.certificate;
}

void Image::put(const sync::PutScopeKey& write) {
  scope_keys_[{write.op.scope, write.op.generation}] = write.op;
}

std::vector<sync::StreamRow> Image::streams() const { return values(streams_); }
std::vector<sync::Certificate> Image::certificates() const { return values(certificates_); }
std::vector<sync::Revocation> Image::revocations() const { return values(revocations_); }
std::vector<sync::ScopeKeyOp> Image::scope_keys() const { return values(scope_keys_); }
std::vector<std::pair<sync::Scope, sync::ScopeDigest>> Image::digests() const {
  return {digests_.begin(), digests_.end()};
}
std::vector<sync::Receipt> Image::receipts() const { return values(receipts_); }
std::vector<sync::Cursor> Image::cursors() const { return values(cursors_); }
std::vector<sync::PeerAck> Image::acks() const { return values(acks_); }
std::vector<sync::Ahead> Image::ahead() const { return values(ahead_); }

Result<sync::StatePtr> Image::entity(const sync::Scope& scope, const crdt::Dot& dot) const {
  const auto found = entities_.find({scope, dot});
  return found == entities_.end() ? sync::StatePtr{} : found->second;
}

Result<std::vector<sync::SegmentRow>> Image::segments(StreamId stream, std::uint64_t from,
                                                      std::size_t bytes_max) const {
  std::vector<sync::SegmentRow> rows;
  std::size_t bytes = 0;
  for (auto at = segments_.lower_bound({stream, 0, 0});
       at != segments_.end() && at->first.stream == stream; ++at) {
    if (at->first.last < from) continue;
    rows.push_back(at->second);
    bytes += at->second.container.size();
    if (bytes > bytes_max) break;
  }
  return rows;
}

Result<std::vector<sync::TailRow>> Image::tail(StreamId stream, std::uint64_t from) const {
  std::vector<sync::TailRow> rows;
  for (auto at = tail_.lower_bound({stream, from}); at != tail_.end() && at->first.first == stream;
       ++at) {
    rows.push_back({at->first.second, at->second});
  }
  return rows;
}

std::vector<sync::KeyRow> Image::key_rows(StreamId stream, std::uint64_t from,
                                          std::uint64_t to) const {
  std::vector<sync::KeyRow> rows;
  for (auto at = key_rows_.lower_bound({{stream, from, 0}, {}, 0, {}});
       at != key_rows_.end() && at->key.stream == stream && at->key.seq <= to; ++at) {
    rows.push_back(*at);
  }
  return rows;
}

std::vector<sync::KeyRow> Image::rows_of_key(const crdt::Dot& key) const {
  std::vector<sync::KeyRow> rows;
  for (auto at = key_rows_.lower_bound({key, {}, 0, {}}); at != key_rows_.end() && at->key == key;
       ++at) {
    rows.push_back(*at);
  }
  return rows;
}

std::vector<sync::StoreView::Arrived> Image::arrived_after(std::uint64_t arrival) const {
  std::vector<Arrived> streams;
  for (const auto& [key, row] : segments_) {  // by stream, then by first seq
    if (row.content <= arrival) continue;
    if (streams.empty() || streams.back().stream != key.stream) {
      streams.push_back({key.stream, key.first});
    }
  }
  return streams;
}

std::vector<sync::SegmentRow> Image::covers_after(std::uint64_t arrival, std::size_t most) const {
  std::vector<sync::SegmentRow> rows;
  for (const auto& [key, row] : segments_) {
    if (row.covering && row.content <= arrival && arrival < row.arrival) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.arrival < b.arrival; });
  if (rows.size() > most) rows.resize(most);
  return rows;
}

const sync::StreamRow* Image::stream(StreamId id) const {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : &found->second;
}

const sync::IdempotencyRow* Image::idempotency(std::uint64_t key) const {
  const auto found = idempotency_.find(key);
  return found == idempotency_.end() ? nullptr : &found->second;
}

void MemStore::apply(std::vector<sync::Write> writes) {
  for (sync::Write& write : writes) {
    live_.apply(write);
    pending_.push_back(std::move(write));
  }
}

std::vector<sync::Write> MemStore::commit() {
  for (const sync::Write& write : pending_) durable_.apply(write);
  return std::exchange(pending_, {});
}

void MemStore::renew(std::uint64_t log_instance) {
  live_.renew(log_instance);
  durable_.renew(log_instance);
}

void MemStore::crash() {
  if (!pending_.empty()) live_ = durable_;
  pending_.clear();
}

}  // namespace yizhan::sim
