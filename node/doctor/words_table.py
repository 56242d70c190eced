#!/usr/bin/python3
"""Turns what the pages say of a health check into a table, so that commands say the same.

usage       words_table.py ZH_JSON EN_JSON OUT_CPP
What        One row a key: its text in both languages, by key.
Errors      A key that stands in one language only ends the build.
"""
import json
import sys
from pathlib import Path

HEAD = """// Made by node/doctor/words_table.py from station-ui/src/i18n/.
#include "node/doctor/words.h"

namespace yizhan::node {

std::span<const WordsRow> words_table() {
  static constexpr WordsRow kRows[] = {
"""
TAIL = """  };
  return kRows;
}

}  // namespace yizhan::node
"""


def texts(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def main(zh_path, en_path, out):
    zh, en = texts(zh_path), texts(en_path)
    if set(zh) != set(en):
        sys.exit(f"in one language only: {sorted(set(zh) ^ set(en))}")
    rows = "".join(f"      {{{quoted(key)}, {quoted(zh[key])}, {quoted(en[key])}}},\n" for key in sorted(zh))
    Path(out).write_text(HEAD + rows + TAIL, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
