// Pinyin: the letters with which the readings of a Han character begin.
//
// What        So that 李国强 is found under lgq. A character with several readings has several
//             letters: 单 has s, d and c.
// Invariants  A character without a known reading has none: it is found by itself only.
// Units       Code points; a set of letters has bit n for 'a' + n.
// Errors      none.
// Source      Unicode 15 Unihan: kMandarin, kHanyuPinlu, kXHC1983, kTGHZ2013, else kHanyuPinyin.
#pragma once
#include <cstdint>

namespace yizhan::node {

std::uint32_t pinyin_initials(char32_t point);

}  // namespace yizhan::node
