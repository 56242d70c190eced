#include "sync/read_chain.h"

#include <algorithm>

#include "crdt/codec/change_codec.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

// Follows one stream from the segment before the first change that is asked for.
class ChainReader {
 public:
  ChainReader(const StreamRow& row, std::uint64_t from, const VisitChange& visit)
      : row_(row), from_(from), visit_(visit), head_(first_head(row.id)) {
    const std::uint64_t first = std::min(from, row.sealed + 1);
    next_ = first > 1 ? first - 1 : 1;
    ended_ = from > row.seq;
  }

  Result<void> segments(const StoreView& store) {
    while (!ended_ && next_ <= row_.sealed) {
      const auto rows = store.segments(row_.id, next_, kReadBytes);
      if (!rows) return fail(rows);
      if (rows->empty()) return fail(Errc::StorageCorrupt, "a segment is missing");
      for (const SegmentRow& segment : *rows) {
        if (auto read = one(segment); !read) return read;
        if (ended_) break;
      }
    }
    return {};
  }
  Result<void> tail(const StoreView& store) {
    if (ended_) return {};
    auto rows = store.tail(row_.id, row_.sealed + 1);
    if (!rows) return fail(rows);
    for (TailRow& row : *rows) {
      auto change = crdt::decode_expanded(row.expanded, {row_.id, row.seq});
      if (!change) return fail(Errc::StorageCorrupt, "a stored change does not open");
      if (!take(std::move(*change), std::move(row.expanded))) break;
    }
    return {};
  }

 private:
  Result<void> one(const SegmentRow& segment) {
    const auto header = peek_header(segment.container);
    auto body = header ? open_body(*header, segment.container) : Result<SegmentBody>(fail(header));
    if (!body) return fail(Errc::StorageCorrupt, "a stored segment does not open");
    head_ = header->previous;
    for (std::size_t i = 0; i < body->changes.size() && !ended_; ++i) {
      take(std::move(body->changes[i]), std::move(body->expanded[i]));
    }
    next_ = std::max(next_, segment.last + 1);
    return {};
  }
  bool take(crdt::Change change, Bytes expanded) {
    const std::uint64_t seq = change.id.seq;
    head_ = next_head(head_, seq, expanded);
    if (seq < from_) return true;  // segments may overlap: each change is visited once
    from_ = seq + 1;
    ended_ = !visit_({std::move(change), std::move(expanded), head_}) || from_ > row_.seq;
    return !ended_;
  }

  const StreamRow& row_;
  std::uint64_t from_;
  const VisitChange& visit_;
  Head head_;
  std::uint64_t next_ = 1;
  bool ended_ = false;
};

}  // namespace

Result<void> read_chain(const StoreView& store, const StreamRow& row, std::uint64_t from,
                        const VisitChange& visit) {
  ChainReader reader(row, from, visit);
  if (auto read = reader.segments(store); !read) return read;
  return reader.tail(store);
}

StreamRow as_stored(const StoreView& store, StreamRow row) {
  row.seq = std::max(row.seq, row.sealed);
  const auto tail = store.tail(row.id, row.seq + 1);
  if (tail && !tail->empty()) row.seq = std::max(row.seq, tail->back().seq);
  return row;
}

}  // namespace yizhan::sync
