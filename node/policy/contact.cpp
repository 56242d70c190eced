#include "node/policy/contact.h"

#include <algorithm>
#include <regex>

#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

constexpr char32_t kMiddleDot = 0x00b7;

bool looks_like_middle_dot(char32_t c) {
  return c == kMiddleDot || c == 0x2022 || c == 0x2027 || c == 0x30fb || c == 0xff0e || c == 0xff65;
}

bool is_space(char32_t c) { return c == U' ' || c == 0x3000 || c == 0x00a0; }

// Invisible marks that turn text round or hide in it; no name needs them.
bool is_hidden(char32_t c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c < 0x20 || (c >= 0x7f && c < 0xa0);
}

void trim(std::vector<char32_t>& points) {
  while (!points.empty() && is_space(points.back())) points.pop_back();
  const auto first = std::find_if_not(points.begin(), points.end(), is_space);
  points.erase(points.begin(), first);
}

// · with the spaces around it dropped.
std::vector<char32_t> with_one_separator(const std::vector<char32_t>& points) {
  std::vector<char32_t> out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (looks_like_middle_dot(points[i])) {
      while (!out.empty() && is_space(out.back())) out.pop_back();
      out.push_back(kMiddleDot);
      while (i + 1 < points.size() && is_space(points[i + 1])) ++i;
    } else {
      out.push_back(points[i]);
    }
  }
  return out;
}

std::string without_country_code(const std::string& folded) {
  for (const char* prefix : {"+86", "0086"}) {
    if (folded.starts_with(prefix)) return folded.substr(std::char_traits<char>::length(prefix));
  }
  return folded.size() == 13 && folded.starts_with("861") ? folded.substr(2) : folded;
}

}  // namespace

Result<std::string> parse_person_name(std::string_view name) {
  std::vector<char32_t> points = code_points(name);
  if (std::any_of(points.begin(), points.end(), is_hidden)) {
    return fail(Errc::BadFormat, "hidden characters", "name");
  }
  trim(points);
  points = with_one_separator(points);
  if (points.empty()) return fail(Errc::BadFormat, "empty", "name");
  if (points.size() > kNameCharsMax) return fail(Errc::LimitExceeded, "too long", "name");
  return utf8(points);
}

Result<std::string> parse_phone(std::string_view phone) {
  static const std::regex mobile("1[3-9][0-9]{9}");
  static const std::regex fixed("0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?");
  const std::string folded = without_country_code(fold_number(phone));
  if (std::regex_match(folded, mobile) || folded == "12345") return folded;
  std::string spaced(phone);
  std::erase(spaced, ' ');
  if (std::regex_match(spaced, fixed)) return spaced;
  return fail(Errc::BadFormat, "neither a mobile nor a fixed line", "phone");
}

std::string mask_name(std::string_view name) {
  std::vector<char32_t> points = code_points(name);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i] != kMiddleDot) points[i] = U'*';
  }
  return utf8(points);
}

std::string mask_phone(std::string_view phone) {
  const bool mobile = phone.size() == 11 && phone.front() == '1';
  return std::string(mobile ? phone.substr(0, 3) : "") + "****" + phone_tail(phone);
}

std::string phone_tail(std::string_view phone) {
  std::string digits(phone);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return digits.size() <= 4 ? digits : digits.substr(digits.size() - 4);
}

}  // namespace yizhan::node
