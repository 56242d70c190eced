#include "node/policy/pinyin.h"

#include <algorithm>

#include "node/policy/pinyin_data.h"

namespace yizhan::node {

std::uint32_t pinyin_initials(char32_t point) {
  if (point >= kPinyinDenseFirst && point <= kPinyinDenseLast) {
    return kPinyinSets[kPinyinDense[point - kPinyinDenseFirst]];
  }
  const std::uint32_t* last = kPinyinRarePoints + kPinyinRareCount;
  const std::uint32_t* found = std::lower_bound(kPinyinRarePoints, last, point);
  if (found == last || *found != point) return 0;
  return kPinyinSets[kPinyinRareSets[found - kPinyinRarePoints]];
}

}  // namespace yizhan::node
