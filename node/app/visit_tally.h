// Visit tally: the visits of one day at one station, in numbers.
//
// What        How long people waited, and how those who were served rated.
// Invariants  I1  a visit counts once, however many evaluations of it were written.
//             I2  who did not rate is counted apart and never as a good one.
//             I3  who was called on another day than they came did not wait in the hall.
// Units       Milliseconds of waiting, from the arrival (of an appointment: not before its window)
//             to the last call.
// Errors      Storage errors.
// Source      domain.md section 7: A7, S1, S4; ratios are made of sums.
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/reads.h"

namespace yizhan::node {

struct VisitTally {
  std::int64_t finished = 0;
  std::int64_t waited = 0;  // visits that were called
  std::int64_t wait_ms = 0;
  std::array<std::int64_t, kLevelMax + 1> levels{};  // 0: chose not to rate

  std::int64_t declined() const { return levels[0]; }
  std::int64_t rated() const {
    std::int64_t sum = 0;
    for (std::size_t level = 1; level < levels.size(); ++level) sum += levels[level];
    return sum;
  }
  std::int64_t unrated() const { return finished - rated() - declined(); }
  std::optional<std::int64_t> average_wait_min() const {  // rounded
    constexpr std::int64_t kMinuteMs = 60'000;
    if (waited == 0) return std::nullopt;
    return (wait_ms / waited + kMinuteMs / 2) / kMinuteMs;
  }
  std::optional<std::int64_t> satisfaction_pct() const {  // 满意率: levels 5 and 4, rounded down
    if (rated() == 0) return std::nullopt;
    return (levels[5] + levels[4]) * 100 / rated();
  }
  void add(const VisitTally& more);
};

Result<VisitTally> tally_visits(const Reads& reads, const sync::Scope& scope, std::int64_t day);

}  // namespace yizhan::node
