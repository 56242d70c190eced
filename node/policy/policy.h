// Policy: the values of the standard that a node enforces, as one immutable value.
//
// What        Hours and their kinds, cut-offs, limits of booking, queue and evaluation, and the
//             calendar. Read once at the start and passed to those who need it.
// Invariants  I1  hours of one kind do not overlap those of another on the same day, and stand in
//                 order; what is by booking only is never open to walk-ins.
//             I2  a reader (policy_file.h) has checked every value against its limits.
// Units       In the names; days and minutes of the day in China time; capacity in places.
// Errors      none: values only.
// Not here    What follows for one day or moment: node/policy/periods.h and slots.h.
// Source      domain.md section 5 (▲: a station may only tighten), ux.md W1 and W5.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "node/policy/calendar.h"

namespace yizhan::node {

enum class Period : std::uint8_t {
  Regular = 1,
  Noon = 2,              // 午间
  FlexEarly = 3,         // 早错时
  FlexLate = 4,          // 晚错时
  Overtime = 5,          // 延时
  Weekend = 6,           // 周末
  StatutoryHoliday = 7,  // 节假日: statutory days and the days off around them
};
inline constexpr std::array kPeriods = {
    Period::Regular,  Period::Noon,    Period::FlexEarly,       Period::FlexLate,
    Period::Overtime, Period::Weekend, Period::StatutoryHoliday};
const char* name(Period period);
constexpr bool off_hours(Period period) { return period != Period::Regular; }

struct Hours {  // [begin, end)
  Period period = Period::Regular;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend auto operator<=>(const Hours&, const Hours&) = default;
};

struct Season {
  std::int64_t from = 101;  // month * 100 + day
  std::vector<Hours> workday;
  std::vector<Hours> weekend;
  std::vector<Hours> holiday;
};

// Part of a day on which the station is closed; whole days stand in the calendar.
struct PartClosure {  // [begin, end)
  std::int64_t day = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

struct CutOff {
  enum class Day : std::uint8_t { Same, Before, WorkdayBefore };
  Day day = Day::Same;
  std::int64_t minute = 0;
};

struct ByBooking {
  bool flex_early = true;
  bool flex_late = true;
  bool saturday = false;
  bool sunday = true;
  bool statutory_holiday = true;
};

struct BookingRules {
  std::int64_t slot_minutes = 0;
  std::int64_t regular_capacity = 0;
  std::int64_t off_hours_capacity = 0;
  std::int64_t walkin_reserve_percent = 0;  // ▲
  std::int64_t horizon_days = 0;
  std::int64_t must_accept_lead_hours = 0;  // ▲
  std::int64_t per_person_per_item = 0;     // active bookings of one day
  std::int64_t per_person_per_day = 0;
  std::int64_t per_phone_persons = 0;  // of one day; who books from afar
  std::int64_t max_reschedules = 0;
  std::int64_t late_entry_days = 0;
  std::int64_t late_entry_days_lead = 0;
};

struct QueueRules {
  std::int64_t early_checkin_min = 0;
  std::int64_t late_grace_min = 0;
  std::int64_t late_grace_priority_min = 0;  // elder, disabled
  std::int64_t ready_before_min = 0;         // from then on an appointment stands in the queue
  std::int64_t recall_wait_s = 0;
  std::int64_t calls_max = 0;         // of a person who waits; then missed
  std::int64_t holds_max = 0;         // of a visit
  std::int64_t transfers_max = 0;     // likewise
  std::int64_t priority_run_max = 0;  // priority visits in a row
  std::int64_t return_after = 0;      // a missed one stands behind so many
  std::int64_t waiting_amber = 0;
  std::int64_t waiting_red = 0;
  std::int64_t wait_warning_min = 0;
  std::int64_t undo_s = 0;
  std::int64_t estimate_samples_min = 0;
};

struct EvaluationRules {
  std::int64_t timeout_s = 0;
  std::int64_t edit_s = 0;
  std::int64_t invite_days = 0;  // after the visit; so long the code of the slip is good
};

struct StationRules {
  std::int64_t idle_lock_min = 0;
  std::int64_t agreed_interval_h = 0;  // longest agreed time without contact
};

struct Policy {
  std::string version;
  std::int64_t effective_from = 0;
  std::string hotline;
  std::vector<Season> seasons;                   // by `from`
  std::array<std::optional<CutOff>, 8> cut_off;  // by Period; none in regular hours and overtime
  ByBooking by_booking;
  BookingRules booking;
  QueueRules queue;
  EvaluationRules evaluation;
  StationRules station;
  Calendar calendar;
  std::vector<PartClosure> part_closures;
};

}  // namespace yizhan::node
