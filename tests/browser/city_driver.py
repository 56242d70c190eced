"""A city for the browser tests: started here, and told by lines of JSON on standard input what to do.

usage       city_driver.py FOLDER      prints one line of JSON once it stands: the addresses and the sign-ins.
Commands    {"do": "cut"|"mend"|"kill"|"start"|"stop", "node": NAME}
            {"do": "book", "number": N, "date": D, "window": W}    by a clerk who is not at the page
            {"do": "rung", "id": ID}; {"do": "edit", "node": NAME, "id": ID, "fields": {…}}
            {"do": "get", "path": P, "query": {…}}
            {"do": "at", "node": NAME, "time": "10:00"}    on the next workday, by its clock, from a restart on
            {"do": "yizhan", "node": NAME, "arguments": […]}
            Each is answered with one line: {"ok": true, "value": …} or {"ok": false, "why": …}.
"""
import datetime
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))
from demo_city import PASSPHRASE, PIN, City, Counter, resident_id  # noqa: E402


def answer(value):
    print(json.dumps(value, ensure_ascii=False), flush=True)


class Commands:
    def __init__(self, city, clerk, boss, above):
        self.city, self.clerk, self.boss, self.above = city, clerk, boss, above

    def line(self, wish):
        node = self.city[wish["node"]]
        getattr(node, wish["do"])()

    cut = mend = kill = start = stop = line

    def at(self, wish):
        """Restarts a node that lives at this time of day in China, on the next workday."""
        node = self.city[wish["node"]]
        tomorrow = node.now().date() + datetime.timedelta(days=1)
        days = self.clerk.get("/calendar", days=14, **{"from": tomorrow.isoformat()}).json()["days"]
        day = next(day["date"] for day in days if day["kind"] in ("workday", "makeup_workday"))
        wanted = datetime.datetime.fromisoformat(f"{day}T{wish['time']}:00+08:00")
        node.clock = f"+{int(wanted.timestamp() - time.time())}"
        node.stop()
        node.start()
        self.clerk.sign_in()
        self.boss.sign_in()
        return day

    def yizhan(self, wish):
        return self.city[wish["node"]].yizhan(*wish["arguments"], check=False)

    def book(self, wish):
        return self.clerk.book(wish["number"], date=wish.get("date"), window=wish.get("window"))

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

    def edit(self, wish):
        """Changes fields of a record at a node, as somebody there would."""
        counter = self.clerk if wish["node"] == "yinying" else self.above
        return counter.edit(wish["id"], **wish["fields"]).status_code

    def get(self, wish):
        return self.clerk.get(wish["path"], **wish.get("query", {})).json()

    def write(self, wish):
        reply = self.clerk.write(wish.get("method", "POST"), wish["path"], wish.get("body"))
        return {"status": reply.status_code, "body": reply.json() if reply.text else None}


def main(folder):
    with City(folder) as city:
        city.make()
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
                answer({"ok": True, "value": getattr(commands, wish["do"])(wish)})
            except Exception as failure:  # the page's test says what went wrong, and goes on
                answer({"ok": False, "why": repr(failure)})


if __name__ == "__main__":
    main(sys.argv[1])
