// Store reads: the port of the use cases over the SQLite store.
//
// What        Implements node/app/reads.h.
// Errors      Those of the store.
#pragma once
#include "node/app/reads.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

class StoreReads final : public Reads {
 public:
  explicit StoreReads(const SqliteStore& store) : store_(store) {}
  Result<sync::StatePtr> entity(const sync::Scope& scope, const crdt::Dot& dot) const override;
  Result<std::vector<DayEntry>> day(const sync::Scope& scope, std::int64_t date) const override;
  Result<std::vector<crdt::Dot>> roster(const sync::Scope& scope) const override;
  std::optional<sync::IdempotencyRow> idempotency(std::uint64_t key) const override;
  Result<std::int64_t> printed_highest(const sync::Scope& scope, std::int64_t day,
                                       std::int64_t mark) const override;
  Result<std::vector<crdt::Dot>> all_paper_forms(const sync::Scope& scope) const override;
  Result<std::optional<crdt::Dot>> paper_forms(const sync::Scope& scope, std::int64_t day,
                                               std::int64_t counter) const override;
  Result<std::vector<QueueEntry>> open_visits(const sync::Scope& scope) const override;
  Result<std::vector<QueueEntry>> closed_visits(const sync::Scope& scope,
                                                std::int64_t date) const override;
  Result<std::int64_t> ticket_highest(const sync::Scope& scope,
                                      const TicketRun& run) const override;
  Result<std::optional<crdt::Dot>> arrival(const sync::Scope& scope,
                                           const crdt::Dot& appointment) const override;
  Result<std::vector<crdt::Dot>> windows(const sync::Scope& scope) const override;
  Result<std::optional<crdt::Dot>> closing(const sync::Scope& scope,
                                           std::int64_t date) const override;
  Result<std::optional<crdt::Dot>> last_served(const sync::Scope& scope,
                                               std::int64_t window) const override;
  Result<std::vector<crdt::Dot>> evaluations(const sync::Scope& scope,
                                             const crdt::Dot& visit) const override;
  Result<std::vector<crdt::Dot>> rateable(const sync::Scope& scope,
                                          std::int64_t token) const override;
  Result<std::vector<ComplaintEntry>> complaints(const sync::Scope& scope,
                                                 const std::optional<ComplaintMark>& after,
                                                 std::int64_t most) const override;
  Result<void> changes(const sync::StreamRow& stream, std::uint64_t from,
                       const std::function<bool(const crdt::Change&)>& visit) const override;

 private:
  const SqliteStore& store_;
};

}  // namespace yizhan::node
