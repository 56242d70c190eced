#include "node/app/ticket_number.h"

#include <cstdio>

#include "node/policy/text_fold.h"

namespace yizhan::node {

std::string ticket_text(const TicketNumber& ticket) {
  char text[32];
  std::snprintf(text, sizeof text, "%c%03lld", static_cast<char>('A' + ticket.series),
                static_cast<long long>(ticket.counter));
  return text;
}

std::optional<TicketNumber> parse_ticket_number(std::string_view text) {
  if (text.size() < 4 || text.size() > 5 || text[0] < 'A' || text[0] > 'B') return std::nullopt;
  const std::string_view digits = text.substr(1);
  if (!all_digits(digits) || (digits.size() == 4 && digits[0] == '0')) return std::nullopt;
  TicketNumber ticket{text[0] - 'A', 0};
  for (const char digit : digits) ticket.counter = ticket.counter * 10 + (digit - '0');
  if (ticket.counter == 0) return std::nullopt;
  return ticket;
}

}  // namespace yizhan::node
