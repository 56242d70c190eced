"""The rows of the table: one script each, the same for every system.

Each is given the day of a town (near, relay, far, and the lines between) that has just begun, and does what
happens in the field; `Outcome` is what the ledger says of it, and what the systems said by themselves.
"""
from dataclasses import dataclass, field

from ledger import Ledger, settle
from replicas import FIELDS, fields_of

DAY_S = 86400
YEAR_S = 365 * DAY_S


@dataclass
class Outcome:
    changes: int = 0  # made and acknowledged
    lost: int = 0
    hidden: int = 0
    wrong: int = 0
    facts: dict = field(default_factory=dict)
    told: list = field(default_factory=list)

    def add(self, verdict):
        self.lost += len(verdict.lost)
        self.hidden += len(verdict.hidden)
        self.wrong += len(verdict.wrong)
        return verdict

    def join(self, other):
        """Of another town in which the same was done."""
        self.changes += other.changes
        self.lost += other.lost
        self.hidden += other.hidden
        self.wrong += other.wrong
        self.facts |= other.facts
        self.told = list(dict.fromkeys(self.told + other.told))


class Day:
    """What the people of one town do, with its ledger; each value is used once."""

    def __init__(self, town):
        self.town, self.ledger, self.outcome, self.value = town, Ledger(), Outcome(), 0

    def create(self, replica, record):
        self.ledger.stands(record, self.next(replica.create, record))

    def change(self, replica, record):
        self.ledger.stands(record, self.next(replica.change, record))

    def compete(self, replica, record):
        value = self.next(replica.change, record)
        self.ledger.competes(record, value)
        return value

    def remove(self, replica, record):
        replica.remove(record)
        self.outcome.changes += 1
        self.ledger.removed.add(record)
        self.ledger.shown.pop(record, None)
        self.ledger.kept = [change for change in self.ledger.kept if change[0] != record]

    def change_removed(self, replica, record):
        """By someone who has not heard of the removal: it stands, and the change is to be found beside it."""
        self.ledger.kept.append((record, self.next(replica.change, record)))

    def next(self, act, record):
        self.value += 1
        act(record, self.value)
        self.outcome.changes += 1
        return self.value

    def settle(self):
        return settle(self.town, self.ledger)

    def end(self):
        self.outcome.told = self.town.told()
        numbers = getattr(self.town, "numbers", [])
        twice = len(numbers) - len(set(numbers))
        if twice:
            self.outcome.wrong += twice
            self.outcome.facts["numbers printed twice"] = twice
        return self.outcome


def restore(day, _):
    """Put back to an old copy, twice; each time it goes on before it has heard from anyone."""
    town, near = day.town, day.town.near
    day.create(near, "a")
    day.settle()
    kept = near.copy("copy")
    day.create(near, "b")
    day.settle()
    for record in ("c", "d"):
        near.line.cut()
        near.put_back(kept)
        day.create(near, record)
        near.line.mend()
        verdict = day.settle()
    day.outcome.add(verdict)


def clone(day, _):
    """A second machine made of a copy; both go on, and meet."""
    town, near = day.town, day.town.near
    day.create(near, "a")
    day.settle()
    kept = near.copy("copy")
    near.line.cut()
    twin = town.clone(kept)
    twin.line.cut()
    twin.start()
    for record in ("b", "d"):
        day.create(near, record)
    for record in ("c", "e"):
        day.create(twin, record)
    near.line.mend()
    twin.line.mend()
    day.outcome.add(day.settle())


def clock(day, size):
    """One clock is ten years ahead: later changes stand all the same; then it is set right, and there are ties."""
    town, near, far = day.town, day.town.near, day.town.far
    records = [f"r{n}" for n in range(size.ties)]
    near.set_clock(10 * YEAR_S)
    for record in records:
        day.create(near, record)
    day.settle()
    for record in records:
        day.change(far, record)
    day.outcome.add(day.settle())
    near.set_clock(0)
    future = tie(day, records)
    day.outcome.add(day.settle())
    day.outcome.facts["ties won by the one who was ahead"] = f"{winners(town, future)} of {len(records)}"
    for record in records:
        day.change(far, record)
    day.outcome.add(day.settle())


def tie(day, records):
    """near and far change the same records at the same time; what near made of each."""
    near, far = day.town.near, day.town.far
    near.line.cut()
    made = {record: day.compete(near, record) for record in records}
    for record in records:
        day.compete(far, record)
    near.line.mend()
    return made


def winners(town, made):
    found = town.far.read()
    return sum(record in found and found[record].shows(value) for record, value in made.items())


def away(day, size):
    """Thirty days without a line, with removals, and the housekeeping that the system has."""
    town, near, far = day.town, day.town.near, day.town.far
    names = {kind: [f"{kind}{n}" for n in range(size.away)] for kind in ("both", "gone", "here", "there")}
    for record in sum(names.values(), []):
        day.create(near, record)
    day.settle()
    near.line.cut()
    for record in names["gone"] + names["both"]:
        day.remove(near, record)
    for record in names["here"]:
        day.change(near, record)
    for record in names["there"]:
        day.change(far, record)
    for record in names["both"]:
        day.change_removed(far, record)
    for replica in town.replicas:
        replica.set_clock(30 * DAY_S)
        replica.tidy()
    for n in range(size.away):
        day.create(near, f"new{n}")
    near.line.mend()
    verdict = day.outcome.add(day.settle())
    day.outcome.facts["removed records that stand again"] = len(verdict.wrong & day.ledger.removed)


def relay(day, size):
    """Two hops, and the same records changed at both ends at once; then someone decides."""
    records = [f"r{n}" for n in range(size.ties)]
    for record in records:
        day.create(day.town.near, record)
    day.settle()
    tie(day, records)
    day.outcome.add(day.settle())
    day.outcome.facts["other side offered"] = offered(day)
    for record in records:
        day.change(day.town.near, record)
    day.outcome.add(day.settle())


def offered(day):
    """Of each field, the values that lost and are offered beside the winner."""
    found = day.town.far.read()
    count = {name: sum(fields_of(value)[name] in found[record].others for record, value in day.ledger.kept)
             for name in FIELDS}
    return ", ".join(f"{name} {number} of {len(day.ledger.tied)}" for name, number in count.items())
