"""A city for the browser tests: started here, and told by lines of JSON on standard input what to do.

usage       city_driver.py FOLDER [BEGIN [day]]    prints one line of JSON once it stands: the addresses and the
            sign-ins. BEGIN: a time of the station, like 2026-11-26T08:25, and `later` moves it; day: both stations
            have had a morning by then.
Commands    {"do": "cut"|"mend"|"kill"|"start"|"stop", "node": NAME}
            {"do": "book", "number": N, "date": D, "window": W, "node": NAME}    by a clerk who is not at the page
            {"do": "held"}    what the chip of the station says, and how many of its records each level holds
            {"do": "rung", "id": ID}; {"do": "edit", "node": NAME, "id": ID, "fields": {…}}
            {"do": "get", "path": P, "query": {…}}
            {"do": "sign_in"}
            {"do": "yizhan", "node": NAME, "arguments": […]}
            {"do": "later", "minutes": M}
            {"do": "printer", "paper": true|false}                 a printer at the station, from its next start on
            {"do": "sent"}    what that printer was given last: the file, and the words it was asked with
            Each is answered with one line: {"ok": true, "value": …} or {"ok": false, "why": …}.
"""
import contextlib
import datetime
import json
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))
from demo_city import PASSPHRASE, PIN, City, Counter, resident_id  # noqa: E402
from demo_day import fill_day  # noqa: E402

AWAKE_S = 200
LPSTAT = """#!/bin/sh
case $1 in
-l) cat "$CUPS/state" ;;
-a) echo "slips accepting requests since Thu 05 Mar 2026" ;;
-d) echo "system default destination: slips" ;;
esac
"""
LP = """#!/bin/sh
echo "$@" >"$CUPS/asked"
cat >"$CUPS/sent"
echo "request id is slips-12 (1 file(s))"
"""
PRINTER = "printer slips is idle.  enabled since Thu 05 Mar 2026\n\tAlerts: {}\n"


# What an author wrote for business; the change that opens a stream is no record.
HELD = "SELECT sum(max(s.seq - 1, 0)) FROM stream s JOIN scope c ON c.id = s.scope WHERE c.class = 1 AND s.author = ?"


def held_of(node, author):
    with contextlib.closing(sqlite3.connect(f"file:{node.data}/yizhan.db?mode=ro", uri=True)) as file:
        return file.execute(HELD, (bytes.fromhex(author),)).fetchone()[0] or 0


def answer(value):
    print(json.dumps(value, ensure_ascii=False), flush=True)


class Commands:
    def __init__(self, city, clerk, boss, above):
        self.city, self.clerk, self.boss, self.above = city, clerk, boss, above
        self.asleep_at = time.monotonic() + AWAKE_S

    def do(self, wish):
        """Who has done nothing for five minutes is locked out, and signs in again."""
        if wish["do"] not in ("kill", "start", "stop", "start_machine") and time.monotonic() > self.asleep_at:
            for counter in (self.clerk, self.boss, self.above):
                counter.sign_in()
            self.asleep_at = time.monotonic() + AWAKE_S
        return getattr(self, wish["do"])(wish)

    def line(self, wish):
        node = self.city[wish["node"]]
        getattr(node, wish["do"])()

    cut = mend = kill = start = stop = line

    def sign_in(self, wish):
        """After the station was started anew."""
        self.clerk.sign_in()
        self.boss.sign_in()

    def start_machine(self, wish):
        self.city["yinying"].start_machine(wish["clock"])
        self.sign_in(wish)

    def yizhan(self, wish):
        return self.city[wish["node"]].yizhan(*wish["arguments"], check=False)

    def book(self, wish):
        node = wish.get("node", "yinying")
        counter = self.clerk if node == "yinying" else Counter(self.city[node], "huping", "胡平")
        return counter.book(wish["number"], date=wish.get("date"), window=wish.get("window"))

    def resident(self, wish):
        return resident_id(wish["number"])

    def find(self, wish):
        """The row with this printed number, on any day that can be booked; None when there is none."""
        self.clerk.sign_in()
        for ahead in range(15):
            day = (self.city["yinying"].now().date() + datetime.timedelta(days=ahead)).isoformat()
            for row in self.clerk.get("/appointments", date=day).json()["appointments"]:
                if row["number"] == wish["number"]:
                    return row
        return None

    def lead(self, wish):
        """A write of the station's lead."""
        reply = self.boss.write(wish.get("method", "POST"), wish["path"], wish.get("body"))
        return {"status": reply.status_code, "body": reply.json() if reply.text else None}

    def rung(self, wish):
        return self.clerk.appointment(wish["id"])["rung"]

    def held(self, wish):
        """The databases above are read last: what the chip calls received is there."""
        status = self.clerk.get("/status").json()
        nodes = (self.city[name] for name in ("yinying", "jiaoqu", "hub"))
        here, district, city = (held_of(node, status["node"]) for node in nodes)
        return {"chip": status["chip"], "counts": status["counts"], "connected": status["connected"],
                "held": {"here": here, "district": district, "city": city}}

    def edit(self, wish):
        """Changes fields of a record at a node, as somebody there would."""
        counter = self.clerk if wish["node"] == "yinying" else self.above
        return counter.edit(wish["id"], **wish["fields"]).status_code

    def get(self, wish):
        return self.clerk.get(wish["path"], **wish.get("query", {})).json()

    def later(self, wish):
        self.city.later(wish["minutes"])
        self.asleep_at = 0

    def printer(self, wish):
        """The commands of CUPS, played: a printer that has paper, or has none."""
        node = self.city["yinying"]
        folder = node.folder / "cups"
        folder.mkdir(exist_ok=True)
        for name, text in (("lp", LP), ("lpstat", LPSTAT), ("cancel", "#!/bin/sh\n")):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)
        (folder / "state").write_text(PRINTER.format("none" if wish["paper"] else "media-empty-error"))
        node.extra_env = {"PATH": f"{folder}:/usr/bin:/bin", "CUPS": str(folder)}

    def sent(self, wish):
        folder = self.city["yinying"].folder / "cups"
        return {"file": str(folder / "sent"), "asked": (folder / "asked").read_text()}

    def write(self, wish):
        reply = self.clerk.write(wish.get("method", "POST"), wish["path"], wish.get("body"))
        return {"status": reply.status_code, "body": reply.json() if reply.text else None}


def main(folder, begin="", day=""):
    with City(folder) as city:
        city.make(begin=datetime.datetime.fromisoformat(begin) if begin else None)
        if day:
            fill_day(city["yinying"], later=city.later)
            fill_day(city["hedi"], first=500)  # in no time: the clocks have been moved already
        station = city["yinying"]
        Counter(station)
        Counter(station, "zhaolei", "赵磊")
        clerk = Counter(station, "huping", "胡平")
        boss = Counter(station, "lizhan", "李站", role="lead")
        above = Counter(city["hub"], "shiguan", "施管", role="city")
        answer({name: node.url for name, node in city.nodes.items()} | {
            "pin": PIN, "passphrase": PASSPHRASE, "day": clerk.open_date()})
        commands = Commands(city, clerk, boss, above)
        for line in sys.stdin:
            wish = json.loads(line)
            try:
                answer({"ok": True, "value": commands.do(wish)})
            except Exception as failure:  # the page's test says what went wrong, and goes on
                answer({"ok": False, "why": repr(failure)})


if __name__ == "__main__":
    main(*sys.argv[1:])
