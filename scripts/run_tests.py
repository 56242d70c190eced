#!/usr/bin/python3
"""Runs what scripts/test has built, and counts it.

What        Eight suites: unit (build/asan/bin/*_test), threads (build/tsan/bin/*_test), spec
            (station-ui's *.spec.ts), house (tests/house), e2e (tests/e2e), browser (tests/browser),
            prove and measured (tests/prove through `scripts/prove --short`).
Protocol    A script check prints `ok NAME`, `not ok NAME why` or `skip NAME reason`, each at the
            start of a line; a non-zero exit without a `not ok` is one failure more. A check is a
            file that begins with `#!`; other files in the folder are its modules.
Invariants  I1  a check, and a suite, that ran nothing has failed.
            I2  in CI a skip has failed, unless its reason names namespaces.
            I3  every failure's log tail, and every skip's reason, is printed.
Output      ends with `N passed, N failed, N skipped`; exit 1 when anything failed.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

CHECK_TIMEOUT_S = 1200
TAIL_LINES = 60
MEASURED = {"prove/footprint", "prove/speed"}  # times and sizes, not only right or wrong
SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


@dataclass
class Outcome:
    """What one check reported; `failed` and `skipped` hold (name, why)."""

    passed: list = field(default_factory=list)
    failed: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def count(self):
        return len(self.passed) + len(self.failed) + len(self.skipped)


@dataclass
class Check:
    name: str  # suite/file
    command: list
    read: object  # (exit code, log text) -> Outcome
    env: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)  # names it may be asked for by, beside its own

    def asked_for(self, names):
        return any(name in known for name in names for known in [self.name, *self.parts])


def read_lines(code, text):
    """The outcome of a script check."""
    found = Outcome()
    for line in text.splitlines():
        match = re.match(r"(ok|not ok|skip) +(\S+) *(.*)", line)
        if not match:
            continue
        verdict, name, why = match.groups()
        if verdict == "ok":
            found.passed.append(name)
        else:
            (found.failed if verdict == "not ok" else found.skipped).append((name, why))
    if code != 0 and not found.failed:
        found.failed.append(("exit", f"ended with {code} after no `not ok` line"))
    return found


def read_boost(report):
    """The outcome of a Boost.Test program that wrote its XML report to the file `report`."""

    def read(code, text):
        found = Outcome()
        for name, why in re.findall(r'Test (?:case|suite) "(.+)" is skipped because (.+)', text):
            found.skipped.append((name, why.removeprefix("precondition failed: ")))
        try:
            cases = list(ElementTree.parse(report).iter("TestCase"))
        except (OSError, ElementTree.ParseError):
            entered = re.findall(r'Entering test case "(.+)"', text)
            where = f"in {entered[-1]}" if entered else "before the first case"
            found.failed.append(("crash", f"ended with {code} {where}"))
            return found
        for case in cases:
            name, result = case.get("name"), case.get("result")
            if result.startswith("passed"):
                found.passed.append(name)
            elif result != "skipped":
                found.failed.append((name, result))
        if code != 0 and not found.failed:
            found.failed.append(("exit", f"ended with {code} after its cases passed"))
        return found

    return read


def thread_sanitizer(root):
    return {"TSAN_OPTIONS": f"suppressions={root}/tests/tsan.supp"}


def unit_checks(root, logs, suite="unit", folder="build/asan/bin", env=SANITIZERS):
    for program in sorted((root / folder).glob("*_test")):
        report = logs / f"{suite}.{program.name}.xml"
        report.unlink(missing_ok=True)
        command = [program, "--catch_system_errors=no", "--color_output=no"]
        command += ["--log_level=test_suite", "--report_level=detailed"]
        command += ["--report_format=XML", f"--report_sink={report}"]
        yield Check(f"{suite}/{program.name}", command, read_boost(report), env)


def read_vitest(report, specs):
    """The outcome of the files `specs`, case by case, from vitest's JSON report in the file `report`."""

    def read(code, text):
        found = Outcome()
        try:
            files = {file["name"]: file for file in json.loads(report.read_text(encoding="utf-8"))["testResults"]}
        except (OSError, ValueError, KeyError):
            found.failed.append(("crash", f"vitest ended with {code} and left no report"))
            return found
        for name, spec in specs.items():
            read_spec(name, files.get(str(spec), {"assertionResults": [], "message": ""}), found)
        if code != 0 and not found.failed:
            found.failed.append(("exit", f"vitest ended with {code} after its cases passed"))
        return found

    return read


def read_spec(name, file, found):
    """Adds to `found` what one spec file reported; a file without a case has failed."""
    for case in file["assertionResults"]:
        known = f"{name}: {case['fullName']}".replace(" ", "_")
        if case["status"] == "passed":
            found.passed.append(known)
        elif case["status"] == "failed":
            found.failed.append((known, case["failureMessages"][0].splitlines()[0]))
        else:
            found.skipped.append((known, case["status"]))
    if not file["assertionResults"]:
        found.failed.append((name, (file["message"] or "it ran no case").splitlines()[0]))


