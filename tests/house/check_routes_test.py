#!/usr/bin/python3
"""Plants one difference between routes and contract; node/http/check_routes.py, a step of the build, must name it."""
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROUTES = (ROOT / "node/http/routes.def").read_text(encoding="utf-8")
OPENAPI = (ROOT / "docs/openapi.yaml").read_text(encoding="utf-8")


def run(routes, openapi):
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "routes.def", Path(folder) / "openapi.yaml"]
        for file, text in zip(files, (routes, openapi)):
            file.write_text(text, encoding="utf-8")
        done = subprocess.run(["/usr/bin/python3", ROOT / "node/http/check_routes.py", *files],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def verdict(name, wanted, words, routes=ROUTES, openapi=OPENAPI):
    code, output = run(routes, openapi)
    good = code == wanted and words in output
    print(f"ok {name}" if good else f"not ok {name} exit {code}: {output!r}")


first = re.search(r'^ROUTE\("GET".*\n', ROUTES, re.MULTILINE).group()
method, path = re.findall(r'"([^"]+)"', first)[:2]
verdict("as_they_are_they_agree", 0, "")
verdict("a_route_that_is_not_described_fails", 1, f"{path}x (", ROUTES + first.replace(f'"{path}"', f'"{path}x"'))
verdict("a_route_that_is_not_served_fails", 1, f"{method} {path} (", ROUTES.replace(first, ""))
verdict("another_name_of_a_query_fails", 1, "colour", ROUTES.replace(' "")', ' "colour")', 1))
verdict("no_routes_at_all_fail", 1, "", "", "paths: {}\n")
