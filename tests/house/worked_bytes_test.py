#!/usr/bin/python3
"""The bytes that the documents work through are those of the golden files that they name."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"`(tests/data/[\w./-]+\.hex)`(?:, (\d+) bytes)?[^`]*```\n(.*?)```", re.S)
HEX = re.compile(r"(?:[0-9a-f]{2})+(?:…(?:[0-9a-f]{2})*)?$")  # … stands for bytes that are left out


def golden(path):
    return "".join(line for line in path.read_text().splitlines() if not line.startswith("#"))


def pattern(block):
    """What the left column of a block says: hex up to the first word that is none."""
    said = ""
    for line in block.splitlines():
        for word in line.split():
            if not HEX.match(word):
                break
            said += word.replace("…", "(?:..)+")
    return said


def main():
    seen = set()
    for document in sorted((ROOT / "docs").rglob("*.md")):
        for file, size, block in NAMED.findall(document.read_text()):
            bytes_, said = golden(ROOT / file), pattern(block)
            good = re.fullmatch(said, bytes_) and (not size or int(size) == len(bytes_) // 2)
            name = f"{document.name}_{Path(file).parent.name}_{Path(file).stem}"
            print(f"ok {name}" if good else f"not ok {name} {said} is not {bytes_}")
            seen.add(document.name)
    for document in ("protocol.md", "storage.md"):
        print(f"ok {document}_has_worked_bytes" if document in seen else f"not ok {document}_has_worked_bytes")


main()
