"""What was promised, kept outside of every replica, and what of it is missing at the end.

lost        a change that some replica neither shows nor offers, nor has in its history
hidden      a change that some replica has in its history alone: nobody is shown it
wrong       what some replica shows against what was done: a removed record that stands, a later change that
            does not, half a change, another winner than elsewhere, a number that was printed twice
"""
import time
from dataclasses import dataclass, field

from replicas import FIELDS, Gone, fields_of

AGAIN_S = 0.3  # what holds is looked at once more: it is to stay


@dataclass
class Verdict:
    lost: set = field(default_factory=set)
    hidden: set = field(default_factory=set)
    wrong: set = field(default_factory=set)

    def arrived(self):
        """What is in history alone has arrived too: no waiting brings it to the page."""
        return not (self.lost or self.wrong)


@dataclass
class Ledger:
    """Of a record: every change of it that is to be found, what is to be shown, and what is gone."""

    kept: list = field(default_factory=list)  # (record, value)
    shown: dict = field(default_factory=dict)  # record -> value
    removed: set = field(default_factory=set)  # and the value that stands beside a removal is kept all the same
    tied: set = field(default_factory=set)  # whichever value wins is right, if it is the same everywhere

    def stands(self, record, value):
        """A change that has seen all before it."""
        self.kept = [(each, old) for each, old in self.kept if each != record] + [(record, value)]
        self.shown[record] = value
        self.tied.discard(record)

    def competes(self, record, value):
        """A change made beside another that it has not seen; both have seen all before them."""
        if record not in self.tied:
            self.kept = [change for change in self.kept if change[0] != record]
        self.kept.append((record, value))
        self.shown.pop(record, None)
        self.tied.add(record)


def judge(town, ledger):
    verdict, shown = Verdict(), {}
    for replica in town.replicas:
        found = replica.read()
        missing = {(record, value) for record, value in ledger.kept
                   if record not in found or not found[record].offers(value)}
        old = replica.in_history({value for _, value in missing}) if missing else set()
        verdict.lost |= {change for change in missing if change[1] not in old}
        verdict.hidden |= {change for change in missing if change[1] in old}
        verdict.wrong |= {record for record, value in ledger.shown.items()
                          if record in found and not found[record].shows(value)}
        verdict.wrong |= {record for record in ledger.removed if record in found and found[record].live}
        verdict.wrong |= {record for record, seen in found.items() if torn(seen, ledger, record)}
        for record in ledger.tied:
            shown.setdefault(record, set()).add(picked(found.get(record)))
    verdict.wrong |= {record for record, picks in shown.items() if len(picks) > 1}
    verdict.hidden -= verdict.lost
    return verdict


def torn(seen, ledger, record):
    """One field of a change without the other; between changes that compete each field may have its own."""
    values = {name: value for name, value in seen.fields.items() if name in FIELDS}
    whole = any(values == fields_of(value) for each, value in ledger.kept if each == record)
    known = any(values[name] == fields_of(value)[name] for each, value in ledger.kept if each == record for name in FIELDS)
    return known and not whole and record not in ledger.tied


def picked(seen):
    return (seen.live, *sorted(seen.fields.items())) if seen else None


def settle(town, ledger):
    """The verdict once all is well and stays so, or when patience ends; at half of it the lines begin anew."""
    begun, again = time.monotonic(), False
    before = None
    while True:
        verdict = judged(town, ledger)
        waited = time.monotonic() - begun
        if waited > town.patience_s:
            return verdict
        if verdict.arrived() and before == verdict:
            return verdict
        if not again and waited > town.patience_s / 2:
            again = True
            for replica in town.replicas:
                if replica.line:
                    replica.line.drop()
        before = verdict
        time.sleep(AGAIN_S)


def judged(town, ledger):
    """A replica that does not answer has lost all that is to be found on it."""
    try:
        return judge(town, ledger)
    except Gone:
        return Verdict(lost=set(ledger.kept))

