// Feedback tables: the lists of what people say of the service.
//
// What        Reads `served`, `rateable`, `rating` and `complaint` as of everything applied.
// Units       Wall milliseconds.
// Errors      StorageIo, StorageCorrupt.
// Not here    Who writes them: projections.h.
#pragma once
#include <optional>
#include <vector>

#include "node/app/reads.h"
#include "node/store/numbering.h"

namespace yizhan::node {

class FeedbackTables {
 public:
  FeedbackTables(Statements& statements, const Numbering& numbering)
      : statements_(statements), numbering_(numbering) {}

  Result<std::optional<crdt::Dot>> last_served(const sync::Scope& scope, std::int64_t window) const;
  Result<std::vector<crdt::Dot>> evaluations(const sync::Scope& scope,
                                             const crdt::Dot& visit) const;
  Result<std::vector<crdt::Dot>> rateable(const sync::Scope& scope, std::int64_t token) const;
  Result<std::vector<ComplaintEntry>> complaints(const sync::Scope& scope,
                                                 const std::optional<ComplaintMark>& after,
                                                 std::int64_t most) const;

 private:
  std::int64_t number(const sync::Scope& scope) const;
  std::optional<std::int64_t> number(const sync::Scope& scope, const crdt::Dot& dot) const;

  Statements& statements_;
  const Numbering& numbering_;
};

}  // namespace yizhan::node
