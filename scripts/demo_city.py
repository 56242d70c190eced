"""A whole city on this machine: real processes, real CURVE sockets, lines that can be cut.

What        City makes and runs a hub, a district and two stations in one folder; Node is one of
            them and the commands of its operator; Counter is a clerk's browser at one of them.
Invariants  Every resident is synthetic: document numbers begin with 140399.
"""
import contextlib
import datetime
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import time
import uuid
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
PIN = "270418"
PASSPHRASE = "yangquan-2026"
# Sealing, sending and receipts go on by themselves.
MOVED_BY_THE_LINE = {"tail", "seg", "ack", "cursor", "receipt"}
PLAN = [  # name, division, display name, role, parent
    ("hub", "1403", "阳泉市政务服务中心", "hub", None),
    ("jiaoqu", "1403/140311", "郊区政务服务中心", "district", "hub"),
    ("yinying", "1403/140311/140311100", "荫营镇便民服务中心", "station", "jiaoqu"),
    ("hedi", "1403/140311/140311101", "河底镇便民服务中心", "station", "jiaoqu"),
]
NOTICED_YEAR = 2026  # whose days stand in node/policy/data
NAMES = {"hub": "阳泉市", "jiaoqu": "郊区", "yinying": "荫营镇", "hedi": "河底镇"}
STATION_TIME = datetime.timezone(datetime.timedelta(hours=8))  # whatever the machine thinks
UNITS_S = {"": 1, "y": 365 * 86400}
PATIENCE_S = 150  # a cut-off node dials again after up to a minute, and a machine may be slow
CLAIMS = []  # sockets that hold the names of this process's ports


def free_port():
    """A port that is this process's until it ends: below those that outgoing connections are given,
    which would take it while its node is down, and claimed by name, as other cities may run beside."""
    while True:
        port = random.randrange(20000, 32000)
        claim = socket.socket(socket.AF_UNIX)
        with socket.socket() as probe:
            try:
                claim.bind(f"\0yizhan-port-{port}")
                probe.bind(("127.0.0.1", port))
            except OSError:
                claim.close()
                continue
        CLAIMS.append(claim)
        return port


def wait_until(condition, what, seconds=PATIENCE_S, every=0.2):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(every)
    raise TimeoutError(f"not within {seconds} s: {what}")


