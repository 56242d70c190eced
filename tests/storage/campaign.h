// Campaign: days on many disks, until as many states were started from as were asked for.
//
// What        A seed gives the disk its kind (sectors of 512 or 4,096 bytes; whether a torn sector
//             spares what stands beside) and the day its fault: three in four have none.
// Errors      Broken, with the seed in its text.
#pragma once
#include "tests/storage/day.h"

namespace yizhan::storage {

DayPlan plan_of(std::uint64_t seed);
// A step that the program would have left out: its syncs of these files do nothing, and everything
// is expected as if they did. "": none.
DayPlan without_syncs_of(DayPlan plan, const std::string& files);

void run_seed(const DayPlan& plan, Tally& tally);

}  // namespace yizhan::storage
