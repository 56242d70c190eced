#include "node/app/places.h"

#include <algorithm>

#include "node/policy/slots.h"

namespace yizhan::node {

bool holds_a_place(crdt::Appointment state) {
  switch (state) {
    case crdt::Appointment::Rejected:
    case crdt::Appointment::Waitlisted:
    case crdt::Appointment::CancelledByClient:
    case crdt::Appointment::CancelledByStation:
    case crdt::Appointment::Expired: return false;
    default: return true;
  }
}

Result<std::int64_t> places_taken(const Reads& reads, const sync::Scope& scope, std::int64_t day,
                                  std::int64_t window) {
  const auto rows = reads.day(scope, day);
  if (!rows) return fail(rows);
  return std::count_if(rows->begin(), rows->end(), [&](const DayEntry& row) {
    return row.window == window && holds_a_place(row.state);
  });
}

Result<void> check_free_place(const Reads& reads, const Policy& policy, const sync::Scope& scope,
                              std::int64_t day, std::int64_t window) {
  const auto plan = slot_at(policy, day, window);
  const auto held = places_taken(reads, scope, day, window);
  if (!held) return fail(held);
  if (!plan || *held >= plan->bookable) {
    return fail(Errc::NoCapacity, "the window is full", "window");
  }
  return {};
}

}  // namespace yizhan::node
