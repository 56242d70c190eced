// Slip content: what stands on each kind of slip, as plain values.
//
// What        Filled by the use cases, laid out by node/paper. Names and phones come masked; a
//             document number has no place here.
// Invariants  I1  a QR holds a printed number or an evaluation code, never anything of a person.
//             I2  `copy` counts how often this slip was printed, from 1; from 2 on it says so.
// Units       Texts as printed, in China time.
// Errors      none: values only.
// Source      ux.md section 5 Print.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace yizhan::node {

// What every slip begins and ends with.
struct SlipFrame {
  std::string station;
  std::string hotline;
  std::string printed_at;  // 3月2日 16:02
  std::string printed_by;  // display name of the clerk
  std::int64_t copy = 1;
};

enum class Certainty : std::uint8_t { Firm, Tentative, Waitlisted, Void };

struct AppointmentSlip {
  std::string number;
  Certainty certainty = Certainty::Firm;
  std::string date;                    // 2026年3月5日 周四
  std::string window;                  // 09:30–10:00
  std::string period;                  // 午间; empty in regular hours
  std::string item;                    // name
  std::string name;                    // masked
  std::string phone;                   // masked; empty without one
  std::vector<std::string> materials;  // 银行卡复印件(待带): it was not there yet
  std::vector<std::string> remarks;    // e.g. until when an answer comes
};

struct TicketSlip {
  std::string ticket;  // A013
  std::string item;
  std::int64_t ahead = 0;
  std::string taken_at;
  std::string appointment;      // window of the appointment; empty for a walk-in
  std::string evaluation_code;  // empty: none yet
};

struct EvaluationSlip {
  std::string ticket;
  std::string item;
  std::string window;  // 2号窗口
  std::string served_at;
  std::string code;
};

struct ComplaintSlip {
  std::string number;
  std::string about;
  std::string received_at;
  std::string answer_by;  // what the resident is promised; may be empty
};

struct DayCloseSlip {
  std::string date;
  std::vector<std::pair<std::string, std::string>> counts;  // label, value
  std::vector<std::string> left;                            // tickets not served
  std::vector<std::string> forms;  // what should be left of each lot of hand-written forms
  std::string pending;             // 待上报 37 条, or that it is not known
  bool safe_to_power_off = false;
};

struct DayListRow {
  std::string window;
  std::string number;
  std::string item;
  std::string name;  // masked
  std::string phone_tail;
  std::string state;
};
struct DayListSlip {
  std::string date;
  std::vector<DayListRow> rows;
};

struct PaperFormsSlip {
  std::vector<std::string> numbers;  // one form each
};

using SlipContent = std::variant<AppointmentSlip, TicketSlip, EvaluationSlip, ComplaintSlip,
                                 DayCloseSlip, DayListSlip, PaperFormsSlip>;

enum class Paper : std::uint8_t { Roll80, A5, A4 };

struct Slip {
  SlipFrame frame;
  SlipContent content;
  Paper paper = Paper::Roll80;
};

}  // namespace yizhan::node
