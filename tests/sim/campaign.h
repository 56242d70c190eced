// Campaign: many seeds on several threads, and the hunt for planted bugs.
//
// What        Seeds share nothing; the results stand in the order of the seeds, whatever the
//             number of threads.
// Errors      none; violations stand in the results.
#pragma once
#include <string>

#include "crdt/base/planted.h"
#include "tests/sim/report.h"

namespace yizhan::sim {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t count = 100;
  std::size_t jobs = 2;
  Bug bug = Bug::None;  // planted while the seeds run
};

std::vector<SeedResult> run_seeds(const SeedRange& range);

#ifdef YZ_PLANTED_BUGS
// Empty: no bug is called that.
std::optional<Bug> bug_called(const std::string& name);
// Runs seeds with each planted bug until one catches it, then the same seeds without it.
std::vector<BugResult> hunt_bugs(const SeedRange& range);
#endif

}  // namespace yizhan::sim
