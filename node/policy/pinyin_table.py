#!/usr/bin/python3
"""Writes the table of node/policy/pinyin.h from Unicode's Unihan readings: for each Han character the initials of
its Mandarin readings as a set of letters."""
import bz2
import sys
import unicodedata
from collections import defaultdict

USUAL = ("kMandarin", "kHanyuPinlu", "kXHC1983", "kTGHZ2013")
SCHOLARLY = "kHanyuPinyin"  # also readings nobody uses: only where there is no other
DENSE = range(0x3400, 0xA000)


def letters(value):
    """The first letters of the readings in e.g. '0117.100:chán,dān', 'chóu(71)', 'yǎn'."""
    for word in value.split():
        for reading in word.rpartition(":")[2].split(","):
            first = unicodedata.normalize("NFD", reading)[:1].lower()
            if "a" <= first <= "z":
                yield first


def read(path):
    usual, scholarly = defaultdict(set), defaultdict(set)
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3 or parts[1] not in (*USUAL, SCHOLARLY):
                continue
            point = int(parts[0][2:], 16)
            (scholarly if parts[1] == SCHOLARLY else usual)[point].update(letters(parts[2]))
    return {point: usual[point] or scholarly[point] for point in sorted({*usual, *scholarly})
            if usual[point] or scholarly[point]}


def write(table, out):
    sets = sorted({sum(1 << (ord(one) - ord("a")) for one in found) for found in table.values()})
    number = {one: at + 1 for at, one in enumerate(sets)}  # 0: no reading
    of = {point: number[sum(1 << (ord(one) - ord("a")) for one in found)] for point, found in table.items()}
    rare = [(point, at) for point, at in of.items() if point not in DENSE]
    rows = [("const std::uint32_t kPinyinSets[]", [0, *sets]),
            ("const std::uint16_t kPinyinDense[]", [of.get(point, 0) for point in DENSE]),
            ("const std::uint32_t kPinyinRarePoints[]", [point for point, _ in rare]),
            ("const std::uint16_t kPinyinRareSets[]", [at for _, at in rare])]
    out.write('#include "node/policy/pinyin_data.h"\n\nnamespace yizhan::node {\n')
    out.write(f"const std::size_t kPinyinRareCount = {len(rare)};\n")
    for head, values in rows:
        out.write(f"{head} = {{{','.join(map(str, values))}}};\n")
    out.write("}  // namespace yizhan::node\n")


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as made:
        write(read(sys.argv[1]), made)
