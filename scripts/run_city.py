#!/usr/bin/python3
"""The city for a person: starts it, prints where to look, runs until Ctrl-C."""
import signal
import sys

from demo_city import NAMES, PASSPHRASE, PIN, ROOT, City, Counter

city = City(ROOT / "build/city")
with city:
    print("正在建立城市：市级、县区和两个站各一个节点……", flush=True)
    city.make()
    for name in ("yinying", "hedi"):
        counter = Counter(city[name])
        lead = Counter(city[name], "lizhan", "李站", "lead")
        for number, label in ((1, "综合窗口"), (2, "社保窗口")):
            lead.write("POST", "/windows", {"number": number, "name": label, "groups": []}).raise_for_status()
        for number in range(1, 7):
            counter.book(number if name == "yinying" else 100 + number)
        for wish in ({"item": "SB-0101"}, {"item": "LR-0102", "priority": "elder"}, {"item": "YB-0102"}):
            counter.write("POST", "/visits", wish).raise_for_status()
    Counter(city["hub"], "liwei", "李伟", "city")
    Counter(city["jiaoqu"], "zhaolei", "赵磊", "district")
    sign_ins = {"hub": ("liwei", PASSPHRASE), "jiaoqu": ("zhaolei", PASSPHRASE),
                "yinying": ("wangmin", PIN), "hedi": ("wangmin", PIN)}
    print("\n节点            页面                      登录名    口令")
    for node in city.nodes.values():
        login, secret = sign_ins[node.name]
        print(f"{NAMES[node.name]:<8}\t{node.url}\t{login:<10}{secret}")
    print(f"两个站的站长\t{'':<20}\tlizhan    {PASSPHRASE}")
    print("""
另开一个终端：
  scripts/city cut yinying      切断荫营镇的线路（节点只能靠超时察觉）
  scripts/city mend yinying     修复线路，看 已存本机 → 县区已收 → 市级已收
  scripts/city status           四个节点一览
居民都是虚构的（证件号 140399 开头）。按 Ctrl-C 结束。""", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        pass
