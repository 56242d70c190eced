#include "node/policy/china_time.h"

#include <chrono>
#include <cstdio>

#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kOffsetMs = 8 * 60 * kMinuteMs;
constexpr std::int64_t kDayMs = kMinutesPerDay * kMinuteMs;

sys_days at(std::int64_t day) { return sys_days(days(day)); }

// Whole numbers of two or four digits, the caller has checked the shape.
int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

ChinaMoment china_moment(WallMs wall) {
  const std::int64_t local = wall.value + kOffsetMs;
  std::int64_t day = local / kDayMs;
  std::int64_t rest = local % kDayMs;
  if (rest < 0) {
    --day;
    rest += kDayMs;
  }
  return {day, rest / kMinuteMs};
}

WallMs wall_at(const ChinaMoment& moment) {
  return {moment.day * kDayMs + moment.minute * kMinuteMs - kOffsetMs};
}

int weekday(std::int64_t day) {
  return static_cast<int>(std::chrono::weekday(at(day)).c_encoding());
}

CivilDate civil_date(std::int64_t day) {
  const std::chrono::year_month_day ymd(at(day));
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day())};
}

Result<std::int64_t> day_number(const CivilDate& date) {
  const std::chrono::year_month_day ymd(std::chrono::year(date.year),
                                        std::chrono::month(date.month), std::chrono::day(date.day));
  if (!ymd.ok()) return fail(Errc::BadFormat, "there is no such day", "date");
  return sys_days(ymd).time_since_epoch().count();
}

Result<std::int64_t> parse_date(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      all_digits(text.substr(0, 4)) && all_digits(text.substr(5, 2)) &&
                      all_digits(text.substr(8, 2));
  if (!shaped) return fail(Errc::BadFormat, "not a date like 2026-03-05", "date");
  return day_number({number(text.substr(0, 4)), static_cast<unsigned>(number(text.substr(5, 2))),
                     static_cast<unsigned>(number(text.substr(8, 2)))});
}

std::string date_text(std::int64_t day) {
  const CivilDate date = civil_date(day);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", date.year, date.month, date.day);
  return text;
}

Result<std::int64_t> parse_minute(std::string_view text) {
  const bool shaped = text.size() == 5 && text[2] == ':' && all_digits(text.substr(0, 2)) &&
                      all_digits(text.substr(3, 2));
  const int hour = shaped ? number(text.substr(0, 2)) : 24;
  const int minute = shaped ? number(text.substr(3, 2)) : 60;
  if (hour > 23 || minute > 59) return fail(Errc::BadFormat, "not a time like 09:30", "window");
  return hour * 60 + minute;
}

std::string minute_text(std::int64_t minute) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(minute / 60),
                static_cast<int>(minute % 60));
  return text;
}

}  // namespace yizhan::node
