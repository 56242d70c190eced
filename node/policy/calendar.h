// Calendar: what kind of day each day is, as the published notices say.
//
// What        Workdays, weekends, make-up workdays, holidays and the station's own closures; how
//             many working days lie between.
// Invariants  I1  a day that no notice covers is not known: it has a weekday, but nobody may take
//                 it for a workday or book it.
//             I2  order of resolution: closure of the station, later notice, earlier notice.
//             I3  within one file the days stand in order, without a gap and each once; a workday
//                 is a Monday to Friday, a weekend or make-up workday a Saturday or Sunday.
// Units       Days since 1970-01-01, China time.
// Errors      BadFormat (field "calendar", the line in the detail), LimitExceeded.
// Source      domain.md 6.1 and 6.2; 民法典 201–203.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "crdt/base/result.h"

namespace yizhan::node {

enum class DayKind : std::uint8_t {
  Workday = 1,
  Weekend = 2,
  MakeupWorkday = 3,
  StatutoryHoliday = 4,  // 法定节日当天
  InLieuDayOff = 5,      // 调休放假
  LocalClosure = 6
};
const char* name(DayKind kind);

struct Notice {
  std::string number;       // 国办发明电〔2025〕7号
  std::int64_t issued = 0;  // day
};

struct DayFacts {
  DayKind kind = DayKind::Workday;
  std::string name;    // 国庆节, or why the station is closed; empty on plain days
  bool known = false;  // false: past the published notices; `kind` is then the weekday's
  Notice notice;       // by which it is known
};

constexpr std::size_t kCalendarBytesMax = 256 * 1024;

class Calendar {
 public:
  static Result<Calendar> parse(std::string_view text);

  void replace_with(const Calendar& later);                 // day by day
  void close(std::int64_t day, const std::string& reason);  // a day that is not known stays so

  DayFacts at(std::int64_t day) const;
  // True also of a make-up workday, and of one on which the station is closed: a closure moves no
  // deadline of the law. False when the day is not known.
  bool is_workday(std::int64_t day) const;
  std::size_t size() const { return days_.size(); }

 private:
  std::map<std::int64_t, DayFacts> days_;
  std::map<std::int64_t, std::string> closures_;
};

// A day found by counting. Provisional: a day on the way is not known, and the week was taken for
// it.
struct CountedDay {
  std::int64_t day = 0;
  bool provisional = false;
  friend bool operator==(const CountedDay&, const CountedDay&) = default;
};
// `count` (>= 0) working days after `start`, which is not counted.
CountedDay after_workdays(const Calendar& calendar, std::int64_t start, std::int64_t count);
// `count` natural days after `start`; an end on a day of rest moves to the next working day.
CountedDay after_days(const Calendar& calendar, std::int64_t start, std::int64_t count);
// The last working day before `day`, which is not counted.
CountedDay workday_before(const Calendar& calendar, std::int64_t day);

// How many days from `day` on are known, up to a bit more than a year.
std::int64_t known_days_from(const Calendar& calendar, std::int64_t day);

}  // namespace yizhan::node
