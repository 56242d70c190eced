#include "sync/judge.h"

#include <algorithm>

#include "sync/author.h"

namespace yizhan::sync {

Judge::Judge(Replica& replica) : replica_(replica) {
  for (const Ahead& row : replica.store.ahead()) ahead_[row.stream] = row.first;
}

// With the change itself, so that no crash comes between the two.
void Judge::note(Batch& batch, const Ahead& came) {
  const StreamRow* row = replica_.stream(came.stream);
  if (row == nullptr || !judges(*row)) return;
  if (ahead_.try_emplace(came.stream, came.first).second) batch.put(PutAhead{came});
}

bool Judge::judges(const StreamRow& row) const {
  const Certificate* author = replica_.member(row.author);
  return row.scope.cls != ScopeClass::Auth && author != nullptr &&
         may_quarantine(replica_.self(), *author);
}

std::vector<QuarantinedRun> Judge::runs_of(const StreamRow& row, std::uint64_t from, WallMs now,
                                           Effects& out) const {
  std::vector<QuarantinedRun> runs;
  const auto read = read_chain(replica_.store, row, from, [&](const ChainedChange& one) {
    const std::uint64_t seq = one.change.id.seq;
    const crdt::Hlc counts_by = replica_.standing.quarantines.stamp(row.author, one.change);
    if (!crdt::is_ahead(counts_by, now)) return true;
    if (runs.empty() || runs.back().last + 1 != seq) runs.push_back({row.id, seq, seq, {}});
    runs.back().last = seq;
    return true;
  });
  if (!read) out.storage_error = read.error();
  return runs;
}

std::optional<StreamId> Judge::speak(Batch& batch, WallMs now) {
  if (!replica_.clock_attested || replica_.revoked(replica_.node())) return std::nullopt;
  std::optional<StreamId> written;
  for (const auto& [id, seq] : std::exchange(ahead_, {})) {
    batch.put(DropAhead{id});
    const StreamRow* row = replica_.stream(id);
    if (row == nullptr || !judges(*row)) continue;
    const auto runs = runs_of(*row, seq, now, batch.out());
    for (std::size_t at = 0; at < runs.size(); at += kQuarantinedRunsMax) {
      const auto first = runs.begin() + static_cast<std::ptrdiff_t>(at);
      const std::size_t count = std::min(kQuarantinedRunsMax, runs.size() - at);
      const Quarantine part{row->author, {first, first + static_cast<std::ptrdiff_t>(count)}};
      if (const auto done = write(batch, now, part)) written = done->id.stream;
    }
  }
  return written;
}

Result<Written> Judge::write(Batch& batch, WallMs now, const Quarantine& quarantine) {
  Draft draft;
  draft.scope = {replica_.self().home, ScopeClass::Auth};
  draft.ops.push_back({own_op(0), crdt::Opaque{static_cast<std::uint16_t>(crdt::OpKind::Quarantine),
                                               encode(quarantine)}});
  return write_draft(replica_, batch, now, draft);
}

}  // namespace yizhan::sync