class Node:
    def __init__(self, folder, binary, name, division, title, role, parent):
        self.folder, self.binary, self.name = folder, binary, name
        self.division, self.title, self.role, self.parent = division, title, role, parent
        self.data = folder / name
        self.config = folder / f"{name}.toml"
        self.http_port = self.link_port = self.line_port = 0
        self.process = self.line = None
        self.clock = None  # of the machine; what faketime is told: @ a time, + years or seconds
        self.lives = None  # the time that it is there; so told: a clock may be wrong
        self.extra_env = {}
        self.recovery_code = None  # shown once, when it joined

    def write_config(self):
        bind = f"127.0.0.1:{self.link_port}" if self.role != "station" else ""
        parent = f"127.0.0.1:{self.line_port}" if self.parent else ""
        self.config.write_text(
            f'data_dir = "{self.data}"\n[http]\nlisten = "127.0.0.1:{self.http_port}"\n'
            f'[link]\nbind = "{bind}"\nparent = "{parent}"\n[log]\nlevel = "debug"\n'
            f'[policy]\ncalendar = "{self.write_calendar() or ""}"\n',
            encoding="utf-8")

    def write_calendar(self):
        """Days around `now` for a node that lives past the notices that it knows, else none."""
        first = self.now().date() - datetime.timedelta(days=1)
        days = [first + datetime.timedelta(days=ahead) for ahead in range(120)]
        unknown = [day for day in days if day.year != NOTICED_YEAR]
        if not unknown:
            return None
        kinds = ["weekend" if day.weekday() > 4 else "workday" for day in unknown]
        file = self.folder / f"{self.name}.calendar"
        rows = "\n".join(f"{day} {kind}" for day, kind in zip(unknown, kinds))
        file.write_text(f"notice 演示 {first}\n{rows}\n", encoding="utf-8")
        return file

    @property
    def cut_file(self):
        return self.folder / f"{self.name}.cut"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http_port}"

    def yizhan(self, *arguments, check=True, given=None):
        """Runs one command of the operator; gives its JSON."""
        command = [self.binary, "--config", self.config, "--json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, input=given,
                              env=self.environment())
        if check and done.returncode != 0:
            raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
        out = json.loads(done.stdout) if done.stdout.startswith("{") else {"text": done.stdout}
        out["exit"] = done.returncode
        return out

    def start(self, wait=True):
        log = open(self.folder / f"{self.name}.log", "ab")  # closed with the process
        self.process = subprocess.Popen([self.binary, "--config", self.config, "serve"],
                                        stderr=log, stdout=log, stdin=subprocess.DEVNULL, env=self.environment())
        log.close()
        if wait:
            wait_until(self.answers, f"{self.name} answers; see {self.folder}/{self.name}.log", 60, 0.02)
            self.tell_time()

    def environment(self):
        env = dict(os.environ) | self.extra_env
        if not self.clock:
            return env
        stamp = self.set_clock(self.clock)
        return env | {"LD_PRELOAD": faketime_library(), "FAKETIME_TIMESTAMP_FILE": str(stamp),
                      "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1"}

    def set_clock(self, clock):
        """Also while the node runs: the file is read whenever the time is asked for, so it is never half written."""
        self.clock = clock
        stamp = self.folder / f"{self.name}.time"
        fresh = stamp.with_suffix(".fresh")
        fresh.write_text(clock + "\n")
        return fresh.replace(stamp)

    def live(self, clock):
        """It is that time there, on the machine too; a node that serves is told, for it follows no leap by itself."""
        self.lives = clock
        self.set_clock(clock)
        if self.process and self.process.poll() is None:
            self.tell_time()

    def tell_time(self):
        if self.lives:
            self.yizhan("clock", "set", f"{self.now():%Y-%m-%d}", f"{self.now():%H:%M}")

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}; see "
                               f"{self.folder}/{self.name}.log")
        try:
            return requests.get(self.url + "/healthz", timeout=2).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def start_machine(self, clock):
        """The machine was off: this is what its clock says now, and nothing counted meanwhile."""
        self.stop()
        kept = self.data / "clock.yz"
        boot = Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
        as_written = kept.read_bytes()
        if boot not in as_written:
            raise RuntimeError(f"{kept} does not name the start of the machine")
        kept.write_bytes(as_written.replace(boot, boot[::-1]))
        self.clock = clock
        self.start()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def start_line(self, above):
        script = Path(__file__).resolve().parent / "line_proxy.py"
        self.line = subprocess.Popen(
            ["/usr/bin/python3", script, str(self.line_port), str(above.link_port), self.cut_file],
            stdin=subprocess.DEVNULL)

    def cut(self):
        self.cut_file.touch()

    def mend(self):
        self.cut_file.unlink(missing_ok=True)

    def now(self):
        """The time that this node lives in, as its station says it."""
        now = datetime.datetime.now(STATION_TIME).replace(tzinfo=None)
        if not self.lives:
            return now
        ahead = re.fullmatch(r"([+-]\d+)(y?)", self.lives)
        if ahead:
            return now + datetime.timedelta(seconds=int(ahead[1]) * UNITS_S[ahead[2]])
        machine = datetime.datetime.fromisoformat(self.lives.lstrip("@"))
        return machine.astimezone(STATION_TIME).replace(tzinfo=None)

    def now_ms(self):
        return int(self.now().replace(tzinfo=STATION_TIME).timestamp() * 1000)

    def roots(self):
        return {row["scope"]: row["state_root"] for row in self.yizhan("sync", "roots")["scopes"]}

    def facts(self):
        """All that a refused request must leave as it was: roots, digests, counts, rows of each table."""
        scopes = {row["scope"]: tuple(row.items()) for row in self.yizhan("sync", "roots")["scopes"]}
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/yizhan.db?mode=ro", uri=True)) as file:
            names = [name for name, in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                    for name in names if name not in MOVED_BY_THE_LINE}
        return scopes, rows


def faketime_library():
    for folder in ("/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime"):
        library = Path(folder) / "libfaketimeMT.so.1"
        if library.exists():
            return str(library)
    raise FileNotFoundError("libfaketimeMT.so.1; run scripts/install-deps")


