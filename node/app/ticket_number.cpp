#include "node/app/ticket_number.h"

#include <cstdio>

#include "node/app/printed_number.h"
#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kMarkDigits = 4;

std::int64_t number_in(std::string_view digits) {
  std::int64_t number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

std::string ticket_text(const TicketNumber& ticket) {
  std::string text(1, static_cast<char>('A' + ticket.series));
  char digits[32];
  if (const auto mark = static_cast<long long>(mark_of(ticket.counter)); mark != 0) {
    std::snprintf(digits, sizeof digits, "%04lld", mark);
    text += digits;
  }
  std::snprintf(digits, sizeof digits, "%03lld",
                static_cast<long long>(ticket.counter % kCountersADay));
  return text + digits;
}

std::optional<TicketNumber> parse_ticket_number(std::string_view text) {
  if (text.empty() || text[0] < 'A' || text[0] > 'B' || !all_digits(text.substr(1))) return {};
  const std::string_view digits = text.substr(1);
  const bool marked = digits.size() > kMarkDigits;
  const std::string_view counted = marked ? digits.substr(kMarkDigits) : digits;
  if (counted.size() < 3 || counted.size() > 4) return {};
  if (counted.size() == 4 && counted[0] == '0') return {};
  const std::int64_t counter = number_in(counted);
  const std::int64_t mark = marked ? number_in(digits.substr(0, kMarkDigits)) : 0;
  if (counter == 0 || (marked && mark == 0)) return {};
  return TicketNumber{text[0] - 'A', mark * kCountersADay + counter};
}

}  // namespace yizhan::node
