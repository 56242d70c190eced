// Places: how many of a window are taken, and whether one is free.
//
// What        Counts the appointments of a day that hold a place of their window.
// Invariants  I1  what was cancelled, refused, only waits or has expired holds none.
// Units       Days since 1970-01-01 and minutes of the day, China time.
// Errors      NoCapacity, field "window"; storage errors.
// Source      design.md section 1 (never overbooked); domain.md section 5.
#pragma once
#include "node/app/reads.h"
#include "node/policy/policy.h"

namespace yizhan::node {

bool holds_a_place(crdt::Appointment state);
Result<std::int64_t> places_taken(const Reads& reads, const sync::Scope& scope, std::int64_t day,
                                  std::int64_t window);
// What may be booked of the window: the walk-in share is not in it.
Result<void> check_free_place(const Reads& reads, const Policy& policy, const sync::Scope& scope,
                              std::int64_t day, std::int64_t window);

}  // namespace yizhan::node
