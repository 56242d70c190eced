"""A day at a township station, written through the public API alone.

What        fill_day() gives a station its windows, appointments in every kind of hours of the days ahead, people
            who wait, were served, were called and did not come, and one who is being served at window 2.
            Window 1 stays free for whoever looks.
Invariants  I1  a station that has windows has had its day: filled twice, it stays as it is.
            I2  every resident is synthetic, see demo_city.py.
"""
import datetime
import uuid

import requests
from demo_city import STATION_TIME, Counter, resident_id

SURNAMES = "张王李赵陈刘杨黄周吴徐孙马朱胡郭何高林罗"
GIVEN = ("桂芳 国强 秀英 建军 志明 春梅 海燕 福生 丽娟 玉兰 德胜 小红 永刚 彩霞 天佑 翠平 月娥 宝山 学文 金凤 "
         "立新 雪梅 润生").split()
ITEMS = ("SB-0101 YB-0102 LR-0102 SB-0103 HJ-0102 MZ-0101 YB-0101 LR-0101 SB-0102 TD-0101 JS-0101 CJ-0101").split()
WINDOWS = ((1, "综合窗口"), (2, "社保医保窗口"), (3, "民政户籍窗口"))
DAYS_AHEAD = 11
REGULAR_ON = {0: 10, 1: 6}  # appointments in regular hours today and tomorrow
REGULAR_LATER, OFF_HOURS = 3, 2
MINUTES_OF_A_CASE = 11
LEVELS = (5, 5, 4, 5, None, 5, 3, 2)  # of those who are served; None: nothing is said
COMPLAINT = {"about": "wait", "fact": "delay", "text": "上午九点半取号，等候时间较长。", "wish": "希望增开窗口。",
             "anonymous": True}


def person(number):
    return {"name": SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)],
            "document": {"kind": "resident_id", "number": resident_id(number)}, "phone": f"138{number * 137 % 10**8:08d}"}


class Tablet:
    """At a window, until the day is done: one invitation, one answer."""

    def __init__(self, day, window):
        self.day, self.window, self.session = day, window, requests.Session()
        added = day.post(day.lead, "/devices", {"kind": "eval", "name": f"{window}号窗口评价", "window": window})
        self.device = added["device"]["device"]
        self.send("/device/pair", {"code": added["code"]})

    def send(self, path, body):
        reply = self.session.post(f"{self.day.node.url}/api/v1{path}", json=body, timeout=30, headers={
            "Origin": self.day.node.url, "Idempotency-Key": str(uuid.uuid4())})
        reply.raise_for_status()

    def rate(self, level):
        screen = self.session.get(f"{self.day.node.url}/api/v1/screens/eval/{self.window}", timeout=30).json()
        asked = {key: screen["invitation"][key] for key in ("visit", "invitation")}
        self.send("/evaluations", asked | {"level": level})

    def leave(self):
        self.day.post(self.day.lead, f"/devices/{self.device}/remove")


