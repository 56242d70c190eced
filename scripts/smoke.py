#!/usr/bin/python3
"""The city without a person: cut, book, edit on both sides, mend, compare; then with wrong clocks.

Output      `ok STEP` for each; exit 1 at the first step that did not hold.
Usage       smoke.py [--seconds-cut N]     scripts/run --smoke calls it
"""
import argparse
import sys
import time

from demo_city import ROOT, City, Counter, wait_until


def step(text):
    print(f"ok {text}", flush=True)


def require(true, text):
    if not true:
        sys.exit(f"not ok {text}")


def rung(counter, record):
    return counter.appointment(record)["rung"]


def cut_book_mend(city, counters, seconds_cut):
    """One outage of 荫营镇: both stations book, one record is edited on both sides."""
    hub, cut, other = (counters[name] for name in ("hub", "yinying", "hedi"))
    for counter in counters.values():
        counter.sign_in()  # who did nothing for five minutes is locked out, and an outage takes as long as it takes
    shared = cut.book(next(NUMBERS))
    wait_until(lambda: rung(cut, shared["id"]) == "received", "the shared record is at the city")
    step("a booking before the outage reaches 市级已收")

    cut.node.cut()
    here = [cut.book(next(NUMBERS)) for _ in range(3)]
    there = [other.book(next(NUMBERS)) for _ in range(2)]
    step("both stations book while 荫营镇 is cut off")
    require(all(rung(cut, record["id"]) == "saved" for record in here), "cut-off bookings are 已存本机")
    require(cut.edit(shared["id"], phone="13900000001").ok, "edit at the cut-off station")
    require(hub.edit(shared["id"], phone="13900000002").ok, "edit at the hub")
    step("one record is edited at the cut-off station and at the hub")
    wait_until(lambda: all(rung(other, record["id"]) == "received" for record in there),
               "河底镇 reaches the city")
    step("河底镇 reaches 市级已收 meanwhile")
    time.sleep(seconds_cut)
    hub.sign_in()
    require(all(rung(cut, record["id"]) == "saved" for record in here), "still 已存本机 only")
    require(all(hub.get(f"/appointments/{record['id']}").status_code == 404 for record in here),
            "the hub has heard nothing of them")
    step(f"after {seconds_cut} s the hub has nothing of the cut-off station")

    cut.node.mend()
    wait_until(lambda: all(rung(cut, record["id"]) == "received" for record in [*here, shared]),
               "the cut-off station reaches the city")
    step("the line is mended, and every rung reaches 市级已收")
    agree(city)
    hub.sign_in()
    step("all levels have the same state roots")
    for record in here + there:
        shown = hub.appointment(record["id"])
        require(shown["number"] == record["number"] and shown["name"] == record["name"],
                f"the hub shows {record['number']}")
    values = {tuple(sorted(sibling["values"])) for node in (hub, cut)
              for sibling in node.appointment(shared["id"])["siblings"]}
    require(values == {("13900000001", "13900000002")}, f"both phone numbers are kept: {values}")
    step("the hub shows every booking, and both sides of the edit")


def agree(city):
    """Until every scope that two nodes hold has one state root on both; three hold a station's business."""
    def same():
        roots = [node.roots() for node in city.nodes.values()]
        for name in ("yinying", "hedi"):
            business = f"{city[name].division}#biz"
            require(sum(business in held for held in roots) == 3, f"three levels hold {business}")
        return all(a[scope] == b[scope] for a in roots for b in roots for scope in a.keys() & b.keys())
    wait_until(same, "the state roots are equal")


def verify_all(city):
    for node in city.nodes.values():
        found = node.yizhan("verify", check=False)
        require(found["exit"] == 0, f"verify at {node.name}: {found}")


def with_clock(city, counters, clock, seconds_cut):
    """The same again while the clock of 荫营镇 is wrong; then it is set right."""
    station = city["yinying"]
    station.stop()
    station.clock = clock
    station.write_config()
    station.start()
    counters["yinying"].sign_in()
    cut_book_mend(city, counters, seconds_cut)
    station.stop()
    station.clock = None
    station.write_config()
    station.start()
    counters["yinying"].sign_in()


def numbers():
    number = 1
    while True:
        yield number
        number += 1


NUMBERS = numbers()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds-cut", type=int, default=20)
    seconds = parser.parse_args().seconds_cut
    begun = time.monotonic()
    with City(ROOT / "build/smoke") as city:
        city.make()
        step("four nodes are enrolled and connected")
        counters = {name: Counter(city[name]) for name in ("yinying", "hedi")}
        counters["hub"] = Counter(city["hub"], "liwei", "李伟", "city")
        cut_book_mend(city, counters, seconds)
        for clock, said in (("1970-01-01 12:00:00", "1970"), ("+10y", "ten years ahead")):
            with_clock(city, counters, "@" + clock if clock[0].isdigit() else clock, seconds)
            step(f"all of it again with the clock of 荫营镇 at {said}")
        verify_all(city)
        step("yizhan verify finds nothing wrong on any node")
    print(f"smoke passed in {time.monotonic() - begun:.0f} s")


try:
    main()
except (RuntimeError, TimeoutError) as failure:
    sys.exit(f"not ok {failure}")
