#!/usr/bin/python3
"""Checks the walls of the source tree that a linker does not see.

What        Include directions between folders, and what each folder may not name. Comments and
            string literals are left out, so a contract may say `no system_clock here`.
Output      `FILE:LINE: what stands there; use X instead`; exit 1 when there is a finding.
Usage       scripts/check_layers.py [--root FOLDER]
"""
import argparse
import re
import sys
from pathlib import Path

# A folder may include itself, and the folders that stand before it here. `node/` is node/main.cpp.
ORDER = [
    "crdt/base/", "crdt/", "sync/", "node/policy/", "node/app/", "node/identity/",
    "node/store/", "node/backup/", "node/net/", "node/paper/", "node/doctor/", "node/http/", "node/runtime/", "node/cli/", "node/", "tests/",
]
CORES = ("crdt/", "sync/", "node/app/", "node/policy/")
PRODUCT = ("crdt/", "sync/", "node/")

# (folders, folders left out, what is banned, what to use instead)
BANS = [
    (CORES, (), r"\b(system_clock|steady_clock|high_resolution_clock|clock_gettime|gettimeofday)\b",
     "take WallMs or MonoMs as an argument"),
    (CORES, (), r"\b(random_device|randombytes\w*|mt19937\w*|default_random_engine|srand|rand)\b",
     "take the entropy as an argument"),
    (CORES, (), r"\bstd::(uniform_\w+|shuffle|normal_distribution|bernoulli_distribution)\b",
     "use an integer range of our own: the standard ones differ between libraries"),
    (CORES, (), r"\b(getenv|setenv)\b", "let node/cli read it and pass it down"),
    (CORES, (), r"\bstd::(thread|jthread|async|mutex|shared_mutex|condition_variable)\b",
     "return effects; node/runtime owns the threads"),
    (CORES, (), r"\bunordered_(multi)?(map|set)\b",
     "use std::map, std::set or a sorted vector: order must not be hidden randomness"),
    (CORES, (), r"\bspdlog\b", "return the event in the effects; node/runtime logs it"),
    (CORES, (), r"#include <(iostream|fstream|filesystem|unistd\.h|fcntl\.h|sys/.*)>|\bfopen\(",
     "no I/O here: return effects, or take a read view"),
    (("crdt/", "sync/"), (), r"\b(float|double)\b", "use integers with a unit in the name"),
    (PRODUCT, ("node/net/",), r"#include <zmq|\bzmq_\w+\(|\bzmq::", "use the link of node/net"),
    (PRODUCT, ("node/store/",), r"#include <(sqlite3|SQLiteCpp)|\bsqlite3_\w+\(|\bSQLite::",
     "use the store of node/store"),
    (PRODUCT, ("node/paper/",), r"#include <(cairo|pango|qrencode)|\b(cairo|pango)_\w+\(",
     "use the pen of node/paper"),
    (PRODUCT, ("crdt/codec/",), r"#include <msgpack|\bmsgpack::", "use crdt/codec"),
]
HEAVY = re.compile(r"#include <(boost/(beast|asio)|msgpack|nlohmann/json\.hpp|CLI/|SQLiteCpp"
                   r"|toml\+\+|zmq\.hpp|zmq_addon\.hpp|spdlog)")
HEAVY_INSTEAD = "include it in the .cpp behind a plain header (pimpl or free functions)"

INCLUDE = re.compile(r'\s*#\s*include\s+"([^"]+)"')
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((.*?)\)"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'',
                   re.DOTALL)


def code_lines(text):
    """The lines of `text` with comments and literals blanked, line numbers kept."""
    kept = NOISE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return [re.sub(r"#\s*include\s*", "#include ", line) for line in kept.split("\n")]


def rank(path):
    """The place of `path` in ORDER: that of the longest folder it lies in; None outside of all."""
    inside = [folder for folder in ORDER if path.startswith(folder)]
    return ORDER.index(max(inside, key=len)) if inside else None


def check_includes(path, text):
    own = rank(path)
    for number, line in enumerate(text.split("\n"), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        target = match.group(1)
        theirs = rank(target)
        if theirs is None:
            yield number, f'#include "{target}"; write the path from the repository root'
        elif theirs > own:
            yield number, (f'{ORDER[own]} includes "{target}", which lies above it; '
                           "turn the call round through an interface, effect or argument")


def check_bans(path, lines):
    for folders, left_out, pattern, instead in BANS:
        if not path.startswith(folders) or (left_out and path.startswith(left_out)):
            continue
        for number, line in enumerate(lines, 1):
            match = re.search(pattern, line)
            if match:
                yield number, f"{match.group().strip()}; {instead}"


def check_heavy(path, lines):
    if not path.endswith(".h") or not path.startswith(PRODUCT):
        return
    for number, line in enumerate(lines, 1):
        match = HEAVY.search(line)
        if match:
            yield number, f"{match.group()}> in a header; {HEAVY_INSTEAD}"


def findings(root):
    for folder in ("crdt", "sync", "node", "tests"):
        for file in sorted(p for p in (root / folder).rglob("*") if p.suffix in (".h", ".cpp")):
            path = file.relative_to(root).as_posix()
            if "/node_modules/" in path:  # what npm installed is other people's
                continue
            text = file.read_text(encoding="utf-8")
            lines = code_lines(text)
            found = [*check_includes(path, text), *check_bans(path, lines), *check_heavy(path, lines)]
            for number, what in sorted(found):
                yield f"{path}:{number}: {what}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    found = list(findings(parser.parse_args().root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
