#include "node/store/store_reads.h"

#include "crdt/codec/change_codec.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

}  // namespace

Result<sync::StatePtr> StoreReads::entity(const sync::Scope& scope, const crdt::Dot& dot) const {
  return store_.entity(scope, dot);
}

Result<std::vector<DayEntry>> StoreReads::day(const sync::Scope& scope, std::int64_t date) const {
  const auto rows = store_.day(scope, date);
  if (!rows) return fail(rows);
  std::vector<DayEntry> out;
  out.reserve(rows->size());
  for (const SqliteStore::DayRow& row : *rows) {
    out.push_back({row.dot, row.window, static_cast<crdt::Appointment>(row.state)});
  }
  return out;
}

Result<std::vector<crdt::Dot>> StoreReads::roster(const sync::Scope& scope) const {
  return store_.roster(scope);
}

std::optional<sync::IdempotencyRow> StoreReads::idempotency(std::uint64_t key) const {
  return store_.idempotency(key);
}

Result<std::int64_t> StoreReads::printed_highest(const sync::Scope& scope, std::int64_t day) const {
  return store_.printed_highest(scope, day);
}

Result<void> StoreReads::changes(StreamId stream, std::uint64_t from,
                                 const std::function<bool(const crdt::Change&)>& visit) const {
  for (std::uint64_t next = from;;) {
    const auto segments = store_.segments(stream, next, kReadBytes);
    if (!segments) return fail(segments);
    if (segments->empty()) break;
    for (const sync::SegmentRow& row : *segments) {
      const auto header = sync::peek_header(row.container);
      const auto body = header ? sync::open_body(*header, row.container)
                               : Result<sync::SegmentBody>(fail(header));
      if (!body) return fail(Errc::StorageCorrupt, "a stored segment does not open");
      for (const crdt::Change& change : body->changes) {
        if (change.id.seq >= next && !visit(change)) return {};
      }
      next = std::max(next, row.last + 1);
    }
    from = next;
  }
  const auto tail = store_.tail(stream, from);
  if (!tail) return fail(tail);
  for (const sync::TailRow& row : *tail) {
    const auto change = crdt::decode_expanded(row.expanded, {stream, row.seq});
    if (!change) return fail(Errc::StorageCorrupt, "a stored change does not open");
    if (!visit(*change)) return {};
  }
  return {};
}

}  // namespace yizhan::node
