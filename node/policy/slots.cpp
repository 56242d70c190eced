#include "node/policy/slots.h"

#include <algorithm>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t at(int hour, int minute) { return hour * 60 + minute; }

struct Period {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t capacity = 0;
  bool off_hours = false;
};

constexpr std::int64_t kRegularCapacity = 10;  // two windows, a quarter of an hour a visit, spare
constexpr std::int64_t kOffHoursCapacity = 4;  // one clerk
constexpr std::int64_t kWalkInPercent = 30;

constexpr Period kWorkday[] = {{at(8, 30), at(12, 0), kRegularCapacity, false},
                               {at(12, 0), at(14, 30), kOffHoursCapacity, true},
                               {at(14, 30), at(18, 0), kRegularCapacity, false}};
constexpr Period kWeekend[] = {{at(9, 0), at(12, 0), kOffHoursCapacity, true},
                               {at(14, 30), at(17, 0), kOffHoursCapacity, true}};

void add(std::vector<SlotPlan>& slots, const Period& period) {
  // At least the walk-in share stays free: places that do not divide go to those who walk in.
  const std::int64_t bookable =
      period.off_hours ? period.capacity : period.capacity * (100 - kWalkInPercent) / 100;
  for (std::int64_t minute = period.begin; minute < period.end; minute += kSlotMinutes) {
    slots.push_back({minute, period.capacity, bookable, period.off_hours});
  }
}

}  // namespace

std::vector<SlotPlan> slots_of(std::int64_t day) {
  std::vector<SlotPlan> slots;
  const int number = weekday(day);
  if (number == 0 || number == 6) {
    for (const Period& period : kWeekend) add(slots, period);
  } else {
    for (const Period& period : kWorkday) add(slots, period);
  }
  return slots;
}

std::optional<SlotPlan> slot_at(std::int64_t day, std::int64_t window) {
  const std::vector<SlotPlan> slots = slots_of(day);
  const auto found = std::find_if(slots.begin(), slots.end(),
                                  [&](const SlotPlan& slot) { return slot.window == window; });
  return found == slots.end() ? std::nullopt : std::optional(*found);
}

}  // namespace yizhan::node
