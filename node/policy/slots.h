// Slots: the windows of one day, and how many of their places may be booked.
//
// What        Regular hours, noon and weekend periods in steps of half an hour. In regular hours a
//             share of every window stays for people who walk in.
// Invariants  I1  windows of a day do not overlap and are ordered.
//             I2  bookable <= capacity; off-hours windows have no walk-in share.
// Units       Minutes of the day, China time; places.
// Errors      none.
// Not here    Statutory holidays and make-up workdays: the calendar of the signed policy.
// Source      domain.md section 5: hours.regular, no_rest.noon, no_rest.weekend,
//             booking.slot_minutes, booking.walkin_reserve_ratio.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace yizhan::node {

constexpr std::int64_t kSlotMinutes = 30;
constexpr std::int64_t kHorizonDays = 14;  // booking.horizon_days
constexpr std::int64_t kMaxReschedules = 2;

struct SlotPlan {
  std::int64_t window = 0;
  std::int64_t capacity = 0;
  std::int64_t bookable = 0;
  bool off_hours = false;
};

std::vector<SlotPlan> slots_of(std::int64_t day);
std::optional<SlotPlan> slot_at(std::int64_t day, std::int64_t window);

}  // namespace yizhan::node
