"""A relay and two stations of one peer, each a process that keeps its folder, on lines that can be cut."""
import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path

from demo_city import faketime_library, free_port
from line import Line
from replicas import Gone, Seen, fields_of

HERE = Path(__file__).resolve().parent
ANSWER_S = 30
PACKAGES = {  # what stands for a system in the table
    "yjs": ["yjs", "y-leveldb", "y-websocket", "@y/websocket-server"],
    "loro": ["loro-crdt", "ws"],
    "automerge": ["@automerge/automerge", "@automerge/automerge-repo", "@automerge/automerge-repo-storage-nodefs",
                  "@automerge/automerge-repo-network-websocket"],
    "pouchdb": ["pouchdb-node", "express-pouchdb"],
}


def version_of(package):
    text = (HERE / "node_modules" / package / "package.json").read_text(encoding="utf-8")
    return json.loads(text)["version"]


def installed():
    return all((HERE / "node_modules" / name).is_dir() for names in PACKAGES.values() for name in names)


class PeerReplica:
    """One process, driven line by line; see replica/replica.mjs."""

    def __init__(self, town, name, listen=None, line=None):
        self.town, self.name, self.listen, self.line = town, name, listen, line
        self.folder = town.folder / name
        self.shift_s = 0  # how far its clock is ahead
        self.process = None
        self.heard = []

    # ---- its life

    def start(self):
        options = {"folder": str(self.folder), "listen": self.listen, "parent": self.line and self.line.port,
                   "town": self.town.address, "keepId": self.town.keep_id}
        log = open(self.town.folder / f"{self.name}.log", "ab")
        self.process = subprocess.Popen(
            ["node", HERE / "replica/replica.mjs", self.town.system, json.dumps(options)], cwd=HERE, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self.environment())
        log.close()
        self.answers, self.count = queue.Queue(), 0
        threading.Thread(target=self.listen_to, args=(self.process, self.answers), daemon=True).start()
        ready = self.next_answer()["ready"]
        self.town.address = ready.get("town", self.town.address)

    @staticmethod
    def listen_to(process, answers):
        for text in process.stdout:
            if text.startswith("{"):
                answers.put(json.loads(text))
        answers.put(None)

    def environment(self):
        env = dict(os.environ, NODE_NO_WARNINGS="1")
        if not self.shift_s:
            return env
        return env | {"LD_PRELOAD": faketime_library(), "FAKETIME": f"{self.shift_s:+d}",
                      "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def next_answer(self):
        try:
            found = self.answers.get(timeout=ANSWER_S)
        except queue.Empty:
            raise Gone(f"{self.name} does not answer") from None
        if found is None:
            raise Gone(f"{self.name} ended; see {self.name}.log")
        return found

    def call(self, op, **arguments):
        self.count += 1
        try:
            self.process.stdin.write(json.dumps({"id": self.count, "op": op, **arguments}) + "\n")
            self.process.stdin.flush()
        except OSError:
            raise Gone(f"{self.name} ended; see {self.name}.log") from None
        while (found := self.next_answer()).get("id") != self.count:
            pass
        if "error" in found:
            raise Gone(f"{self.name}: {op}: {found['error']}")
        return found["result"]

    def stop(self):
        if self.process and self.process.poll() is None:
            self.remember()
            try:
                self.call("close")
                self.process.wait(ANSWER_S)
            except (Gone, subprocess.TimeoutExpired):
                self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def set_clock(self, shift_s):
        self.stop()
        self.shift_s = shift_s
        self.start()

    def copy(self, name):
        """Of its folder, while it is stopped."""
        self.stop()
        kept = self.town.folder / name
        shutil.copytree(self.folder, kept)
        self.start()
        return kept

    def put_back(self, kept):
        self.stop()
        shutil.rmtree(self.folder)
        shutil.copytree(kept, self.folder)
        self.start()

    # ---- what its user does

    def create(self, record, value):
        self.call("create", record=record, fields=fields_of(value))

    def change(self, record, value):
        self.call("change", record=record, fields=fields_of(value))

    def remove(self, record):
        self.call("remove", record=record)

    def read(self):
        return {record: Seen(found["fields"], set(found["others"])) for record, found in self.call("read").items()}

    def in_history(self, values):
        """Of `values`, those that its history still has."""
        phones = {fields_of(value)["phone"]: value for value in values}
        return {phones[phone] for phone in self.call("history", values=list(phones))}

    def tidy(self):
        self.call("compact")

    def remember(self):
        """What it said so far; a process that was killed takes it along."""
        try:
            self.heard += self.call("told")
        except Gone as gone:
            self.heard.append(f"error: {gone}")

    def told(self):
        self.remember()
        return [f"{self.name}: {text}" for text in dict.fromkeys(self.heard)]


class PeerTown:
    patience_s = 20
    clock_words = "its clock is read by nothing that decides"

    def __init__(self, system, folder, keep_id=False):
        self.system, self.folder, self.keep_id = system, Path(folder).resolve(), keep_id
        self.address = None
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.relay = PeerReplica(self, "relay", listen=free_port())
        self.near, self.far = self.station("near"), self.station("far")
        self.replicas = [self.near, self.relay, self.far]

    def station(self, name):
        return PeerReplica(self, name, line=Line(free_port(), self.relay.listen))

    def __enter__(self):
        for replica in (self.relay, self.near, self.far):
            replica.start()
        return self

    def __exit__(self, *_):
        for replica in self.replicas:
            if replica.process and replica.process.poll() is None:
                replica.kill()
            if replica.line:
                replica.line.close()

    def clone(self, kept):
        """Another machine made of a copy of the near one; it is not started."""
        twin = self.station("twin")
        shutil.copytree(kept, twin.folder)
        self.replicas.append(twin)
        return twin

    def told(self):
        return [text for replica in self.replicas for text in replica.told()]
