// Chip: the one line that says how far this node's records have come.
//
// What        From what the node knows of itself and of the line to the state that every page
//             shows.
// Invariants  I1  received only when a receipt of the city covers everything that was written here.
//             I2  unknown when the counts could not be read; never a number that was not counted.
//             I3  cannot_save stands above all others.
// Units       Records; whole days.
// Errors      none.
// Source      ux.md section 4 "Chip".
#pragma once
#include "node/app/service_types.h"

namespace yizhan::node {

// Of `status` without its chip.
Chip chip_of(const NodeStatus& status);

}  // namespace yizhan::node
