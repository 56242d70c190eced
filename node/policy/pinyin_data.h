// Pinyin data: the generated table behind pinyin.h (node/policy/pinyin_table.py).
//
// Invariants  kPinyinDense covers kPinyinDenseFirst to kPinyinDenseLast; rare points are sorted.
//             Each holds an index into kPinyinSets, whose bit n is the letter 'a' + n; set 0 is
//             empty.
#pragma once
#include <cstddef>
#include <cstdint>

namespace yizhan::node {

constexpr char32_t kPinyinDenseFirst = 0x3400;
constexpr char32_t kPinyinDenseLast = 0x9fff;

extern const std::uint32_t kPinyinSets[];
extern const std::uint16_t kPinyinDense[];
extern const std::size_t kPinyinRareCount;
extern const std::uint32_t kPinyinRarePoints[];
extern const std::uint16_t kPinyinRareSets[];

}  // namespace yizhan::node
