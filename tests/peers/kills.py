"""Row `kill`: a process is killed in the middle of an exchange, at a byte of it that the seed chooses.

Both ends have changes for each other and the line is cut; it is mended, and when so many bytes have passed
the station, each fourth time the relay, gets SIGKILL. It starts anew while the line is cut, and must
have what was acknowledged there. Every `BLOCK` kills all three must have everything.
"""
import random

BLOCK = 10
RECORDS = 24
EACH = 3  # changes at each end before an exchange
SPRUNG_S = 15
QUIET_S = 1.0
SEED = 20261130


def kill(day, size):
    town, chance = day.town, random.Random(SEED)
    near_own = [f"n{n}" for n in range(RECORDS)]
    far_own = [f"f{n}" for n in range(RECORDS)]
    for record in near_own + far_own:
        day.create(town.near, record)
    day.settle()
    whole = smallest_exchange(day, near_own, far_own)
    kills = turn = 0
    while kills < size.kills:
        turn += 1
        victim = town.relay if turn % 4 == 0 else town.near
        if strike(day, chance, victim, whole, turns(near_own, turn), turns(far_own, turn)):
            kills += 1
        if turn % BLOCK == 0 or kills == size.kills:
            town.near.line.mend()
            day.outcome.add(day.settle())
    day.outcome.facts |= {"kills": kills, "exchange of bytes": whole}


def turns(records, turn):
    return [records[(turn * EACH + n) % len(records)] for n in range(EACH)]


def both_change(day, near_own, far_own):
    for record in near_own:
        day.change(day.town.near, record)
    for record in far_own:
        day.change(day.town.far, record)


def smallest_exchange(day, near_own, far_own):
    """Bytes of an undisturbed exchange, the least of four, two of them after a start: before its end each kill falls."""
    near, sizes = day.town.near, []
    for turn in range(4):
        near.line.cut()
        if turn % 2:
            near.stop()
            near.start()
        both_change(day, turns(near_own, turn), turns(far_own, turn))
        near.line.carried = 0
        near.line.mend()
        day.settle()
        sizes.append(near.line.carried)
    return min(sizes)


def strike(day, chance, victim, whole, near_own, far_own):
    """Whether the exchange met its trap."""
    near = day.town.near
    near.line.cut()
    both_change(day, near_own, far_own)
    near.line.set_trap(1 + chance.randrange(whole), victim.kill)
    near.line.mend()
    sprung = near.line.sprung.wait(SPRUNG_S)
    near.line.clear_trap()
    if not sprung:
        near.line.cut()
        victim.kill()
    victim.start()  # and waits for its answers
    if victim is near:
        found = near.read()
        day.outcome.lost += sum(not (record in found and found[record].shows(day.ledger.shown[record]))
                                for record in near_own)
    return sprung