class Day:
    """`first` numbers the residents; `later` lets minutes pass, or nothing where the clock is the machine's own."""

    def __init__(self, node, first, later):
        self.node, self.later, self.number = node, later, first
        self.clerk, self.second = Counter(node), Counter(node, "zhaolei", "赵磊")
        self.lead = Counter(node, "lizhan", "李站", "lead")

    def post(self, counter, path, body=None):
        reply = counter.write("POST", path, body)
        if reply.status_code in (401, 403):  # locked meanwhile
            counter.sign_in()
            reply = counter.write("POST", path, body)
        if not reply.ok:
            raise RuntimeError(f"{path}: {reply.status_code} {reply.text}")
        return reply.json() if reply.text else None

    def next_number(self):
        self.number += 1
        return self.number

    def book(self, date, window):
        number = self.next_number()
        return self.post(self.clerk, "/appointments", person(number) | {
            "item": ITEMS[number % len(ITEMS)], "date": date, "window": window, "channel": "window"})

    def book_day(self, ahead, date):
        """Every second window of regular hours, so that places are left, and the first of every other kind."""
        left = {}
        rows = [row for row in self.clerk.get("/slots", date=date).json()["slots"] if row["free"] > 0 and not row["over"]]
        for row in rows:
            most = REGULAR_ON.get(ahead, REGULAR_LATER) if row["period"] == "regular" else OFF_HOURS
            if left.setdefault(row["period"], most) > 0:
                left[row["period"]] -= 1
                self.book(date, row["window"])

    def book_ahead(self):
        today = self.node.now().date()
        for ahead in range(DAYS_AHEAD):
            self.book_day(ahead, (today + datetime.timedelta(days=ahead)).isoformat())

    def check_in_due(self):
        """Whoever has an appointment about now has come."""
        now = self.node.now()
        soon = (now + datetime.timedelta(minutes=15)).strftime("%H:%M")
        self.clerk.sign_in()
        rows = self.clerk.get("/appointments", date=now.date().isoformat(), limit=50).json()["appointments"]
        for row in rows:
            if row["life"] == "confirmed" and row["window"] <= soon:
                self.post(self.clerk, f"/appointments/{row['id']}/check-in")

    def walk_in(self, priority="none"):
        number = self.next_number()
        self.post(self.clerk, "/visits", {"item": ITEMS[number % len(ITEMS)], "name": person(number)["name"],
                                          "priority": priority})

    def sit(self, counter, window):
        counter.sign_in()
        return self.post(counter, f"/windows/{window}/open", {"take_over": True})["seat"]

    def act(self, counter, seat, verb, visit, **more):
        return self.post(counter, f"/visits/{visit['id']}/{verb}", {"seat": seat} | more)

    def call(self, counter, seat):
        return self.post(counter, "/queue/call", {"seat": seat})

    def serve(self, counter, seat, tablet, level):
        visit = self.call(counter, seat)
        self.act(counter, seat, "start", visit)
        self.later(MINUTES_OF_A_CASE)
        self.act(counter, seat, "finish", visit, outcome="done", rate=True)
        if level is not None:
            tablet.rate(level)

    def morning(self):
        """Served at window 1 one after another, while more people come."""
        seat = self.sit(self.clerk, 1)
        tablet = Tablet(self, 1)
        for count, level in enumerate(LEVELS):
            self.walk_in("elder" if count == 2 else "none")
            self.walk_in()
            self.check_in_due()
            self.serve(self.clerk, seat, tablet, level)
        tablet.leave()
        self.act(self.clerk, seat, "miss", self.call(self.clerk, seat))
        held = self.call(self.clerk, seat)
        self.act(self.clerk, seat, "start", held)
        self.act(self.clerk, seat, "hold", held, reason="回家取户口本")
        self.post(self.clerk, "/windows/1/close", {"seat": seat})
        half_an_hour_ago = self.node.now() - datetime.timedelta(minutes=30)
        happened = half_an_hour_ago.replace(tzinfo=STATION_TIME).timestamp()
        self.post(self.clerk, "/complaints", COMPLAINT | {"occurred_at_ms": round(happened * 1000)})

    def now(self):
        """One is being served at window 2, and more have come."""
        seat = self.sit(self.second, 2)
        self.act(self.second, seat, "start", self.call(self.second, seat))
        self.later(3)
        for priority in ("none", "elder", "none", "disabled"):
            self.walk_in(priority)
        self.check_in_due()
        self.later(2)

    def fill(self):
        if self.lead.get("/windows").json()["windows"]:
            return
        for number, name in WINDOWS:
            self.post(self.lead, "/windows", {"number": number, "name": name, "groups": []})
        self.book_ahead()
        self.morning()
        self.now()


def fill_day(node, first=0, later=lambda minutes: None):
    Day(node, first, later).fill()


SCREENS = ({"kind": "display", "name": "大厅显示屏"}, {"kind": "eval", "name": "2号窗口评价", "window": 2},
           {"kind": "ticket", "name": "取号机"})


def pairing_codes(node):
    """A code for each screen of the hall; each works once, for a quarter of an hour."""
    lead = Counter(node, "lizhan", "李站", "lead")
    for device in lead.get("/devices").json()["devices"]:
        if not device["paired"]:
            lead.write("POST", f"/devices/{device['device']}/remove").raise_for_status()
    codes = {}
    for screen in SCREENS:
        made = lead.write("POST", "/devices", screen)
        made.raise_for_status()
        codes[screen["kind"]] = made.json()["code"]
    return codes
