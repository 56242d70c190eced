"""The devices of the hall on a real node: paired with a code, let in where their screens are, removed."""
import threading

import requests
from contract import watch
from demo_city import Counter, resident_id, wait_until


class Device:
    """A browser of the hall that knows no sign-in."""

    def __init__(self, contract, station):
        self.url, self.origin = station.url + "/api/v1", {"Origin": station.url}
        self.session = requests.Session()
        watch(contract, self)

    def get(self, path, **query):
        return self.session.get(self.url + path, params=query, timeout=30)

    def post(self, path, body, key=None):
        keyed = {"Idempotency-Key": key} if key else {}
        return self.session.post(self.url + path, json=body, headers=self.origin | keyed, timeout=30)

    def pair(self, code):
        return self.post("/device/pair", {"code": code})


def add_device(lead, kind, **window):
    added = lead.write("POST", "/devices", {"kind": kind, "name": f"{kind} 屏", **window})
    assert added.status_code == 201, added.text
    return added.json()


def paired_device(contract, station, lead, kind, **window):
    """A device that was added and has given its code, and its row."""
    added = add_device(lead, kind, **window)
    device = Device(contract, station)
    code = added["code"]
    answer = device.pair(code[:4] + "-" + code[4:].lower())
    assert answer.status_code == 200 and answer.json()["paired"], answer.text
    assert {"HttpOnly", "SameSite=Strict"} <= set(answer.headers["Set-Cookie"].split("; ")), answer.headers
    return device, answer.json()


class Listening(threading.Thread):
    """What a device is told by itself, until the node ends it."""

    def __init__(self, device):
        super().__init__(daemon=True)
        self.lines, self.ended = [], threading.Event()
        # Without the session's own check, which would read to an end that never comes.
        self.stream = requests.get(device.url + "/events", cookies=device.session.cookies, stream=True, timeout=30)
        self.start()

    def run(self):
        try:
            for line in self.stream.iter_lines(chunk_size=1):
                self.lines.append(line.decode())
        except requests.RequestException:
            pass  # the node closed it
        self.ended.set()

    def names(self):
        return {line.removeprefix("event: ") for line in self.lines if line.startswith("event: ")}


def only_a_lead_adds(contract, station, lead):
    """A clerk does not, a code opens once, and each kind has what it needs."""
    assert Counter(station).get("/devices").status_code == 403, "a clerk adds no device"
    stranger = Device(contract, station)
    assert stranger.get("/device").status_code == 401
    for body in ({"kind": "eval", "name": "评价"}, {"kind": "display", "name": "大厅", "window": 2}):
        refused = lead.write("POST", "/devices", body)
        assert (refused.status_code, refused.json()["field"]) == (400, "window"), refused.text
    code = add_device(lead, "eval", window=2)["code"]
    assert stranger.pair(code).status_code == 200
    again = Device(contract, station).pair(code)
    assert (again.status_code, again.json()["field"]) == (401, "code"), again.text
    assert stranger.get("/device").json()["window"] == 2


def is_let_in_where_screens_are(device, row, lead):
    """Its own facts, and nothing of people."""
    assert row in lead.get("/devices").json()["devices"]
    mine = device.get("/device")
    assert mine.json()["device"] == row["device"] and "yz_dev" in mine.headers["Set-Cookie"]
    for path in ("/queue", "/items", "/appointments?date=2026-03-05", "/staff", "/sync", "/devices", "/windows"):
        assert device.get(path).status_code == 401, path
    for path, body in (("/appointments", lead.booking(50)), ("/devices", {"kind": "ticket", "name": "取号"})):
        assert device.post(path, body, key="device").status_code == 401, path
    for answer in (device.post("/visits", {"item": "SB-0101"}, key="device"), device.get("/screens/ticket")):
        assert (answer.status_code, answer.json()["field"]) == (403, "device"), answer.text


