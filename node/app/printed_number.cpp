#include "node/app/printed_number.h"

#include <charconv>
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

// A division code has 4, 6 or 9 digits; month, day, counter and check digit have 9.
std::size_t code_digits(std::size_t all) {
  constexpr std::size_t kRest = 9;
  return all == 4 + kRest || all == 6 + kRest || all == 9 + kRest ? all - kRest : 0;
}

}  // namespace

std::string printed_number(std::string_view station, std::int64_t day, std::int64_t counter) {
  const CivilDate date = civil_date(day);
  char rest[64];
  std::snprintf(rest, sizeof rest, "-%02u%02u-%04lld", date.month, date.day,
                static_cast<long long>(counter));
  std::string number = std::string(station) + rest;
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
  const std::string_view body = number.substr(0, number.size() - 2);
  const std::size_t dash = body.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = body.substr(dash + 1);
  std::int64_t counter = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), counter);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return counter;
}

}  // namespace yizhan::node
