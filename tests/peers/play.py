"""One cell of the table: a row played by a system, in as many towns as the row ends."""
import sys
import time
from dataclasses import dataclass

import kills
import rows
from demo_city import ROOT
from ledger import Verdict
from replicas import Gone
from systems import NAMES, OURS, town_of

FOLDER = ROOT / "build/peers"
EARLY = "ended early"


@dataclass(frozen=True)
class Size:
    ties: int
    away: int
    kills: int
    again: int  # how often what ends a town is done, each time in a new one


@dataclass(frozen=True)
class Row:
    title: str
    script: object
    keep_id: bool = False
    often: bool = False


ROWS = {
    "restore": Row("put back to an old copy, writes before it hears", rows.restore, often=True),
    "clone": Row("two machines from one copy", rows.clone, often=True),
    "restore-id": Row("put back, with the writer's identity in the copy", rows.restore, True, True),
    "clone-id": Row("two machines, with the writer's identity in the copy", rows.clone, True, True),
    "clock": Row("one clock ten years ahead, then set right", rows.clock),
    "away": Row("30 days without a line, with removals", rows.away),
    "kill": Row("kill -9 within an exchange", kills.kill),
    "relay": Row("two hops and a tie", rows.relay),
}


def size_of(system, short):
    if short:
        return Size(ties=4, away=3, kills=20 if system == OURS else 5, again=1)
    return Size(ties=20, away=10, kills=1000 if system == OURS else 50, again=3)


def play(system, name, size):
    """One cell of the table."""
    row, total, begun = ROWS[name], rows.Outcome(), time.monotonic()
    for turn in range(size.again if row.often else 1):
        try:
            with town_of(system, FOLDER / f"{name}-{system}-{turn}", row.keep_id) as town:
                total.join(day_of(town, row.script, size))
        except Gone as gone:
            total.facts[EARLY] = str(gone)
    print(f"# {name}, {NAMES[system]}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return {"row": name, "system": system, **vars(total), "seconds": round(time.monotonic() - begun, 1)}


def day_of(town, script, size):
    day = rows.Day(town)
    try:
        script(day, size)
    except Gone as gone:  # what cannot be reached any more is lost
        day.outcome.add(Verdict(lost=set(day.ledger.kept)))
        day.outcome.facts[EARLY] = str(gone)
    return day.end()


def failed(result):
    """Why a cell of ours does not hold, or nothing."""
    if result["lost"] or result["wrong"] or EARLY in result["facts"] or not result["changes"]:
        return f"{result['row']}: {result['lost']} lost, {result['wrong']} wrong {result['facts'].get(EARLY, '')}".strip()
    return ""
