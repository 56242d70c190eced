// Campaign: many seeds on several threads, and the hunt for planted bugs.
//
// What        Seeds share nothing; the results stand in the order of the seeds, whatever the
//             number of threads.
// Errors      none; violations stand in the results.
#pragma once
#include "tests/sim/report.h"

namespace yizhan::sim {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t count = 100;
  std::size_t jobs = 2;
};

std::vector<SeedResult> run_seeds(const SeedRange& range);

#ifdef YZ_PLANTED_BUGS
// Runs seeds with each planted bug until one catches it, then the same seeds without it.
std::vector<BugResult> hunt_bugs(const SeedRange& range);
#endif

}  // namespace yizhan::sim
