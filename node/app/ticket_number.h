// Ticket number: what is called in the hall, A013.
//
// What        A letter for the series (A ordinary, B elder, disabled, pregnant or veteran) and a
//             counter of three digits, four when they are needed; between them, at a node that
//             went on from a backup, the four digits of its epoch's mark: A4829013.
// Invariants  parse_ticket_number(ticket_text(t)) == t for what is counted from 1 to 9,999.
// Units       The counter starts at 1 on each business date, which is the date of issue, and holds
//             the mark as that of a printed number does.
// Errors      none: a text that is no ticket is empty.
// Source      ux.md W1 and W9; design.md section 5 "Numbers printed for people".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yizhan::node {

struct TicketNumber {
  std::int64_t series = 0;  // 0: A, 1: B
  std::int64_t counter = 0;
  friend bool operator==(const TicketNumber&, const TicketNumber&) = default;
};

std::string ticket_text(const TicketNumber& ticket);
std::optional<TicketNumber> parse_ticket_number(std::string_view text);

}  // namespace yizhan::node