class City:
    def __init__(self, folder, binary=ROOT / "build/release/bin/yizhan", plan=tuple(PLAN)):
        self.folder = Path(folder).resolve()
        self.nodes = {}
        for name, division, title, role, parent in plan:
            self.nodes[name] = Node(self.folder, binary, name, division, title, role, parent)

    def __getitem__(self, name):
        return self.nodes[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def make(self, carry_only=False, begin=None):
        """Makes the city anew and starts it: every node enrolled, every line up. `begin`: when it is there, by
        the station's time."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for node in self.nodes.values():
            node.http_port, node.link_port, node.line_port = free_port(), free_port(), free_port()
            if begin:
                node.live(f"{round((begin - node.now()).total_seconds()):+d}")
            node.write_config()
        hub = self["hub"]
        made = hub.yizhan("city", "init", "--division", hub.division, "--name", hub.title)
        hub.recovery_code = made["recovery_code"]
        (self.folder / "root-code").write_text(made["root_code"] + "\n")
        hub.start()
        for node in list(self.nodes.values())[1:]:
            self.enrol(node, carry_only and node.role == "district")
            node.start()
            self.wait_for_keys(node)
        (self.folder / "city.json").write_text(json.dumps(
            {n.name: {"http": n.http_port, "link": n.link_port} for n in self.nodes.values()}))

    def later(self, minutes):
        """Moves the clocks of a city that was begun at a given time."""
        for node in self.nodes.values():
            node.live(f"{int(node.lives) + 60 * minutes:+d}")

    def enrol(self, node, carry_only=False):
        hub = self["hub"]
        extra = ["--carry-only"] if carry_only else []
        ticket = hub.yizhan("station", "ticket", "--division", node.division, "--name", node.title,
                            "--role", node.role, *extra)["ticket"]
        request = node.yizhan("enroll", "start", "-", given=ticket)["request"]
        reply = hub.yizhan("station", "approve", request)["response"]
        node.recovery_code = node.yizhan("enroll", "finish", "-", given=reply)["recovery_code"]
        node.start_line(self[node.parent])

    def wait_for_keys(self, node):
        """Until the node has heard from above; a new one needs its scope keys before it can save."""
        wait_until(lambda: node.yizhan("status")["node"]["connected"], f"{node.name} is connected")

    def stop(self):
        for node in reversed(list(self.nodes.values())):
            node.stop()
        for node in self.nodes.values():
            if node.line:
                node.line.kill()
                node.line.wait()


class Counter:
    """A clerk's browser at one node."""

    def __init__(self, node, login="wangmin", name="王敏", role="clerk"):
        self.node, self.login = node, login
        self.secret = PIN if role == "clerk" else PASSPHRASE
        self.session = requests.Session()
        known = [row["login"] for row in node.yizhan("staff", "list")["staff"]]
        if login in known:
            self.sign_in()
        else:
            code = wait_until(lambda: self.add(login, name, role), "a member of staff is added")
            self.enter("/sign-in/first", {"staff": login, "code": code, "new_secret": self.secret})

    def add(self, login, name, role):
        added = self.node.yizhan("staff", "add", login, "--name", name, "--role", role, check=False)
        return added.get("code") if added["exit"] == 0 else None

    def sign_in(self):
        self.enter("/sign-in", {"staff": self.login, "secret": self.secret})

    def enter(self, path, body):
        answer = self.session.post(self.node.url + "/api/v1" + path, json=body, timeout=30,
                                   headers={"Origin": self.node.url})
        answer.raise_for_status()
        self.csrf = answer.json()["csrf"]

    def get(self, path, **query):
        return self.session.get(self.node.url + "/api/v1" + path, params=query, timeout=30)

    def write(self, method, path, body=None, key=None, headers=None):
        head = {"Origin": self.node.url, "X-CSRF": self.csrf,
                "Idempotency-Key": key or str(uuid.uuid4())} | (headers or {})
        data = None if body is None else json.dumps(body).encode()
        return self.session.request(method, self.node.url + "/api/v1" + path, data=data, timeout=30,
                                    headers=head | {"Content-Type": "application/json"})

    def free_window(self, date):
        rows = self.get("/slots", date=date).json()["slots"]
        now = self.node.now()
        for row in rows:
            past = date == now.date().isoformat() and row["window"] <= now.strftime("%H:%M")
            if row["free"] > 0 and not past:
                return row["window"]
        return None

    def open_date(self):
        """The next day, from tomorrow on, that still has a free window."""
        for ahead in range(1, 14):
            date = (self.node.now().date() + datetime.timedelta(days=ahead)).isoformat()
            if self.free_window(date):
                return date
        raise RuntimeError("no free window in two weeks")

    def booking(self, number, date=None, window=None):
        date = date or self.open_date()
        return {"item": "SB-0101", "date": date, "window": window or self.free_window(date),
                "name": f"测试{chinese(number)}", "channel": "window",
                "document": {"kind": "resident_id", "number": resident_id(number)},
                "phone": f"139{number:08d}"}

    def book(self, number, **place):
        answer = self.write("POST", "/appointments", self.booking(number, **place))
        if answer.status_code != 201:
            raise RuntimeError(f"booking refused: {answer.status_code} {answer.text}")
        return answer.json()

    def appointment(self, record):
        answer = self.get(f"/appointments/{record}")
        answer.raise_for_status()
        return answer.json()

    def edit(self, record, **fields):
        now = self.appointment(record)
        return self.write("PATCH", f"/appointments/{record}", fields,
                          headers={"If-Match": f'"{now["revision"]}"'})


def chinese(number):
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


def resident_id(number):
    """A synthetic 公民身份号码 of the unassigned region 140399."""
    body = f"140399{1950 + number % 50}{1 + number // 50 % 12:02d}{1 + number // 600 % 28:02d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]
