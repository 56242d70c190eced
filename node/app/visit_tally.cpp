#include "node/app/visit_tally.h"

#include <algorithm>

#include "node/app/evaluation_view.h"
#include "node/app/visit_view.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

void add_wait(const FoundVisit& visit, VisitTally& tally) {
  const auto called = visit.time(VisitField::CalledAt);
  auto since = visit.time(VisitField::ArrivedAt);
  if (!called || !since || china_moment(*called).day != china_moment(*since).day) return;
  if (const auto slot = visit.slot_today(); slot && *slot > *since) since = slot;
  ++tally.waited;
  tally.wait_ms += std::max<std::int64_t>(0, called->value - since->value);
}

}  // namespace

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
