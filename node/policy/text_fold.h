// Text folding: what people and scanners type, brought to one spelling.
//
// What        Full-width letters and digits to ASCII, spaces and hyphens out of numbers, and the
//             walk over the code points that this takes.
// Invariants  Names are never folded to ASCII: their characters are the person's own.
// Units       Code points. Text is valid UTF-8 (node/http has checked it).
// Errors      none.
// Source      domain.md section 9 "General".
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace yizhan::node {

std::vector<char32_t> code_points(std::string_view utf8);
std::string utf8(const std::vector<char32_t>& points);

// A number as typed: trimmed, full-width to ASCII, upper case, inner spaces and hyphens out.
std::string fold_number(std::string_view text);

bool all_digits(std::string_view text);  // false for an empty text

}  // namespace yizhan::node
