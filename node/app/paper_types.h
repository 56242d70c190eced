// Paper types: what is told of the standard, and what is printed, as plain values.
//
// Units       Dates "YYYY-MM-DD" and times of day "HH:MM" in China time.
// Errors      none: values only.
#pragma once
#include "node/app/service_types.h"
#include "node/policy/policy_values.h"

namespace yizhan::node {

struct PolicyFacts {
  std::string version;
  std::string effective_from;
  bool is_signed = false;
  std::string station_name;
  std::vector<PolicyValue> values;
};

struct CalendarQuery {
  std::string from;
  std::int64_t days = 14;
};

struct CalendarPeriod {
  Hours hours;
  bool booking_only = false;  // closed to who comes without an appointment
  bool bookable = false;
  std::optional<WallMs> cut_off;  // of its first window
  bool over = false;              // none of its windows may be booked any more
};

struct CalendarRow {
  std::int64_t day = 0;
  DayFacts facts;
  std::vector<CalendarPeriod> periods;
};

}  // namespace yizhan::node
