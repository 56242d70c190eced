#!/usr/bin/python3
"""Turns the built pages into one assembler file and the table that node/http/assets.cpp reads.

usage       embed.py DIST OUT_FOLDER
What        Writes OUT_FOLDER/asset_bytes.S (the bytes, by .incbin), OUT_FOLDER/node/http/asset_table.inc (one
            ASSET line a file) and OUT_FOLDER/gz/ (what compresses by a tenth or more).
Invariants  I1  the same files give the same output: names in order, gzip without a time.
"""
import gzip
import hashlib
import shutil
import sys
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
}
ALREADY_SMALL = {".png", ".woff2", ".mp3", ".ogg"}


def compressed(path, folder, number):
    """The file's gzip form on disk; None where it would save less than a tenth."""
    data = path.read_bytes()
    small = gzip.compress(data, 9, mtime=0)
    if path.suffix in ALREADY_SMALL or len(small) * 10 > len(data) * 9:
        return None
    target = folder / f"{number}.gz"
    target.write_bytes(small)
    return target


def incbin(symbol, path):
    return (f"    .globl {symbol}\n    .globl {symbol}_end\n    .balign 16\n"
            f'{symbol}:\n    .incbin "{path}"\n{symbol}_end:\n')


def embed(dist, out):
    shutil.rmtree(out, ignore_errors=True)
    (out / "gz").mkdir(parents=True)
    (out / "node/http").mkdir(parents=True)
    bytes_text = "/* Made by node/http/embed.py. */\n    .section .rodata\n"
    table = "// Made by node/http/embed.py.\n"
    for number, path in enumerate(sorted(p for p in dist.rglob("*") if p.is_file())):
        name = path.relative_to(dist).as_posix()
        small = compressed(path, out / "gz", number)
        bytes_text += incbin(f"yz_asset_{number}", path)
        if small:
            bytes_text += incbin(f"yz_asset_{number}_gz", small)
        tag = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        hashed = "true" if name.startswith("assets/") else "false"
        kind = "ASSET_GZ" if small else "ASSET"
        table += f'{kind}({number}, "/{name}", "{TYPES[path.suffix]}", "{tag}", {hashed})\n'
    bytes_text += '    .section .note.GNU-stack,"",%progbits\n'
    (out / "asset_bytes.S").write_text(bytes_text)
    (out / "node/http/asset_table.inc").write_text(table)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    embed(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
