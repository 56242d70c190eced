// Wait estimate: how long those who take a ticket now will wait, roughly.
//
// What        The median service time of today, times who waits, over the windows that serve.
// Invariants  I1  absent below `samples_min` served visits, when nobody waits, and when no window
//                 is open: a hall is told nothing rather than a guess.
//             I2  a multiple of five minutes, rounded up.
// Units       Services in milliseconds, the estimate in minutes.
// Errors      none.
// Source      ux.md W8; `queue.estimate_samples_min` of the policy.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace yizhan::node {

struct WaitFacts {
  std::vector<std::int64_t> served_ms;  // how long each finished visit of today was served
  std::int64_t waiting = 0;
  std::int64_t open_windows = 0;
};

std::optional<std::int64_t> estimate_wait_min(WaitFacts facts, std::int64_t samples_min);

}  // namespace yizhan::node