def follows_the_queue_until_removed(device, row, lead):
    """It hears that the queue changed and nothing of people; removed, it is refused and let go at once."""
    listening = Listening(device)
    wait_until(lambda: listening.lines, "the stream begins")
    assert lead.book(51)["id"]
    visit = lead.write("POST", "/visits", {"item": "SB-0101"}).json()["visit"]["id"]
    assert lead.write("POST", f"/visits/{visit}/leave", {"reason": "client_left"}).ok
    wait_until(lambda: "queue" in listening.names(), "a display hears of the queue")
    assert lead.write("POST", f"/devices/{row['device']}/remove").status_code == 204
    assert device.get("/device").status_code == 401, "a removed device is nobody"
    assert listening.ended.wait(30), "its events end with it"
    assert not listening.names() & {"appointment", "window"}, listening.names()
    gone = lead.write("POST", f"/devices/{row['device']}/remove")
    assert (gone.status_code, gone.json()["field"]) == (404, "device"), gone.text


def wrong_codes_wait(contract, station, lead):
    """As wrong PINs do, and for the right code too; then it opens."""
    code, stranger = add_device(lead, "display")["code"], Device(contract, station)
    wrong = []
    while not wrong or wrong[-1].status_code == 401:
        assert len(wrong) < 6, "wrong codes are never delayed"
        wrong.append(stranger.pair("WRNG-2345"))
    assert wrong[-1].status_code == 429 and wrong[-1].json()["retry_after_s"] >= 1, wrong[-1].text
    early = stranger.pair(code)
    assert early.status_code == 429, "the right code tells nothing while the delay lasts"
    wait_until(lambda: stranger.pair(code).status_code == 200, "the delay passes")


def devices(contract, station):
    """Everything that a device of the hall may and may not."""
    lead = Counter(station, "zhanglead", "张站长", "lead")
    watch(contract, lead)
    only_a_lead_adds(contract, station, lead)
    display, row = paired_device(contract, station, lead, "display")
    is_let_in_where_screens_are(display, row, lead)
    follows_the_queue_until_removed(display, row, lead)
    wrong_codes_wait(contract, station, lead)


NAME = "欧阳桂芳"


def a_machine_gives_tickets(machine, display):
    """One ticket for one key, without the name of whom it gave it to; gives the ticket."""
    wish = {"item": "SB-0101", "priority": "elder", "name": NAME, "phone": "13800000009"}
    came = machine.post("/visits", wish, key="kiosk")
    assert came.status_code == 201, came.text
    visit = came.json()["visit"]
    assert visit["name"] is None and "欧" not in came.text and came.json()["appointment"] is None, came.text
    assert machine.post("/visits", wish, key="kiosk").json()["visit"]["id"] == visit["id"], "a key counts once"
    for more in ({"note": "x"}, {"paper_number": "1"}, {"occurred_at_ms": 1}):
        refused = machine.post("/visits", {"item": "SB-0101"} | more, key="more")
        assert (refused.status_code, refused.json()["field"]) == (403, next(iter(more))), refused.text
    slip = {"kind": "ticket", "id": visit["id"], "paper": "80mm", "printer": "nowhere"}
    made = machine.post("/slips", slip, key="paper")
    assert made.status_code == 201 and made.json()["copy"] == 1, made.text
    assert machine.get(f"/slips/{made.json()['slip']}").status_code == 401, "it is on paper, not on the machine's screen"
    refused = machine.post("/slips", slip | {"kind": "evaluation"}, key="other")
    assert (refused.status_code, refused.json()["field"]) == (403, "kind"), refused.text
    screen = machine.get("/screens/ticket").json()
    assert "社会保障" in [row["group"] for row in screen["groups"]] and screen["waiting"] >= 1, screen
    assert visit["ticket"] in display.get("/screens/display").json()["next"]
    return visit


