#include "node/doctor/scrub.h"

namespace yizhan::node {
namespace {

constexpr const char* kBlot = "[…]";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Codes are written in groups: XXXX-XXXX-…
bool is_of_word(char c) {
  return is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '+' || c == '=';
}

std::size_t run(std::string_view text, std::size_t from, bool (*is)(char)) {
  std::size_t end = from;
  while (end < text.size() && is(text[end])) ++end;
  return end - from;
}

std::string without_long_digits(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t digits = run(word, at, is_digit);
    if (digits >= kDigitsMax) {
      out += kBlot;
    } else {
      out += word.substr(at, digits == 0 ? 1 : digits);
    }
    at += digits == 0 ? 1 : digits;
  }
  return out;
}

}  // namespace

std::string scrubbed(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = run(line, at, is_of_word);
    if (length >= kWordMax) {
      out += kBlot;
    } else {
      out += without_long_digits(line.substr(at, length == 0 ? 1 : length));
    }
    at += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace yizhan::node
