#!/usr/bin/python3
"""The city for a person: starts it, gives both stations a day, prints where to look, runs until Ctrl-C."""
import fcntl
import signal
import sys
import unicodedata

from demo_city import NAMES, PASSPHRASE, PIN, ROOT, City, Counter
from demo_day import fill_day, pairing_codes

FOLDER = ROOT / "build/city"
PAGES = [  # node, path, what it is, who signs in (a screen of the hall: its kind), with what
    ("yinying", "/s", "窗口工作台", "王敏", PIN),
    ("yinying", "/s/station", "本站管理", "李站", PASSPHRASE),
    ("yinying", "/display", "大厅显示屏", "配对码", "display"),
    ("yinying", "/eval/2", "2号窗口评价平板", "配对码", "eval"),
    ("yinying", "/ticket", "取号机", "配对码", "ticket"),
    ("hedi", "/s", "窗口工作台", "王敏", PIN),
    ("jiaoqu", "/h", "县区总览", "赵磊", PASSPHRASE),
    ("hub", "/h", "市级总览", "liwei", PASSPHRASE),
]
HINTS = """
另开一个终端：
  scripts/city cut yinying      切断荫营镇的线路（节点只能靠超时察觉）
  scripts/city mend yinying     修复线路，看 已存本机 → 县区已收 → 市级已收
  scripts/city status           四个节点一览
  scripts/city codes            新的配对码（每个只用一次，15 分钟内有效）
一步一步看：docs/tour.md。居民都是虚构的（证件号 140399 开头）。按 Ctrl-C 结束。"""


def column(text, width):
    """`text` and blanks up to `width`; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return text + " " * max(1, width - taken)


def show(city):
    codes = pairing_codes(city["yinying"])
    print("\n" + column("节点", 10) + column("页面", 18) + column("地址", 36) + column("谁", 10) + "口令")
    for node, path, what, who, secret in PAGES:
        print(column(NAMES[node], 10) + column(what, 18) + column(city[node].url + path, 36) + column(who, 10)
              + codes.get(secret, secret))
    print(HINTS, flush=True)


def only_one():
    """The city is made anew each time, so not under the feet of one that runs."""
    FOLDER.parent.mkdir(exist_ok=True)
    lock = open(FOLDER.parent / "city.lock", "w")  # held until this process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("run: a city runs here already; end it with Ctrl-C in its terminal first")
    return lock


def main():
    lock = only_one()
    with City(FOLDER) as city:
        print("正在建立城市：市级、县区和两个站各一个节点……", flush=True)
        city.make()
        print("正在登记一天的业务：预约、取号、叫号、办结……", flush=True)
        fill_day(city["yinying"])
        fill_day(city["hedi"], first=500)
        Counter(city["hub"], "liwei", "李伟", "city")
        Counter(city["jiaoqu"], "zhaolei", "赵磊", "district")
        show(city)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            pass
    lock.close()


if __name__ == "__main__":
    main()
