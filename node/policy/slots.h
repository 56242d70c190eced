// Slots: the windows of one day, how many of their places may be booked, and until when.
//
// What        Every period that may be booked in steps of the policy's length. In regular hours a
//             share of every window stays for people who walk in.
// Invariants  I1  windows of a day do not overlap and are ordered.
//             I2  bookable <= capacity; off-hours windows have no walk-in share.
//             I3  whoever asks must_accept_lead_hours before a window is never too late for it.
//             I4  a day that is not known has no windows.
// Units       Minutes of the day, China time; places.
// Errors      none.
// Source      domain.md section 5: hours, no_rest.*, booking.*; ux.md W5 (cut-offs).
#pragma once
#include "node/policy/periods.h"

namespace yizhan::node {

struct SlotPlan {
  std::int64_t window = 0;  // begin
  std::int64_t end = 0;
  Period period = Period::Regular;
  std::int64_t capacity = 0;
  std::int64_t bookable = 0;
};

std::vector<SlotPlan> slots_of(const Policy& policy, std::int64_t day);
std::optional<SlotPlan> slot_at(const Policy& policy, std::int64_t day, std::int64_t window);
bool may_book(Period period);  // overtime is for those who wait already

// The moment after which a window that begins at `begin` is no longer booked; none in regular
// hours.
std::optional<WallMs> cut_off_of(const Policy& policy, const ChinaMoment& begin, Period period);
bool is_too_late(const Policy& policy, const ChinaMoment& begin, Period period, WallMs now);
bool is_past(std::int64_t day, std::int64_t end, WallMs now);

}  // namespace yizhan::node
