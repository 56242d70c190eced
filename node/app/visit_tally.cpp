#include "node/app/visit_tally.h"

#include <algorithm>

#include "node/app/evaluation_view.h"
#include "node/app/visit_view.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

void add_wait(const FoundVisit& visit, VisitTally& tally) {
  const auto called = visit.time(VisitField::CalledAt);
  auto since = visit.time(VisitField::ArrivedAt);
  if (!called || !since) return;
  if (const auto slot = visit.slot_today(); slot && *slot > *since) since = slot;
  ++tally.waited;
  tally.wait_ms += std::max<std::int64_t>(0, called->value - since->value);
}

}  // namespace

std::int64_t VisitTally::rated() const {
  std::int64_t sum = 0;
  for (std::size_t level = 1; level < levels.size(); ++level) sum += levels[level];
  return sum;
}

std::optional<std::int64_t> VisitTally::average_wait_min() const {
  if (waited == 0) return std::nullopt;
  return (wait_ms / waited + kMinuteMs / 2) / kMinuteMs;
}

std::optional<std::int64_t> VisitTally::satisfaction_pct() const {
  if (rated() == 0) return std::nullopt;
  return (levels[5] + levels[4]) * 100 / rated();
}

void VisitTally::add(const VisitTally& more) {
  finished += more.finished;
  waited += more.waited;
  wait_ms += more.wait_ms;
  for (std::size_t level = 0; level < levels.size(); ++level) levels[level] += more.levels[level];
}

Result<VisitTally> tally_visits(const Reads& reads, const sync::Scope& scope, std::int64_t day) {
  const auto over = reads.closed_visits(scope, day);
  if (!over) return fail(over);
  VisitTally tally;
  for (const QueueEntry& row : *over) {
    const auto visit = load_visit(reads, scope, row.dot);
    if (!visit) return fail(visit);
    add_wait(*visit, tally);
    if (row.state != crdt::Visit::Finished) continue;
    ++tally.finished;
    const auto said = evaluation_of(reads, scope, row.dot);
    if (!said) return fail(said);
    if (*said) ++tally.levels[static_cast<std::size_t>((**said).level()) % tally.levels.size()];
  }
  return tally;
}

}  // namespace yizhan::node
