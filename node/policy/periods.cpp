#include "node/policy/periods.h"

#include <algorithm>

namespace yizhan::node {
namespace {

// The season that began last; before the first of a year, the last of the year before.
const Season& season_of(const Policy& policy, std::int64_t day) {
  const CivilDate date = civil_date(day);
  const std::int64_t month_day = static_cast<std::int64_t>(date.month) * 100 + date.day;
  const Season* found = &policy.seasons.back();
  for (const Season& season : policy.seasons) {
    if (season.from <= month_day) found = &season;
  }
  return *found;
}

std::vector<Hours> usual_hours(const Policy& policy, std::int64_t day) {
  const DayFacts facts = policy.calendar.at(day);
  if (!facts.known || policy.seasons.empty()) return {};
  const Season& season = season_of(policy, day);
  switch (facts.kind) {
    case DayKind::Workday:
    case DayKind::MakeupWorkday: return season.workday;
    case DayKind::Weekend: return season.weekend;
    case DayKind::StatutoryHoliday:
    case DayKind::InLieuDayOff: return season.holiday;
    case DayKind::LocalClosure: return {};
  }
  return {};
}

// What is left of `hours` before and after the closure.
std::vector<Hours> without(const std::vector<Hours>& hours, const PartClosure& closed) {
  std::vector<Hours> left;
  for (const Hours& one : hours) {
    if (one.begin < closed.begin) {
      left.push_back({one.period, one.begin, std::min(one.end, closed.begin)});
    }
    if (one.end > closed.end) {
      left.push_back({one.period, std::max(one.begin, closed.end), one.end});
    }
  }
  return left;
}

}  // namespace

std::vector<Hours> hours_of(const Policy& policy, std::int64_t day) {
  std::vector<Hours> hours = usual_hours(policy, day);
  for (const PartClosure& closed : policy.part_closures) {
    if (closed.day == day) hours = without(hours, closed);
  }
  return hours;
}

std::optional<Period> period_at(const Policy& policy, const ChinaMoment& at) {
  for (const Hours& hours : hours_of(policy, at.day)) {
    if (hours.begin <= at.minute && at.minute < hours.end) return hours.period;
  }
  return std::nullopt;
}

std::optional<Period> visit_period(const Policy& policy, const ChinaMoment& arrived,
                                   const ChinaMoment& started) {
  std::int64_t closing = 0;
  for (const Hours& hours : hours_of(policy, started.day)) {
    if (hours.period == Period::Regular) closing = std::max(closing, hours.end);
  }
  const bool kept_on = closing > 0 && arrived.day == started.day && arrived.minute < closing &&
                       started.minute >= closing;
  return kept_on ? Period::Overtime : period_at(policy, started);
}

bool by_booking_only(const Policy& policy, std::int64_t day, Period period) {
  switch (period) {
    case Period::Regular:
    case Period::Noon:
    case Period::Overtime: return false;
    case Period::FlexEarly: return policy.by_booking.flex_early;
    case Period::FlexLate: return policy.by_booking.flex_late;
    case Period::Weekend:
      return weekday(day) == 0 ? policy.by_booking.sunday : policy.by_booking.saturday;
    case Period::StatutoryHoliday: return policy.by_booking.statutory_holiday;
  }
  return false;
}

std::int64_t next_open_day(const Policy& policy, std::int64_t day) {
  constexpr std::int64_t kLookedAhead = 60;
  for (std::int64_t next = day + 1; next <= day + kLookedAhead; ++next) {
    for (const Hours& hours : hours_of(policy, next)) {
      if (!by_booking_only(policy, next, hours.period)) return next;
    }
  }
  return day + 1;
}

}  // namespace yizhan::node
