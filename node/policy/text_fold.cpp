#include "node/policy/text_fold.h"

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr char32_t kFullWidthFirst = 0xff01;
constexpr char32_t kFullWidthLast = 0xff5e;
constexpr char32_t kFullWidthOffset = 0xfee0;

std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

bool separates(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'-' || c == 0x00a0 || c == 0x3000 || c == 0x2010 ||
         c == 0x2011 || c == 0x2013 || c == 0x2014;
}

}  // namespace

std::vector<char32_t> code_points(std::string_view utf8) {
  std::vector<char32_t> points;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = std::min(length_of(lead), utf8.size() - at);
    char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      point = (point << 6U) | (static_cast<unsigned char>(utf8[at + i]) & 0x3fU);
    }
    points.push_back(point);
    at += length;
  }
  return points;
}

std::string utf8(const std::vector<char32_t>& points) {
  std::string out;
  for (const char32_t point : points) {
    if (point < 0x80) {
      out += static_cast<char>(point);
      continue;
    }
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    const unsigned lead = more == 1 ? 0xc0U : more == 2 ? 0xe0U : 0xf0U;
    out += static_cast<char>(lead | (point >> (6U * static_cast<unsigned>(more))));
    for (int i = more - 1; i >= 0; --i) {
      out += static_cast<char>(0x80U | ((point >> (6U * static_cast<unsigned>(i))) & 0x3fU));
    }
  }
  return out;
}

std::string fold_number(std::string_view text) {
  std::vector<char32_t> kept;
  for (char32_t point : code_points(text)) {
    if (point >= kFullWidthFirst && point <= kFullWidthLast) point -= kFullWidthOffset;
    if (separates(point)) continue;
    if (point >= U'a' && point <= U'z') point -= U'a' - U'A';
    kept.push_back(point);
  }
  return utf8(kept);
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace yizhan::node
