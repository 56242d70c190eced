// Change log: single changes by their names, as they stand in the log.
//
// What        Reads a change once, however often it is asked for.
// Units       none.
// Errors      Gap when the change is not here; storage errors.
// Source      design.md section 5 (the log is the truth).
#pragma once
#include <map>

#include "node/app/reads.h"
#include "sync/engine.h"

namespace yizhan::node {

class ChangeLog {
 public:
  // `reads` outlives the log.
  ChangeLog(const sync::Engine& engine, const Reads& reads)
      : streams_(engine.streams()), reads_(reads) {}

  // Stays good as long as the log.
  Result<const crdt::Change*> at(const crdt::ChangeId& id);

 private:
  std::vector<sync::StreamRow> streams_;
  const Reads& reads_;
  std::map<crdt::ChangeId, crdt::Change> read_;
};

}  // namespace yizhan::node
