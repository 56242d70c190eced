#include "node/app/printed_number.h"

#include <cstdio>

#include "node/policy/china_time.h"
#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

// ISO/IEC 7064 MOD 11,10 over the digits of `text`.
int check_digit(std::string_view text) {
  int product = 10;
  for (const char c : text) {
    if (c < '0' || c > '9') continue;
    int sum = (product + (c - '0')) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  }
  return (11 - product) % 10;
}

// A division code has 4, 6 or 9 digits; month, day, counter and check digit have 9, and a mark 4
// more: no two sums are equal.
std::size_t code_digits(std::size_t all) {
  for (const std::size_t rest : {9U, 13U}) {
    for (const std::size_t code : {4U, 6U, 9U}) {
      if (all == code + rest) return code;
    }
  }
  return 0;
}

std::optional<std::int64_t> four_digits(std::string_view text) {
  if (text.size() != 4 || !all_digits(text)) return std::nullopt;
  std::int64_t number = 0;
  for (const char digit : text) number = number * 10 + (digit - '0');
  return number;
}

// What follows the last hyphen, which it takes away with it.
std::string_view take_last(std::string_view& rest) {
  const std::size_t dash = rest.rfind('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view part = rest.substr(dash + 1);
  rest = rest.substr(0, dash);
  return part;
}

}  // namespace

std::string printed_number(std::string_view station, std::int64_t day, std::int64_t counter) {
  const CivilDate date = civil_date(day);
  char rest[64];
  std::snprintf(rest, sizeof rest, "-%02u%02u", date.month, date.day);
  std::string number = std::string(station) + rest;
  if (const auto mark = static_cast<long long>(mark_of(counter)); mark != 0) {
    std::snprintf(rest, sizeof rest, "-%04lld", mark);
    number += rest;
  }
  std::snprintf(rest, sizeof rest, "-%04lld", static_cast<long long>(counter % kCountersADay));
  number += rest;
  number += '-';
  number += static_cast<char>('0' + check_digit(number));
  return number;
}

std::optional<PrintedNumber> parse_printed_number(std::string_view number, std::int64_t today) {
  const auto counter = printed_counter(number);
  const std::size_t dash = number.find('-');
  if (!counter || number.size() < dash + 6) return std::nullopt;
  const std::string month_day =
      std::string(number.substr(dash + 1, 2)) + "-" + std::string(number.substr(dash + 3, 2));
  for (int year = civil_date(today).year; year > civil_date(today).year - 8; --year) {
    const auto day = parse_date(std::to_string(year) + "-" + month_day);
    if (!day || *day > today) continue;
    PrintedNumber out{std::string(number.substr(0, dash)), *day, *counter};
    if (printed_number(out.station, out.day, out.counter) != number) return std::nullopt;
    return out;
  }
  return std::nullopt;
}

std::string issuing_station(std::string_view number) {
  if (printed_counter(number)) return std::string(number.substr(0, number.find('-')));
  const std::size_t code = all_digits(number) ? code_digits(number.size()) : 0;
  if (code == 0) return "";
  const bool right = number.back() == '0' + check_digit(number.substr(0, number.size() - 1));
  return right ? std::string(number.substr(0, code)) : "";
}

std::optional<std::int64_t> printed_counter(std::string_view number) {
  if (number.size() < 2 || number[number.size() - 2] != '-') return std::nullopt;
  const std::string_view checked = number.substr(0, number.size() - 1);
  if (number.back() != '0' + check_digit(checked)) return std::nullopt;
  std::string_view rest = number.substr(0, number.size() - 2);
  const auto counter = four_digits(take_last(rest));
  const auto before = take_last(rest);  // the day, or the mark of an epoch after the day
  if (!counter || before.empty()) return std::nullopt;
  if (rest.find('-') == std::string_view::npos) return counter;
  const auto mark = four_digits(before);
  return mark ? std::optional(*mark * kCountersADay + *counter) : std::nullopt;
}

}  // namespace yizhan::node
