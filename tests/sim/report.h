// Report: many seeds as one JSON object.
#pragma once
#include <string>

#include "crdt/base/planted.h"
#include "tests/sim/world.h"

namespace yizhan::sim {

struct BugResult {
  std::string bug;
  std::optional<Violation> caught_by;
  std::uint64_t seed = 0;            // that caught it
  std::uint64_t seeds_run = 0;       // until then
  std::uint64_t clean_failures = 0;  // of the same seeds without the bug
};

// BLAKE2b over the traces of all seeds, in the order of the seeds.
Hash32 trace_hash(const std::vector<SeedResult>& results);
std::string report_json(const std::vector<SeedResult>& results, std::int64_t milliseconds);
std::string bugs_json(const std::vector<BugResult>& bugs);

}  // namespace yizhan::sim
