// Paper types: what is told of the standard, and what is printed, as plain values.
//
// Units       Dates "YYYY-MM-DD" and times of day "HH:MM" in China time.
// Errors      none: values only.
#pragma once
#include "node/app/service_types.h"
#include "node/app/slip_content.h"
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

// --- slips --------------------------------------------------------------------------------------

enum class SlipKind : std::uint8_t {
  Appointment,
  Ticket,
  Evaluation,
  DayClose,
  DayList,
  PaperForms,
  Complaint
};

struct NewSlip {
  SlipKind kind = SlipKind::Appointment;
  std::string id;          // appointment, ticket, evaluation, complaint
  std::string date;        // day_list, day_close
  std::int64_t count = 0;  // paper_forms
  Paper paper = Paper::Roll80;
  std::string printer;  // empty: the station's own
};

enum class PrinterState : std::uint8_t { Idle, Printing, Stopped, Unknown };
enum class PrintProblem : std::uint8_t { None, NoPrinter, PaperOut, Offline, Rejected };

struct PrinterRow {
  std::string name;
  PrinterState state = PrinterState::Unknown;
  PrintProblem problem = PrintProblem::None;
  bool is_default = false;
};

struct MadeSlip {
  std::string slip;  // 32 hex digits: its PDF, for ten minutes
  std::int64_t pages = 0;
  std::int64_t copy = 1;
  PrintProblem problem = PrintProblem::None;  // None: printed
  std::vector<std::string> numbers;           // paper_forms: those reserved
};

}  // namespace yizhan::node
