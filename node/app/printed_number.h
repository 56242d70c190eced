// Printed number: what a resident reads on the slip and says at the counter.
//
// What        station code - month and day of issue - counter - check digit, 140311100-0305-0017-8.
//             A node that went on from a backup writes the mark of its epoch before the counter,
//             140311100-0305-4829-0017-6.
// Invariants  I1  one station numbers its own slips, so numbers of two stations never meet.
//             I2  the check digit finds every wrong digit and most swapped neighbours.
// Units       Days since 1970-01-01, China time; the counter starts at 1 each day and holds the mark
//             too: mark * kCountersADay + what is counted.
// Errors      none.
// Source      design.md section 5 "Numbers printed for people"; ISO/IEC 7064 MOD 11,10.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yizhan::node {

constexpr std::int64_t kCountersADay = 10'000;  // of one epoch; 0 is none of them
inline std::int64_t mark_of(std::int64_t counter) { return counter / kCountersADay; }

std::string printed_number(std::string_view station, std::int64_t day, std::int64_t counter);
// What a printed number says; the year is the last one in which that day is not after `today`.
struct PrintedNumber {
  std::string station;
  std::int64_t day = 0;
  std::int64_t counter = 0;
};
std::optional<PrintedNumber> parse_printed_number(std::string_view number, std::int64_t today);
// The code of the station that issued a number, which may stand without its hyphens; empty when
// the text is no printed number.
std::string issuing_station(std::string_view number);
// The counter inside a printed number; empty when the text is none.
std::optional<std::int64_t> printed_counter(std::string_view number);

}  // namespace yizhan::node