def spec_checks(root, logs, names):
    """The spec files of station-ui that are asked for, in one vitest."""
    ui = root / "station-ui"
    specs = {}
    for spec in sorted((ui / "src").rglob("*.spec.ts")):
        name = "spec/" + spec.relative_to(ui / "src").as_posix().removesuffix(".spec.ts")
        if not names or any(asked in name for asked in names):
            specs[name] = spec
    if not specs:
        return
    report = logs / "spec.json"
    report.unlink(missing_ok=True)
    command = ["npx", "--no-install", "--prefix", ui, "vitest", "run", "--root", ui]
    command += ["--reporter=default", "--reporter=json", f"--outputFile.json={report}", *specs.values()]
    yield Check("spec/station-ui", command, read_vitest(report, specs), parts=list(specs))


def script_checks(root, suite):
    for path in sorted((root / "tests" / suite).glob("*")):
        if path.is_file() and path.read_bytes()[:2] == b"#!":
            yield Check(f"{suite}/{path.name}", [path], read_lines)


def prove_checks(root):
    for path in sorted((root / "tests/prove").glob("*")):
        if path.is_file() and "." not in path.name:
            command = [root / "scripts/prove", "--short", path.name]
            yield Check(f"prove/{path.name}", command, read_lines)


def finish(process):
    """Waits for a check, and ends whatever it leaves behind in its session."""
    try:
        return process.wait(CHECK_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return f"a time-out of {CHECK_TIMEOUT_S} s"
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def run(check, root, logs):
    """Runs one check to its log; a crash, a time-out or a file that will not start is an outcome."""
    log = logs / (check.name.replace("/", ".") + ".log")
    begun = time.monotonic()
    with open(log, "wb") as out:
        try:
            code = finish(subprocess.Popen(
                check.command, cwd=root, env={**os.environ, **check.env}, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            ))
        except OSError as error:
            code = error
    found = check.read(code, log.read_text(errors="replace"))
    if found.count() == 0:
        found.failed.append(("empty", "it ran no test at all"))
    return found, log, time.monotonic() - begun


def forbid_skips(found):
    """In CI only what needs network or user namespaces may be skipped."""
    kept = [skip for skip in found.skipped if "namespace" in skip[1]]
    for name, why in found.skipped:
        if (name, why) not in kept:
            found.failed.append((name, f"skipped in CI: {why}"))
    found.skipped = kept


def show(check, found, log, seconds):
    verdict = "FAILED" if found.failed else "passed"
    numbers = f"{len(found.passed)} passed, {len(found.failed)} failed, {len(found.skipped)} skipped"
    print(f"{verdict}  {check.name}: {numbers} ({seconds:.1f} s)")
    for name, why in found.skipped:
        print(f"  skip {name}: {why or 'no reason given'}")
    for name, why in found.failed:
        print(f"  not ok {name}: {why}")
    if found.failed:
        print(f"  the last lines of {log}:")
        for line in log.read_text(errors="replace").splitlines()[-TAIL_LINES:]:
            print(f"  | {line}")
    sys.stdout.flush()


def run_suite(suite, checks, workers, root, logs, total):
    if not checks:
        print(f"FAILED  {suite}: the suite has no test", flush=True)
        total.failed.append((suite, "the suite has no test"))
    with ThreadPoolExecutor(workers) as pool:
        jobs = [(check, pool.submit(run, check, root, logs)) for check in checks]
        for check, job in jobs:
            found, log, seconds = job.result()
            if os.environ.get("CI"):
                forbid_skips(found)
            show(check, found, log, seconds)
            total.passed += found.passed
            total.failed += found.failed
            total.skipped += found.skipped


def main(names, root):
    logs = root / "build/test-logs"
    logs.mkdir(parents=True, exist_ok=True)
    proofs = list(prove_checks(root))
    # Cities wait more than they work, so some run side by side; what is measured runs alone.
    suites = [
        ("unit", list(unit_checks(root, logs)), os.cpu_count()),
        ("threads", list(unit_checks(root, logs, "threads", "build/tsan/bin", thread_sanitizer(root))), 1),
        ("spec", list(spec_checks(root, logs, names)), 1),
        ("house", list(script_checks(root, "house")), 1),
        ("e2e", list(script_checks(root, "e2e")), 2),
        ("browser", list(script_checks(root, "browser")), 3),
        ("prove", [check for check in proofs if check.name not in MEASURED], 2),
        ("measured", [check for check in proofs if check.name in MEASURED], 1),
    ]
    total = Outcome()
    for suite, checks, workers in suites:
        if names:
            checks = [check for check in checks if check.asked_for(names)]
            if not checks:
                continue
        run_suite(suite, checks, workers, root, logs, total)
    if total.count() == 0:
        total.failed.append(("nothing", f"no check is named like {' '.join(names)}"))
        print(f"FAILED  {total.failed[0][1]}")
    print(f"{len(total.passed)} passed, {len(total.failed)} failed, {len(total.skipped)} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent.parent))
