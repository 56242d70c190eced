// Queue tables: the lists of visits, windows and closed days.
//
// What        Reads `queue`, `ticket`, `arrival`, `desk` and `closing` as of everything applied.
// Invariants  Rows are ordered by date, then by local number.
// Units       Days since 1970-01-01, China time.
// Errors      StorageIo, StorageCorrupt.
// Not here    Who writes them: projections.h.
#pragma once
#include <optional>
#include <vector>

#include "node/app/reads.h"
#include "node/store/numbering.h"

namespace yizhan::node {

class QueueTables {
 public:
  QueueTables(Statements& statements, const Numbering& numbering)
      : statements_(statements), numbering_(numbering) {}

  Result<std::vector<QueueEntry>> open_visits(const sync::Scope& scope) const;
  Result<std::vector<QueueEntry>> closed_visits(const sync::Scope& scope, std::int64_t date) const;
  Result<std::int64_t> ticket_highest(const sync::Scope& scope, const TicketRun& run) const;
  Result<std::optional<crdt::Dot>> arrival(const sync::Scope& scope,
                                           const crdt::Dot& appointment) const;
  Result<std::vector<crdt::Dot>> windows(const sync::Scope& scope) const;
  Result<std::optional<crdt::Dot>> closing(const sync::Scope& scope, std::int64_t date) const;

 private:
  Statements& statements_;
  const Numbering& numbering_;
};

}  // namespace yizhan::node