def a_machine_checks_in(machine, lead, hedi):
    """Who has an appointment, by the slip or the card, once; of another station's slip it writes nothing."""
    today = lead.node.now().date().isoformat()
    window = lead.free_window(today)
    elsewhere = Counter(hedi).book(58)["number"]
    before = lead.node.facts()
    told = machine.post("/arrivals", {"text": f"YZ1:{elsewhere}"}, key="elsewhere")
    assert told.json() == {"outcome": "elsewhere", "elsewhere": "河底镇", "arrival": None}, told.text
    assert lead.write("POST", "/lookup", {"text": elsewhere}).json()["elsewhere"] == "河底镇"
    assert machine.post("/arrivals", {"text": "YZ1:1"}, key="bad").json()["outcome"] == "bad_code"
    assert machine.post("/arrivals", {"text": resident_id(59)}, key="none").json()["outcome"] == "nobody"
    assert lead.node.facts() == before, "nothing was written"
    if window is None:
        return  # late in the evening no window of today is left
    booked = lead.book(57, date=today, window=window)
    came = machine.post("/arrivals", {"text": f"YZ1:{booked['number']}"}, key="came").json()
    assert came["outcome"] == "checked_in" and came["arrival"]["appointment"] is None, came
    assert came["arrival"]["visit"]["name"] is None and "测" not in str(came), came
    assert lead.appointment(booked["id"])["life"] == "checked_in"
    again = machine.post("/arrivals", {"text": resident_id(57)}, key="again").json()["arrival"]
    assert again["already"] and again["visit"]["id"] == came["arrival"]["visit"]["id"], again


def the_display_shows_the_call(display, lead, visit):
    """Called, shown; served, still shown for a moment; nothing of the person at any time."""
    seat = lead.write("POST", "/windows/1/open", {}).json()["seat"]
    assert lead.write("POST", "/queue/call", {"seat": seat, "visit": visit["id"]}).ok
    shown = display.get("/screens/display")
    called = [(row["ticket"], row["window"], row["calls"]) for row in shown.json()["calling"]]
    assert called == [(visit["ticket"], 1, 1)], called
    assert [row["ticket"] for row in shown.json()["windows"] if row["number"] == 1] == [visit["ticket"]]
    assert NAME[0] not in shown.text, shown.text
    assert lead.write("POST", f"/visits/{visit['id']}/start", {"seat": seat}).ok
    assert display.get("/screens/display").json()["calling"], "who is fast is shown all the same"
    assert lead.write("POST", f"/visits/{visit['id']}/finish", {"seat": seat, "outcome": "done"}).ok
    assert display.get("/screens/display").json()["calling"] == []
    assert lead.write("POST", "/windows/1/close", {"seat": seat}).status_code == 204


def a_person_rates_at_the_tablet(tablet, lead, visit):
    """Invited by the tablet of the window that served them, once; nobody is signed in."""
    screen = tablet.get("/screens/eval/1").json()
    assert screen["window"]["number"] == 1 and screen["reasons"][-1]["code"] == "other", screen
    invited = screen["invitation"]
    assert invited and invited["visit"] == visit["id"], screen
    said = {"visit": invited["visit"], "invitation": invited["invitation"], "level": 2, "reasons": ["attitude"]}
    rated = tablet.post("/evaluations", said, key="rating")
    assert rated.status_code == 201 and rated.json()["visit"] == visit["id"], rated.text
    assert lead.get(f"/visits/{visit['id']}").json()["rated"] == "rated"


def screens(contract, station, hedi):
    """What each screen shows to its own kind and to staff; windows 1 and 2 are there."""
    lead = Counter(station, "zhanglead", "张站长", "lead")
    watch(contract, lead)
    display, _ = paired_device(contract, station, lead, "display")
    machine, _ = paired_device(contract, station, lead, "ticket")
    tablet, _ = paired_device(contract, station, lead, "eval", window=1)
    a_machine_checks_in(machine, lead, hedi)
    visit = a_machine_gives_tickets(machine, display)
    the_display_shows_the_call(display, lead, visit)
    a_person_rates_at_the_tablet(tablet, lead, visit)
    other = tablet.get("/screens/eval/2")
    assert (other.status_code, other.json()["field"]) == (403, "number"), other.text
    for path in ("/screens/display", "/screens/ticket", "/screens/eval/2"):
        assert lead.get(path).ok, path
