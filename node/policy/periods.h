// Periods: what kind of hours a moment lies in.
//
// What        The hours of a day by its season and calendar, and the period of any moment or visit.
// Invariants  I1  half-open: at 12:00:00 the morning is over and noon has begun.
//             I2  a make-up workday has regular hours and is no weekend service; statutory days and
//                 the days off around them are one kind of hours.
//             I3  a day that is not known, or on which the station is closed, has no hours; a part
//                 of a day that is closed is left out of them.
// Units       Days since 1970-01-01 and minutes of the day, China time.
// Errors      none.
// Source      domain.md sections 5 and 6.1, hard cases 1, 2, 3, 7, 8, 9.
#pragma once
#include "node/policy/china_time.h"
#include "node/policy/policy.h"

namespace yizhan::node {

std::vector<Hours> hours_of(const Policy& policy, std::int64_t day);  // in order
// Empty: outside of all hours.
std::optional<Period> period_at(const Policy& policy, const ChinaMoment& at);
// That of the start; overtime for one who came before regular hours ended and began after.
std::optional<Period> visit_period(const Policy& policy, const ChinaMoment& arrived,
                                   const ChinaMoment& started);
bool by_booking_only(const Policy& policy, std::int64_t day, Period period);
// The first day after `day` with hours that are open to who comes without an appointment; the very
// next one when no notice tells.
std::int64_t next_open_day(const Policy& policy, std::int64_t day);

}  // namespace yizhan::node
