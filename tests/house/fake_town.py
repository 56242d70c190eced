"""A town in memory for the check of tests/peers: right in everything but the one fault that is planted.

A change is an operation {id, record, fields | None, over, stamp}: `over` are those of the record that its author
had seen. Replicas that a mended line joins hold the union. Faults: same_id, clock, no_others, returns, torn,
forgets, number.
"""
import itertools
import threading
from dataclasses import dataclass

from replicas import FIELDS, Gone, Seen, fields_of


@dataclass(frozen=True)
class Operation:
    id: tuple
    record: str
    fields: tuple  # empty: a removal
    over: frozenset
    stamp: int


class FakeLine:
    def __init__(self, town):
        self.town, self.mended, self.carried = town, True, 0
        self.sprung, self.action = threading.Event(), None

    def cut(self):
        self.mended = False

    def mend(self):
        self.mended = True
        self.carried += 100
        if self.action:
            self.action()
            self.action, self.mended = None, False
            self.sprung.set()
        self.town.join()

    def drop(self):
        pass

    def set_trap(self, after, action):
        assert 0 < after <= 100
        self.sprung.clear()
        self.action = action

    def clear_trap(self):
        self.action = None


class FakeReplica:
    fresh = itertools.count()

    def __init__(self, town, name, line=None):
        self.town, self.name, self.line = town, name, line
        self.writer, self.operations, self.shift_s, self.up = name, {}, 0, True

    def start(self):
        self.up = True
        if self.town.fault != "same_id":
            self.writer = f"{self.name} {next(self.fresh)}"
        self.town.join()

    def stop(self):
        self.up = False

    def kill(self):
        self.up = False
        if self.town.fault == "forgets" and self.operations:
            self.operations.popitem()

    def set_clock(self, shift_s):
        self.shift_s = shift_s

    def copy(self, _):
        return dict(self.operations)

    def put_back(self, kept):
        self.stop()
        self.operations = dict(kept)
        self.start()

    def create(self, record, value):
        self.town.numbers.append("1" if self.town.fault == "number" else value)
        self.write(record, tuple(fields_of(value).items()))

    def change(self, record, value):
        if record not in self.read():
            raise Gone(f"no {record} here")
        self.write(record, tuple(fields_of(value).items()))

    def remove(self, record):
        self.write(record, ())

    def write(self, record, fields):
        mine = sum(id[0] == self.writer for id in self.operations)
        seen = frozenset(id for id, each in self.operations.items() if each.record == record)
        self.operations[(self.writer, mine)] = Operation((self.writer, mine), record, fields, seen,
                                                         len(self.operations) + self.shift_s)
        self.town.join()

    def read(self):
        records = {each.record for each in self.operations.values()}
        return {record: seen for record in records if (seen := self.see(record))}

    def see(self, record):
        heads = self.heads(record)
        values = sorted((each for each in heads if each.fields), key=lambda each: (each.stamp, each.id))
        if not values:
            return None
        shown = dict(values[-1].fields)
        if self.town.fault == "torn" and self.name == "far" and len(values[-1].over) > 0:
            shown["note"] = "half of another"
        others = {value for each in values[:-1] for _, value in each.fields} if self.town.fault != "no_others" else set()
        live = all(each.fields for each in heads) or self.town.fault == "returns"
        return Seen({name: shown[name] for name in FIELDS}, others, live)

    def heads(self, record):
        mine = [each for each in self.operations.values() if each.record == record]
        if self.town.fault == "clock":
            return [max(mine, key=lambda each: each.stamp)]
        over = {id for each in mine for id in each.over}
        return [each for each in mine if each.id not in over]

    def in_history(self, _):
        return set()

    def tidy(self):
        pass


class FakeTown:
    patience_s = 0.05

    def __init__(self, fault):
        self.fault, self.numbers = fault, []
        self.relay = FakeReplica(self, "relay")
        self.near, self.far = (FakeReplica(self, name, FakeLine(self)) for name in ("near", "far"))
        self.replicas = [self.near, self.relay, self.far]

    def clone(self, kept):
        twin = FakeReplica(self, "near" if self.fault == "same_id" else "twin", FakeLine(self))
        twin.operations = dict(kept)
        self.replicas.append(twin)
        return twin

    def join(self):
        for _ in range(2):  # up, and down again
            for replica in self.replicas:
                if replica.line and replica.line.mended and replica.up and self.relay.up:
                    for here, there in ((replica, self.relay), (self.relay, replica)):
                        for id, operation in here.operations.items():
                            there.operations.setdefault(id, operation)

    def told(self):
        return []
