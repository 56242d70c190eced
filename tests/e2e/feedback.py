"""What people say of the service, on a real node: evaluations of visits and complaints."""
import json

from contract import watch
from demo_city import Counter


def served(clerk, seat, **finish):
    """A person who was served at the clerk's window just now."""
    visit = clerk.write("POST", "/visits", {"item": "SB-0101", "name": "测试丙"}).json()["visit"]["id"]
    for path, body in (("/queue/call", {"seat": seat, "visit": visit}), (f"/visits/{visit}/start", {"seat": seat}),
                       (f"/visits/{visit}/finish", {"seat": seat, "outcome": "done"} | finish)):
        answer = clerk.write("POST", path, body)
        assert answer.ok, (path, answer.text)
    return visit


def printed(clerk, kind, record, key=None):
    slip = {"kind": kind, "id": record, "paper": "80mm", "printer": "nowhere"}
    answer = clerk.write("POST", "/slips", slip, key=key)
    assert answer.status_code == 201, answer.text
    return answer.json()


def evaluations(contract, station, code_of):
    """By the code of a slip: whether is told, how is not; wrong codes wait."""
    lead, clerk = Counter(station, "zhanglead", "张站长", "lead"), Counter(station)
    for one in (lead, clerk):
        watch(contract, one)
    seat = clerk.write("POST", "/windows/1/open", {"take_over": True}).json()["seat"]
    visit = served(clerk, seat)
    assert clerk.get(f"/visits/{visit}").json()["rated"] == "invited"
    slip = printed(clerk, "evaluation", visit)
    assert slip["copy"] == 1 and printed(clerk, "evaluation", visit)["copy"] == 2, slip
    code = code_of(clerk, slip)
    said = {"code": code, "level": 2, "reasons": ["long_wait"], "text": "等了一个小时"}
    first = clerk.write("POST", "/evaluations", said, key="rate")
    assert first.status_code == 201 and first.json()["visit"] == visit, first.text
    assert clerk.write("POST", "/evaluations", said, key="rate").json() == first.json(), "one wish, one evaluation"
    changed = clerk.write("POST", "/evaluations", {"code": code, "level": 4})
    assert changed.json()["editable_until_ms"] == first.json()["editable_until_ms"], changed.text
    told = clerk.get(f"/visits/{visit}").json()
    assert told["rated"] == "rated" and "level" not in json.dumps(told), told
    assert clerk.get("/queue", window=1).json()["counts"]["rated"] == 1
    again = clerk.write("POST", "/slips", {"kind": "evaluation", "id": visit, "paper": "80mm"})
    assert (again.status_code, again.json()["field"]) == (409, "visit"), again.text
    assert again.json()["title"] == "本次已评价，谢谢。", again.text
    date = told["business_date"]
    summary = lead.get("/evaluations/summary", date=date).json()
    assert summary["levels"] == {"l5": 0, "l4": 1, "l3": 0, "l2": 0, "l1": 0} and summary["rated"] == 1, summary
    assert summary["rated"] + summary["unrated"] + summary["declined"] == clerk.get("/queue").json()["counts"]["finished"]
    hidden = clerk.get("/evaluations/summary", date=date)
    assert (hidden.status_code, hidden.json()["field"]) == (403, "role"), "a clerk never sees how people rated"
    refused_evaluations(clerk, served(clerk, seat, rate=False))
    clerk.write("POST", "/windows/1/close", {"seat": seat})


def refused_evaluations(clerk, visit):
    ticket = printed(clerk, "ticket", visit)
    assert ticket["copy"] == 1, ticket
    tablet = {"visit": visit, "invitation": "0" * 32, "level": 5}
    for body, status, field in (
            (tablet, 404, "invitation"), ({"level": 5}, 400, "visit"), ({"visit": visit, "level": 5}, 400, "invitation"),
            (tablet | {"code": "ABCD2345EFGH"}, 400, "code"), (tablet | {"reasons": ["weather"]}, 400, "reasons"),
            (tablet | {"reasons": ["other"]}, 400, "reasons"), (tablet | {"reasons": ["other"] * 9}, 400, "reasons"),
            (tablet | {"level": 0, "text": "字"}, 400, "text")):
        refused = clerk.write("POST", "/evaluations", body)
        assert (refused.status_code, refused.json()["field"]) == (status, field), (body, refused.text)
    wrong = [clerk.write("POST", "/evaluations", {"code": "ABCD2345EFGH", "level": 5}) for _ in range(5)]
    assert [answer.status_code for answer in wrong] == [404] * 4 + [429], [answer.text for answer in wrong]
    assert wrong[3].json()["retry_after_s"] == 1 and wrong[4].json()["field"] == "code", wrong[4].text


def complaints(contract, station):
    """A complaint is taken in and gets a number; lists show no person and are the lead's."""
    lead, clerk = Counter(station, "zhanglead", "张站长", "lead"), Counter(station)
    for one in (lead, clerk):
        watch(contract, one)
    at = station.now_ms() - 3_600_000
    matter = {"about": "wait", "fact": "delay", "occurred_at_ms": at, "text": "上午排队两个小时", "wish": "请增开窗口",
              "name": "测试丁", "phone": "13900000007", "window": 1}
    taken = clerk.write("POST", "/complaints", matter, key="complaint")
    assert taken.status_code == 201, taken.text
    receipt = taken.json()
    assert clerk.write("POST", "/complaints", matter, key="complaint").json()["id"] == receipt["id"]
    hidden = clerk.write("POST", "/complaints", matter | {"anonymous": True, "fact": "attitude"}).json()
    assert hidden["number"] != receipt["number"], hidden
    assert printed(clerk, "complaint", receipt["id"])["copy"] == 1
    assert printed(clerk, "complaint", receipt["id"])["copy"] == 2
    whole = lead.get("/complaints").json()
    assert [row["id"] for row in whole["complaints"][:2]] == [hidden["id"], receipt["id"]], whole
    assert whole["complaints"][0]["anonymous"] and not whole["complaints"][1]["anonymous"], whole
    assert {row["station"] for row in whole["complaints"]} == {station.division}, whole
    for secret in (matter["name"], matter["phone"], matter["text"], matter["wish"]):
        assert secret not in json.dumps(whole, ensure_ascii=False), "a list names nobody"
    page = lead.get("/complaints", limit=1).json()
    rest = lead.get("/complaints", limit=1, after=page["next"]).json()
    joined = [row["id"] for row in page["complaints"] + rest["complaints"]]  # their rungs may rise meanwhile
    assert joined == [row["id"] for row in whole["complaints"][:2]], (page, rest)
    assert clerk.get("/complaints").status_code == 403, "a clerk takes in and does not list"
    for change, field in (({"phone": None}, "phone"), ({"occurred_at_ms": at + 7_200_000}, "occurred_at_ms"),
                          ({"text": ""}, "text"), ({"fact": "rain"}, "fact"), ({"anonymous": 1}, "anonymous")):
        refused = clerk.write("POST", "/complaints", matter | change)
        assert (refused.status_code, refused.json()["field"]) == (400, field), (change, refused.text)
    nobody = {key: value for key, value in matter.items() if key not in ("name", "phone")}
    refused = clerk.write("POST", "/complaints", nobody)
    assert (refused.status_code, refused.json()["field"]) == (400, "name"), refused.text
