// Ledger: what was promised, kept outside of the node that promised it.
//
// What        Every change that the station began to save, in order, and how far it was told that
//             they are saved. A mark is where that stood at one moment, and what was released.
// Invariants  I1  what is acknowledged never leaves it.
// Units       Milliseconds of the driver's clock.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "sync/store.h"

namespace yizhan::storage {

struct Mark {
  std::size_t acknowledged = 0;  // the first so many have to stand
  std::size_t long_since = 0;    // of these, more than a second ago
  std::size_t begun = 0;         // no more than so many may stand
  std::map<StreamId, std::uint64_t> released;
  std::int64_t now = 0;
};

class Ledger {
 public:
  void begin(sync::JournalChange change) { changes_.push_back(std::move(change)); }
  void acknowledge(std::int64_t now) { times_.resize(changes_.size(), now); }
  // None of those that were not acknowledged stands.
  void drop_begun() { changes_.resize(times_.size()); }
  // `done_until`: what was due by then has been done.
  Mark mark(std::int64_t now, std::int64_t done_until,
            std::map<StreamId, std::uint64_t> released) const;

  const std::vector<sync::JournalChange>& changes() const { return changes_; }
  std::size_t acknowledged() const { return times_.size(); }

 private:
  std::vector<sync::JournalChange> changes_;
  std::vector<std::int64_t> times_;  // of those that were acknowledged
};

// The state root of a scope to which these changes alone belong, in hexadecimal.
std::string root_of(const std::vector<const sync::JournalChange*>& changes);

}  // namespace yizhan::storage
