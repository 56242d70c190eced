#include "node/http/shapes.h"

#include <algorithm>

namespace yizhan::node::http {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }

template <class Allowed>
bool all(std::string_view s, std::size_t min, std::size_t max, Allowed allowed) {
  return s.size() >= min && s.size() <= max && std::all_of(s.begin(), s.end(), allowed);
}

// U+202A..202E, U+2066..2069: what makes a text read in another order than it is stored.
bool reverses(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }
bool control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

}  // namespace

bool is_login(std::string_view s) {
  return all(s, 1, 32,
             [](char c) { return lower(c) || digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_date(std::string_view s) {
  if (s.size() != 10) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if ((i == 4 || i == 7) ? s[i] != '-' : !digit(s[i])) return false;
  }
  return true;
}

bool is_window(std::string_view s) {
  if (s.size() != 5 || s[2] != ':') return false;
  if (!digit(s[0]) || !digit(s[1]) || !digit(s[3]) || !digit(s[4])) return false;
  return (s[0] - '0') * 10 + (s[1] - '0') < 24 && s[3] < '6';
}

bool is_item_code(std::string_view s) {
  return all(s, 1, 33, [](char c) { return lower(c) || upper(c) || digit(c) || c == '-'; });
}

bool is_id(std::string_view s) {
  return all(s, 1, 64, [](char c) { return lower(c) || (c >= '2' && c <= '7'); });
}

bool is_seat(std::string_view s) {
  return all(s, 32, 32, [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_cursor(std::string_view s) {
  return all(s, 1, 128,
             [](char c) { return lower(c) || digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_revision(std::string_view s) {
  return all(s, 1, 64, [](char c) { return lower(c) || digit(c); });
}

bool is_phone(std::string_view s) {
  return all(s, 5, 20, [](char c) { return digit(c) || c == ' ' || c == '+' || c == '-'; });
}

bool is_one_time_code(std::string_view s) {
  return all(s, 16, 19,
             [](char c) { return lower(c) || upper(c) || (c >= '2' && c <= '7') || c == '-'; });
}

bool is_short_code(std::string_view s) {
  return all(s, 1, 64, [](char c) { return lower(c) || upper(c) || digit(c) || c == '-'; });
}

bool is_hex(std::string_view s) {
  return all(s, 1, 64, [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_division_path(std::string_view s) {
  if (s.size() > 64) return false;
  std::size_t codes = 0;
  while (true) {
    const std::size_t end = s.find('/');
    if (!all(s.substr(0, end), 2, 12, digit) || ++codes > 5) return false;
    if (end == std::string_view::npos) return true;
    s.remove_prefix(end + 1);
  }
}

bool is_printable_ascii(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '!' && c <= '~'; });
}

bool is_any(std::string_view) { return true; }

std::size_t plain_length(std::string_view s, bool lines) {
  std::size_t length = 0;
  std::size_t i = 0;
  while (i < s.size()) {
    const auto lead = static_cast<unsigned char>(s[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || i + size > s.size()) return kNotPlain;
    char32_t c = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t k = 1; k < size; ++k) {
      const auto next = static_cast<unsigned char>(s[i + k]);
      if ((next & 0xC0U) != 0x80) return kNotPlain;
      c = (c << 6U) | (next & 0x3FU);
    }
    const bool overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return kNotPlain;
    if (reverses(c) || (control(c) && !(lines && c == '\n'))) return kNotPlain;
    i += size;
    ++length;
  }
  return length;
}

}  // namespace yizhan::node::http
