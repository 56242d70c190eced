#!/usr/bin/python3
"""Every finding of a health check has its words in both languages, and what may be amiss a remedy.

Rules  F1  a short lower-case string in a source that judges is a finding, unless it names a value of the words
           (`{"free", …}`, `with["free"]`) or is listed here; it has words under an id of that source.
       F2  words of a finding stand for one that is made: its id and its name are strings of one source.
       F3  a finding that is not listed as well has a remedy, its own or that of its check.
The rules are tried on planted texts first: a check that cannot fail shows nothing.
"""
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
JUDGES = ("node/app/health.cpp", "node/app/health_line.cpp", "node/app/health_storage.cpp", "node/doctor/disk.cpp",
          "node/doctor/key_files.cpp", "node/doctor/machine.cpp", "node/cli/stopped_node.cpp")
# Names that come from elsewhere, of one check each.
ELSEWHERE = {"ST-12": "node/store/epoch_check.cpp", "SY-01": "node/net/line_probe.cpp"}
NO_FINDING = {"ext", "xfs", "btrfs", "tmpfs", "ramfs", "rootfs", "overlay", "vfat", "msdos", "exfat", "ntfs", "fuseblk", "nfs",
              "cifs", "nobarrier", "volatile", "partition", "seal", "chain", "digest", "keyring", "certificate", "receipt",
              "scope_key", "journal", "memory", "unknown"}
WELL = {"agrees", "answers", "checks", "china", "durable", "empty", "free", "good", "got", "heard", "kept", "known", "left",
        "made", "new", "not_compared", "open", "own", "one", "ready", "room", "saves", "serves", "top", "up", "waits"}
UNKNOWN = {("ST-01", "not_seen"), ("ST-03", "not_measured")}  # nothing can be done about these
ALSO_WELL = {("SV-04", "none")}
NOT_WELL = {("ID-01", "open"), ("SV-04", "kept")}


def words():
    return [json.loads((ROOT / f"station-ui/src/i18n/health.{name}.json").read_text(encoding="utf-8")) for name in ("zh-CN", "en")]


def strings(text):
    text = re.sub(r"//[^\n]*", "", text)
    values = set(re.findall(r'(?:\{|with\[)"([a-z_]+)"', text))
    return set(re.findall(r'"([a-z_]{2,})"', text)) - values, set(re.findall(r'"([A-Z]{2}-[0-9]{2})"', text))


def sources():
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in JUDGES}
    read = {path: strings(text) for path, text in texts.items()}
    for one, path in ELSEWHERE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        body = text[text.index("const char* name("):].split("\n}\n")[0]
        read[path] = (set(re.findall(r'return "([a-z_]+)"', body)) - {"none"}, {one})
    return read


def without_words(read, both):
    lost = []
    for path, (names, ids) in read.items():
        for name in sorted(names - NO_FINDING):
            if not all(any(f"found.{one}.{name}" in texts for one in ids) for texts in both):
                lost.append(f"{path}: {name}")
    return lost


def findings(both):
    return sorted({tuple(key.split(".")[1:]) for texts in both for key in texts if key.startswith("found.")})


def nobody_says(read, both):
    pairs = {(one, name) for path, (names, ids) in read.items() for one in ids for name in names}
    kinds = {("ST-01", name) for name in ("memory", "overlay", "unknown")}  # also kinds of file systems
    return [pair for pair in findings(both) if pair not in pairs | kinds]


def without_remedy(both):
    lost = []
    for one, name in findings(both):
        if ((name in WELL and (one, name) not in NOT_WELL) or (one, name) in UNKNOWN | ALSO_WELL):
            continue
        if any(f"remedy.{one}.{name}" not in texts and f"remedy.{one}" not in texts for texts in both):
            lost.append(f"{one} {name}")
    return lost


def verdict(name, found):
    print(f"not ok {name} {found!r}" if found else f"ok {name}")


if __name__ == "__main__":
    planted = {"x.cpp": strings('return {.id = "ST-99", .found = low ? "odd" : "even", .with = {{"free", x}}};')}
    assert planted["x.cpp"] == ({"odd", "even"}, {"ST-99"}), planted
    assert without_words(planted, [{"found.ST-99.odd": ""}, {"found.ST-99.odd": ""}]) == ["x.cpp: even"]
    assert nobody_says(planted, [{"found.ST-99.gone": ""}]) == [("ST-99", "gone")]
    assert without_remedy([{"found.ST-99.odd": "", "found.ST-99.good": ""}]) == ["ST-99 odd"]
    print("ok planted")
    READ, BOTH = sources(), words()
    assert len(findings(BOTH)) > 80
    verdict("every_finding_has_words", without_words(READ, BOTH))
    verdict("every_word_has_a_finding", nobody_says(READ, BOTH))
    verdict("what_may_be_amiss_has_a_remedy", without_remedy(BOTH))
    verdict("every_check_has_a_title",
            [one for one, _ in findings(BOTH) if any(f"check.{one}" not in texts for texts in BOTH)])
