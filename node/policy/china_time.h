// China time: the calendar day and minute at which something happens for people.
//
// What        Days since 1970-01-01 and minutes of the day at UTC+8, and their written forms.
// Invariants  One zone, no daylight saving: an offset, never a zone database.
// Units       Day: days since 1970-01-01. Minute: 0 to 1,439.
// Errors      BadFormat for a text that names no day or minute.
// Source      dependencies.md ("time"); domain.md section 6.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "crdt/base/result.h"
#include "crdt/base/time.h"

namespace yizhan::node {

constexpr std::int64_t kMinutesPerDay = 1440;

struct ChinaMoment {
  std::int64_t day = 0;
  std::int64_t minute = 0;
  friend auto operator<=>(const ChinaMoment&, const ChinaMoment&) = default;
};
ChinaMoment china_moment(WallMs at);
WallMs wall_at(const ChinaMoment& moment);

int weekday(std::int64_t day);  // 0 Sunday to 6 Saturday

struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};
CivilDate civil_date(std::int64_t day);
// BadFormat when there is no such day, e.g. 29 February 2021.
Result<std::int64_t> day_number(const CivilDate& date);

Result<std::int64_t> parse_date(std::string_view text);  // 2026-03-05
std::string date_text(std::int64_t day);
Result<std::int64_t> parse_minute(std::string_view text);  // 09:30
std::string minute_text(std::int64_t minute);

}  // namespace yizhan::node
