// Judge: what this node says of stamps below it that lie in the future.
//
// What        Remembers, over starts too, which streams brought such stamps, and quarantines them
//             once this node knows the time for certain. The operation says 0: the stamp is known
//             to be wrong, and nobody knows when the change was made, so it wins no tie.
// Invariants  I1  nothing is held back for it: what came has been admitted and is relayed.
//             I2  a stamp that somebody above has quarantined already is left alone.
// Units       seq.
// Errors      Effects::storage_error where a stream cannot be read.
// Source      design.md section 7 "Clocks"; sync-notes.md C4.
#pragma once
#include "sync/replica.h"

namespace yizhan::sync {

class Judge {
 public:
  explicit Judge(Replica& replica);

  void note(Batch& batch, const Ahead& came);
  // Writes what is to be said; returns this node's stream in which it stands, if anything was.
  std::optional<StreamId> speak(Batch& batch, WallMs now);

 private:
  bool judges(const StreamRow& row) const;
  std::vector<QuarantinedRun> runs_of(const StreamRow& row, std::uint64_t from, WallMs now,
                                      Effects& out) const;
  Result<Written> write(Batch& batch, WallMs now, const Quarantine& quarantine);

  Replica& replica_;
  std::map<StreamId, std::uint64_t> ahead_;
};

}  // namespace yizhan::sync
