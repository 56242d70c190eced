#include "node/policy/slots.h"

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Limits {
  WallMs rule;  // what the policy's cut-off says
  WallMs lead;  // up to here a request must be accepted
};

std::optional<Limits> limits_of(const Policy& policy, const ChinaMoment& begin, Period period) {
  const auto& cut_off = policy.cut_off[static_cast<std::size_t>(period)];
  if (!cut_off) return std::nullopt;
  std::int64_t day = begin.day;
  if (cut_off->day == CutOff::Day::Before) --day;
  if (cut_off->day == CutOff::Day::WorkdayBefore) {
    day = workday_before(policy.calendar, begin.day).day;
  }
  const std::int64_t lead_ms = policy.booking.must_accept_lead_hours * kHourMs;
  return Limits{wall_at({day, cut_off->minute}), {wall_at(begin).value - lead_ms}};
}

void add(const Policy& policy, const Hours& hours, std::vector<SlotPlan>& slots) {
  const BookingRules& rules = policy.booking;
  const bool regular = hours.period == Period::Regular;
  const std::int64_t capacity = regular ? rules.regular_capacity : rules.off_hours_capacity;
  // At least the walk-in share stays free: places that do not divide go to those who walk in.
  const std::int64_t bookable =
      regular ? capacity * (100 - rules.walkin_reserve_percent) / 100 : capacity;
  for (std::int64_t begin = hours.begin; begin < hours.end; begin += rules.slot_minutes) {
    const std::int64_t end = std::min(begin + rules.slot_minutes, hours.end);
    slots.push_back({begin, end, hours.period, capacity, bookable});
  }
}

}  // namespace

bool may_book(Period period) { return period != Period::Overtime; }

std::vector<SlotPlan> slots_of(const Policy& policy, std::int64_t day) {
  std::vector<SlotPlan> slots;
  for (const Hours& hours : hours_of(policy, day)) {
    if (may_book(hours.period)) add(policy, hours, slots);
  }
  return slots;
}

std::optional<SlotPlan> slot_at(const Policy& policy, std::int64_t day, std::int64_t window) {
  const std::vector<SlotPlan> slots = slots_of(policy, day);
  const auto found = std::find_if(slots.begin(), slots.end(),
                                  [&](const SlotPlan& slot) { return slot.window == window; });
  return found == slots.end() ? std::nullopt : std::optional(*found);
}

std::optional<WallMs> cut_off_of(const Policy& policy, const ChinaMoment& begin, Period period) {
  const auto limits = limits_of(policy, begin, period);
  return limits ? std::optional(std::max(limits->rule, limits->lead)) : std::nullopt;
}

bool is_too_late(const Policy& policy, const ChinaMoment& begin, Period period, WallMs now) {
  const auto limits = limits_of(policy, begin, period);
  return limits && now >= limits->rule && now > limits->lead;
}

bool is_past(std::int64_t day, std::int64_t end, WallMs now) { return now >= wall_at({day, end}); }

}  // namespace yizhan::node
