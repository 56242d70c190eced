#include "node/app/calendar_view.h"

#include <algorithm>

#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

bool has_open_window(const Policy& policy, std::int64_t day, const Hours& hours, WallMs now) {
  const std::vector<SlotPlan> slots = slots_of(policy, day);
  return std::any_of(slots.begin(), slots.end(), [&](const SlotPlan& slot) {
    return slot.period == hours.period && hours.begin <= slot.window && slot.window < hours.end &&
           !is_past(day, slot.end, now) &&
           !is_too_late(policy, {day, slot.window}, slot.period, now);
  });
}

CalendarPeriod period_row(const Policy& policy, std::int64_t day, const Hours& hours, WallMs now) {
  CalendarPeriod row;
  row.hours = hours;
  row.booking_only = by_booking_only(policy, day, hours.period);
  row.bookable = may_book(hours.period);
  row.cut_off = cut_off_of(policy, {day, hours.begin}, hours.period);
  row.over =
      row.bookable ? !has_open_window(policy, day, hours, now) : is_past(day, hours.end, now);
  return row;
}

}  // namespace

Result<std::vector<CalendarRow>> calendar_rows(const Policy& policy, const CalendarQuery& query,
                                               WallMs now) {
  const auto from = parse_date(query.from);
  if (!from) return fail(from.error().code, from.error().detail, "from");
  std::vector<CalendarRow> rows;
  for (std::int64_t day = *from; day < *from + query.days; ++day) {
    CalendarRow row{day, policy.calendar.at(day), {}};
    for (const Hours& hours : hours_of(policy, day)) {
      row.periods.push_back(period_row(policy, day, hours, now));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace yizhan::node
