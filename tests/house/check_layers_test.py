#!/usr/bin/python3
"""Plants one violation of each wall in a tree of its own; scripts/check_layers.py must name it."""
import subprocess
import tempfile
from pathlib import Path

CHECK = Path(__file__).resolve().parent.parent.parent / "scripts/check_layers.py"


def run(path, text):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
        done = subprocess.run([CHECK, "--root", folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def verdict(name, good, output):
    print(f"ok {name}" if good else f"not ok {name} said: {output!r}")


def refused(name, path, text, words, line=1):
    code, output = run(path, text)
    verdict(name, code == 1 and output.startswith(f"{path}:{line}: ") and words in output, output)


def allowed(name, path, text):
    code, output = run(path, text)
    verdict(name, code == 0 and not output, output)


refused("base_stays_at_the_bottom", "crdt/base/a.h", '#include "crdt/dot.h"', "above it")
refused("crdt_does_not_include_sync", "crdt/a.h", '#include "sync/b.h"', "above it")
refused("sync_does_not_include_node", "sync/a.cpp", '#include "node/app/b.h"', "above it")
refused("policy_does_not_include_app", "node/policy/a.h", '#include "node/app/b.h"', "above it")
refused("app_does_not_include_store", "node/app/a.cpp", '#include "node/store/b.h"', "above it")
refused("nothing_includes_tests", "node/cli/a.cpp", '#include "tests/sim/b.h"', "above it")
refused("includes_start_at_the_root", "sync/a.cpp", '#include "b.h"', "from the repository root")
allowed("what_npm_installed_is_left_alone", "tests/peers/node_modules/a/b.h", '#include "b.h"')
allowed("tests_include_everything", "tests/node/a.cpp", '#include "node/cli/b.h"')
allowed("the_command_line_includes_the_rest", "node/cli/a.cpp", '#include "node/http/b.h"')

BANNED = {
    "system_clock": "auto t = std::chrono::system_clock::now();",
    "steady_clock": "auto t = std::chrono::steady_clock::now();",
    "random_device": "std::random_device r;",
    "randombytes": "randombytes_buf(p, n);",
    "uniform_int_distribution": "std::uniform_int_distribution<int> d(0, 9);",
    "getenv": 'auto h = std::getenv("HOME");',
    "thread": "std::thread t(run);",
    "unordered_map": "std::unordered_map<int, int> m;",
    "spdlog": 'spdlog::info("x");',
    "fstream": "#include <fstream>",
    "zmq": "#include <zmq.hpp>",
    "sqlite": "#include <sqlite3.h>",
}
for word, line in BANNED.items():
    for core in ("crdt", "sync", "node/app", "node/policy"):
        refused(f"{core}_has_no_{word}", f"{core}/a.cpp", "\n" + line, word, line=2)

for core in ("crdt", "sync"):
    refused(f"{core}_has_no_float", f"{core}/a.cpp", "float x = 1;", "integers")
    refused(f"{core}_has_no_double", f"{core}/a.h", "double x();", "integers")
refused("zmq_only_in_net", "node/http/a.cpp", "#include <zmq.hpp>", "node/net")
refused("sqlite_only_in_store", "node/cli/a.cpp", "#include <SQLiteCpp/Database.h>", "node/store")
refused("msgpack_only_in_the_codec", "sync/a.cpp", "#include <msgpack.hpp>", "crdt/codec")
HEAVY = ("boost/beast/http.hpp", "boost/asio.hpp", "nlohmann/json.hpp", "CLI/CLI.hpp",
         "toml++/toml.h")
for header in HEAVY:
    refused(f"no_{header}_in_a_header", "node/http/a.h", f"#include <{header}>", "behind a plain")
    allowed(f"{header}_in_a_source", "node/http/a.cpp", f"#include <{header}>")
refused("no_zmq_in_a_header_of_net", "node/net/a.h", "#include <zmq.hpp>", "behind a plain")
refused("no_SQLiteCpp_in_a_header_of_store", "node/store/a.h", "#include <SQLiteCpp/Database.h>",
        "behind a plain")
refused("a_space_does_not_hide_an_include", "node/net/a.h", "#  include  <zmq.hpp>", "behind")

allowed("comments_may_say_it", "sync/a.h", "// no double, no system_clock\n/* getenv\nfloat */")
allowed("literals_may_say_it", "sync/a.cpp", 'auto s = "double \\" float"; char c = \'"\';')
allowed("digit_separators_are_no_literals", "crdt/a.cpp", "int a = 1'000; int b = 2'000;")
refused("code_after_a_digit_separator_is_seen", "crdt/a.cpp", "int a = 1'000; double b = 2'0;",
        "integers")
refused("the_line_after_a_block_comment_counts", "crdt/a.cpp", "/* a\n b */\nfloat x;", "integers",
        line=3)
allowed("adapters_read_clocks", "node/runtime/a.cpp", "auto t = std::chrono::steady_clock::now();")
allowed("json_fwd_is_light", "node/http/a.h", "#include <nlohmann/json_fwd.hpp>")
