#include "node/store/store_reads.h"

#include <algorithm>

#include "node/store/feedback_tables.h"
#include "node/store/queue_tables.h"
#include "node/store/read_chain.h"

namespace yizhan::node {

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

Result<std::int64_t> StoreReads::printed_highest(const sync::Scope& scope, std::int64_t day,
                                                 std::int64_t mark) const {
  return store_.printed_highest(scope, day, mark);
}

Result<std::optional<crdt::Dot>> StoreReads::paper_forms(const sync::Scope& scope, std::int64_t day,
                                                         std::int64_t counter) const {
  return store_.paper_forms(scope, day, counter);
}

Result<std::vector<crdt::Dot>> StoreReads::all_paper_forms(const sync::Scope& scope) const {
  return store_.all_paper_forms(scope);
}

Result<std::vector<QueueEntry>> StoreReads::open_visits(const sync::Scope& scope) const {
  return store_.queue().open_visits(scope);
}

Result<std::vector<QueueEntry>> StoreReads::closed_visits(const sync::Scope& scope,
                                                          std::int64_t date) const {
  return store_.queue().closed_visits(scope, date);
}

Result<std::int64_t> StoreReads::ticket_highest(const sync::Scope& scope,
                                                const TicketRun& run) const {
  return store_.queue().ticket_highest(scope, run);
}

Result<std::optional<crdt::Dot>> StoreReads::arrival(const sync::Scope& scope,
                                                     const crdt::Dot& appointment) const {
  return store_.queue().arrival(scope, appointment);
}

Result<std::vector<crdt::Dot>> StoreReads::windows(const sync::Scope& scope) const {
  return store_.queue().windows(scope);
}

Result<std::optional<crdt::Dot>> StoreReads::closing(const sync::Scope& scope,
                                                     std::int64_t date) const {
  return store_.queue().closing(scope, date);
}

Result<std::optional<crdt::Dot>> StoreReads::last_served(const sync::Scope& scope,
                                                         std::int64_t window) const {
  return store_.feedback().last_served(scope, window);
}

Result<std::vector<crdt::Dot>> StoreReads::evaluations(const sync::Scope& scope,
                                                       const crdt::Dot& visit) const {
  return store_.feedback().evaluations(scope, visit);
}

Result<std::vector<crdt::Dot>> StoreReads::rateable(const sync::Scope& scope,
                                                    std::int64_t token) const {
  return store_.feedback().rateable(scope, token);
}

Result<std::vector<ComplaintEntry>> StoreReads::complaints(
    const sync::Scope& scope, const std::optional<ComplaintMark>& after, std::int64_t most) const {
  return store_.feedback().complaints(scope, after, most);
}

Result<void> StoreReads::changes(const sync::StreamRow& stream, std::uint64_t from,
                                 const std::function<bool(const crdt::Change&)>& visit) const {
  return read_chain(store_, stream, from,
                    [&visit](const sync::ChainedChange& one) { return visit(one.change); });
}

}  // namespace yizhan::node
