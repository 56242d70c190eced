#include "node/app/pending.h"

#include <algorithm>
#include <array>
#include <map>

#include "node/app/schema.h"

namespace yizhan::node {
namespace {

RecordSort sort_of(std::optional<crdt::RecordKind> kind) {
  if (kind == id(Record::Appointment)) return RecordSort::Appointment;
  if (kind == id(Record::Visit)) return RecordSort::Visit;
  if (kind == id(Record::Evaluation)) return RecordSort::Evaluation;
  if (kind == id(Record::Complaint)) return RecordSort::Complaint;
  return RecordSort::Other;
}

// What a change is about: the record that it makes, else the one that its first operation names.
Result<RecordSort> sort_of(const Reads& reads, const sync::Scope& scope,
                           const crdt::Change& change) {
  for (const crdt::Op& op : change.ops) {
    if (const auto* made = std::get_if<crdt::EntNew>(&op.body)) return sort_of(made->kind);
  }
  if (change.ops.empty()) return RecordSort::Other;
  const auto state = reads.entity(scope, change.ops.front().entity);
  if (!state) return fail(state);
  return sort_of(*state == nullptr ? std::nullopt : std::optional((*state)->kind));
}

constexpr std::uint64_t kFirstRecord = 2;  // the first change opens the stream and is no record

// The highest seq of a stream that is carried: rungs only fall from the first change to the last.
std::uint64_t carried_to(const sync::Engine& engine, const sync::StreamRow& stream) {
  std::uint64_t low = 0;
  std::uint64_t high = stream.seq;
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    const bool carried = engine.rung(crdt::ChangeId{stream.id, middle}) != sync::Rung::Saved;
    (carried ? low : high) = carried ? middle : middle - 1;
  }
  return low;
}

}  // namespace

std::vector<PendingFrom> pending_streams(const sync::Engine& engine) {
  std::vector<PendingFrom> out;
  for (const sync::StreamRow& stream : engine.streams()) {
    if (stream.author != engine.node() || stream.scope.cls != sync::ScopeClass::Biz) continue;
    const std::uint64_t from = std::max(carried_to(engine, stream) + 1, kFirstRecord);
    if (from <= stream.seq) out.push_back({stream, from});
  }
  return out;
}

Result<Pending> read_pending(const Reads& reads, const std::vector<PendingFrom>& streams) {
  Pending out;
  std::map<RecordSort, std::int64_t> counts;
  std::optional<Error> broken;
  for (const PendingFrom& pending : streams) {
    const auto read = reads.changes(pending.stream, pending.from, [&](const crdt::Change& change) {
      const auto sort = sort_of(reads, pending.stream.scope, change);
      if (!sort) {
        broken = sort.error();
        return false;
      }
      ++counts[*sort];
      const WallMs at{crdt::wall_ms(change.hlc)};
      if (!out.oldest || at < *out.oldest) out.oldest = at;
      return true;
    });
    if (!read) return fail(read);
    if (broken) return tl::unexpected<Error>(*broken);
  }
  for (const auto& [sort, pending] : counts) out.by_kind.push_back({sort, pending});
  return out;
}

}  // namespace yizhan::node
