#!/usr/bin/python3
"""Checks the rows of tests/peers on towns in memory: a right one loses nothing, each planted fault is counted.

And that its program says so, with an exit that is not 0, where the peers cannot be had.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / "tests/peers"
sys.path[:0] = [str(PEERS), str(ROOT / "scripts"), str(Path(__file__).resolve().parent)]
import ledger  # noqa: E402
import table  # noqa: E402
from fake_town import FakeTown  # noqa: E402
from play import ROWS, Size, day_of, failed  # noqa: E402

ledger.AGAIN_S = 0
SIZE = Size(ties=3, away=2, kills=8, again=1)
RIGHT = [name for name in ROWS if not ROWS[name].keep_id]
FAULTS = [  # fault, row, what it counts there
    ("same_id", "restore", "lost"),
    ("same_id", "clone", "lost"),
    ("clock", "clock", "wrong"),
    ("no_others", "clock", "lost"),
    ("no_others", "relay", "lost"),
    ("returns", "away", "wrong"),
    ("torn", "kill", "wrong"),
    ("forgets", "kill", "lost"),
    ("number", "restore", "wrong"),
]


def verdict(name, good, output):
    print(f"ok {name}" if good else f"not ok {name} {output}", flush=True)


def played(fault, row):
    return day_of(FakeTown(fault), ROWS[row].script, SIZE)


def the_program(**environment):
    """Run in a copy of the suite in which nothing is installed; exit code and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(PEERS, root / "tests/peers", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        (root / "scripts").symlink_to(ROOT / "scripts")
        done = subprocess.run(["/usr/bin/python3", root / "tests/peers/run", "--short", "--only", "yjs"], check=False,
                              env={**os.environ, "npm_config_cache": f"{folder}/cache", **environment},
                              capture_output=True, text=True, timeout=300)
        return done.returncode, done.stderr


for row in RIGHT:
    found = played("", row)
    verdict(f"a_right_town_loses_nothing_{row}",
            found.changes > 0 and (found.lost, found.hidden, found.wrong) == (0, 0, 0), found)
for fault, row, what in FAULTS:
    found = played(fault, row)
    verdict(f"planted_{fault}_is_{what}_in_{row}", getattr(found, what) > 0, found)
kept = played("", "kill")
verdict("every_kill_falls_within_an_exchange", kept.facts["kills"] == SIZE.kills, kept.facts)

code, said = the_program(npm_config_registry="http://127.0.0.1:9")
verdict("npm_that_cannot_be_reached_is_said", code == 1 and "npm could not install the peers" in said, (code, said))
code, said = the_program(PATH="/nonexistent")
verdict("a_machine_without_node_is_said", code == 1 and "there is no node here" in said, (code, said))

cell = {"row": "away", "changes": 3, "lost": 0, "wrong": 0, "facts": {}}
verdict("a_cell_of_ours_that_holds_is_no_failure", failed(cell) == "", failed(cell))
for name, value in (("changes", 0), ("lost", 1), ("wrong", 1), ("facts", {"ended early": "gone"})):
    verdict(f"a_cell_of_ours_fails_by_its_{name}", failed(cell | {name: value}).startswith("away: "), name)

result = {"row": "away", "system": "yjs", "changes": 9, "lost": 2, "hidden": 1, "wrong": 3, "told": [], "facts": {},
          "seconds": 4.0}
report = {"versions": {"yjs": {"yjs": "1.2.3"}}, "rows": {"away": "thirty days"}, "results": [result]}
printed = table.markdown(report)
verdict("the_table_has_versions_and_counts",
        "| Yjs 1.2.3 |" in printed and "| 2 (1 in history only) / 3 / no |" in printed, printed)
