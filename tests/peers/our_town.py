"""Ours as shipped: a station, its district and the city, four processes of `yizhan serve` over CURVE.

near        the clerk of 荫营镇; a record is an appointment, a removal its cancellation
relay       郊区, the district, through which all of it passes
far         the city, two hops away
"""
import hashlib
import re
import shutil
import uuid

import requests
from demo_city import City, Counter, Node, free_port
from line import Line
from replicas import Gone, Seen, fields_of

SAID = re.compile(r"\b(fork|refused|a new epoch begins|put back|clone)\b")


class OurReplica:
    def __init__(self, town, name, node, who, line=None):
        self.town, self.name, self.node, self.who, self.line = town, name, node, who, line
        self.counter = None

    # ---- its life

    def start(self):
        self.node.start()
        self.sign_in()

    def sign_in(self):
        if self.counter:
            self.counter.sign_in()
        else:
            self.counter = Counter(self.node, *self.who)

    def stop(self):
        self.node.stop()

    def kill(self):
        self.node.kill()

    def set_clock(self, shift_s):
        self.node.stop()
        self.node.clock = f"{shift_s:+d}" if shift_s else None
        self.node.write_config()
        self.start()

    def copy(self, name):
        self.stop()
        kept = self.town.folder / name
        shutil.copytree(self.node.data, kept, ignore=shutil.ignore_patterns("*.sock"))
        self.start()
        return kept

    def put_back(self, kept):
        self.stop()
        shutil.rmtree(self.node.data)
        shutil.copytree(kept, self.node.data)
        self.start()

    # ---- what its clerk does

    def create(self, record, value):
        self.town.people += 1
        body = self.counter.booking(self.town.people) | fields_of(value)
        made = self.written("POST", "/appointments", body, key=self.key_of(record, value))
        self.town.ids[record] = made["id"]
        self.town.numbers.append(made["number"])

    def change(self, record, value):
        path = f"/appointments/{self.town.ids[record]}"
        self.written("PATCH", path, fields_of(value), revision=self.asked(path)["revision"],
                     key=self.key_of(record, value))

    def key_of(self, record, value):
        key = str(uuid.uuid4())
        self.town.keys[value] = (record, key)
        return key

    def remove(self, record):
        self.written("POST", f"/appointments/{self.town.ids[record]}/cancel", {"reason": "client_request"})

    def written(self, method, path, body, revision=None, key=None):
        headers = {"If-Match": f'"{revision}"'} if revision else None
        return self.answered(lambda: self.counter.write(method, path, body, key=key, headers=headers))

    def asked(self, path, **query):
        return self.answered(lambda: self.counter.get(path, **query))

    def answered(self, ask):
        try:
            answer = ask()
            if answer.status_code == 401:  # the screen locked meanwhile
                self.sign_in()
                answer = ask()
        except requests.RequestException as error:
            raise Gone(f"{self.name}: {error}") from None
        if not answer.ok:
            raise Gone(f"{self.name}: {answer.status_code} {answer.text[:200]}")
        return answer.json()

    def read(self):
        found = {}
        for record, known in self.town.ids.items():
            answer = self.counter.get(f"/appointments/{known}")
            if answer.status_code == 401:
                self.sign_in()
                answer = self.counter.get(f"/appointments/{known}")
            if answer.ok:
                found[record] = seen(answer.json())
        return found

    def in_history(self, values):
        """Of `values`, those whose change stands in the history of its record."""
        return {value for value in values if self.remembers(*self.town.keys[value])}

    def remembers(self, record, key):
        try:
            rows = self.asked(f"/appointments/{self.town.ids[record]}/history")["history"]
        except Gone:  # nothing of the record is here
            return False
        return any(row["request"] == request_of(row["staff"], key) for row in rows)

    def tidy(self):
        self.node.yizhan("verify")

    def log(self):
        return (self.node.folder / f"{self.node.name}.log").read_text(encoding="utf-8")


def request_of(staff, key):
    """BLAKE2b-64 of (principal, Idempotency-Key) in 63 bits, as docs/protocol.md has it."""
    domain = b"yz.intent"
    given = len(domain).to_bytes(8, "big") + domain + bytes.fromhex(staff) + key.encode()
    whole = int.from_bytes(hashlib.blake2b(given, digest_size=8).digest(), "big")
    return f"{whole & 0x7fffffffffffffff:016x}"


def seen(record):
    fields = {"phone": record["phone"], "note": record["note"]}
    others = {value for each in record["siblings"] for value in each["values"]} - set(fields.values())
    return Seen(fields, others, live=not record["life"].startswith("cancelled"))


class OurTown:
    patience_s = 90  # a node that was cut off dials again after up to a minute

    def __init__(self, _, folder, keep_id=True):
        self.city = City(folder)
        self.folder = self.city.folder
        self.ids, self.keys, self.numbers, self.people = {}, {}, [], 0

    def __enter__(self):
        self.city.make()
        city = self.city
        self.near = OurReplica(self, "near", city["yinying"], (), self.take_line(city["yinying"]))
        self.relay = OurReplica(self, "relay", city["jiaoqu"], ("zhaolei", "赵磊", "district"))
        self.far = OurReplica(self, "far", city["hub"], ("liwei", "李伟", "city"))
        self.replicas = [self.near, self.relay, self.far]
        for replica in self.replicas:
            replica.sign_in()
        self.quiet = {replica: replica.log() for replica in self.replicas}
        self.ill = self.health()
        return self

    def health(self):
        """What 本机健康 of the city finds fault with."""
        return {row["id"] for row in self.far.asked("/health")["checks"] if row["verdict"] in ("warn", "fail")}

    def take_line(self, node):
        """Instead of its own line, one with a trap."""
        node.line.kill()
        node.line.wait()
        node.line = None
        return Line(node.line_port, self.city["jiaoqu"].link_port)

    def __exit__(self, *_):
        for replica in self.replicas:
            if replica.name == "twin":
                replica.stop()
            if replica.line:
                replica.line.close()
        self.city.stop()

    def clone(self, kept):
        near = self.near.node
        twin = Node(self.folder, near.binary, "twin", near.division, near.title, near.role, near.parent)
        twin.http_port, twin.line_port = free_port(), free_port()
        shutil.copytree(kept, twin.data)
        twin.write_config()
        line = Line(twin.line_port, self.city["jiaoqu"].link_port)
        replica = OurReplica(self, "twin", twin, (), line)
        self.quiet[replica] = ""
        self.replicas.append(replica)
        return replica

    def told(self):
        """What the pages of the city and the station say, and what the logs say as a warning."""
        said = []
        for replica in self.replicas:
            fresh = replica.log()[len(self.quiet[replica]):]
            said += [f"{replica.name}: {word}" for word in dict.fromkeys(SAID.findall(fresh))]
            if replica.asked("/status")["clock_suspect"]:
                said.append(f"{replica.name}: 时钟可能不对")
        said += [f"far: 本机健康 {check}" for check in sorted(self.health() - self.ill)]
        for row in self.far.asked("/overview")["stations"]:
            if row["state"] == "clock_suspect":
                said.append(f"far: 时钟可能不对: {row['name']}")
        return said
