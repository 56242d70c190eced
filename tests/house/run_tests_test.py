#!/usr/bin/python3
"""Checks the runner of scripts/test on a small tree of checks that pass, fail, skip, crash and lie."""
import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))
import run_tests  # noqa: E402

PASSED = '<TestResult><TestCase name="a" result="passed"/></TestResult>'
TWO = '<TestResult><TestCase name="a" result="passed"/><TestCase name="b" result="aborted"/></TestResult>'


def program(path, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/bash\n" + body)
    path.chmod(0o755)


def boost(xml, code=0, log=""):
    """A stand-in for a Boost.Test program: writes `xml` where it is told to, and ends with `code`."""
    return f"""for a in "$@"; do case $a in --report_sink=*) echo '{xml}' >"${{a#*=}}" ;; esac; done
echo '{log}'; exit {code}"""


def outcome(files, names=("",), ci=False):
    """Runs a tree of `files` (path, body); returns the exit code and the output."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, body in files.items():
            program(root / path, body)
        os.environ.pop("CI", None)
        if ci:
            os.environ["CI"] = "true"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            code = run_tests.main(list(names), root)
        return code, out.getvalue()


def expect(name, files, code, last, text="", **options):
    got_code, got = outcome(files, **options)
    good = got_code == code and got.splitlines()[-1] == last and text in got
    print(f"ok {name}" if good else f"not ok {name} exit {got_code}, output: {got!r}")


UNIT = "build/asan/bin/a_test"
expect("passes_are_counted", {UNIT: boost(PASSED), "tests/e2e/x": "echo ok 1; echo ok 2"}, 0,
       "3 passed, 0 failed, 0 skipped")
expect("an_aborted_case_fails", {UNIT: boost(TWO, 201)}, 1, "1 passed, 1 failed, 0 skipped")
expect("a_crash_names_its_case", {UNIT: "echo 'Entering test case \"c\"'; exit 139"}, 1,
       "0 passed, 1 failed, 0 skipped", "ended with 139 in c")
expect("a_leak_after_passing_cases_fails", {UNIT: boost(PASSED, 1)}, 1,
       "1 passed, 1 failed, 0 skipped")
expect("a_program_without_cases_fails_I1", {UNIT: boost("<TestResult/>")}, 1,
       "0 passed, 1 failed, 0 skipped", "it ran no test at all")
expect("a_silent_script_fails_I1", {"tests/e2e/x": "exit 0"}, 1, "0 passed, 1 failed, 0 skipped")
expect("an_empty_suite_fails_I1", {}, 1, "0 passed, 8 failed, 0 skipped",
       "unit: the suite has no test", names=())
expect("a_name_that_matches_nothing_fails_I1", {UNIT: boost(PASSED)}, 1,
       "0 passed, 1 failed, 0 skipped", names=("zzz",))
expect("a_script_that_dies_fails", {"tests/e2e/x": "echo ok 1; exit 3"}, 1,
       "1 passed, 1 failed, 0 skipped", "ended with 3")
expect("a_not_ok_is_one_failure", {"tests/e2e/x": "echo not ok 1 because; exit 1"}, 1,
       "0 passed, 1 failed, 0 skipped", "not ok 1: because")
expect("a_skip_shows_its_reason_I3", {"tests/e2e/x": "echo skip 1 no luck"}, 0,
       "0 passed, 0 failed, 1 skipped", "skip 1: no luck")
expect("a_boost_skip_shows_its_reason_I3",
       {UNIT: boost(PASSED, 0, 'Test case "s/d" is skipped because precondition failed: no luck')}, 0,
       "1 passed, 0 failed, 1 skipped", "skip s/d: no luck")
expect("in_ci_a_skip_fails_I2", {"tests/e2e/x": "echo ok 1; echo skip 2 no luck"}, 1,
       "1 passed, 1 failed, 0 skipped", "skipped in CI", ci=True)
expect("in_ci_a_namespace_skip_stays_I2", {"tests/e2e/x": "echo skip 2 no network namespaces"}, 0,
       "0 passed, 0 failed, 1 skipped", ci=True)
expect("the_log_tail_of_a_failure_is_shown_I3", {"tests/e2e/x": "echo the cause; exit 1"}, 1,
       "0 passed, 1 failed, 0 skipped", "| the cause")
expect("modules_beside_checks_are_not_run",
       {"tests/e2e/x": "echo ok 1", "tests/prove/lib.py": "exit 1"}, 0, "1 passed, 0 failed, 0 skipped")


def reported(files, code=0):
    """What is made of vitest's report (file name: cases, message) on the spec files a and b."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "spec.json"
        results = [{"name": f"/{name}", "assertionResults": cases, "message": message}
                   for name, (cases, message) in files.items()]
        report.write_text(json.dumps({"testResults": results}))
        return run_tests.read_vitest(report, {"spec/a": Path("/a"), "spec/b": Path("/b")})(code, "")


def expect_spec(name, found, passed, failed):
    good = (found.passed, found.failed) == (passed, failed)
    print(f"ok {name}" if good else f"not ok {name} {found}")


GOOD = {"fullName": "it works", "status": "passed"}
BAD = {"fullName": "it breaks", "status": "failed", "failureMessages": ["expected 1\n at"]}
expect_spec("a_spec_names_its_file_and_case", reported({"a": ([GOOD], ""), "b": ([BAD], "")}, 1),
            ["spec/a:_it_works"], [("spec/b:_it_breaks", "expected 1")])
expect_spec("a_spec_file_that_does_not_load_fails", reported({"a": ([GOOD], ""), "b": ([], "no such module\n at")}, 1),
            ["spec/a:_it_works"], [("spec/b", "no such module")])
expect_spec("a_spec_file_without_a_case_fails_I1", reported({"a": ([GOOD], "")}), ["spec/a:_it_works"],
            [("spec/b", "it ran no case")])
expect_spec("vitest_that_fails_outside_its_cases_fails", reported({"a": ([GOOD], ""), "b": ([GOOD], "")}, 1),
            ["spec/a:_it_works", "spec/b:_it_works"], [("exit", "vitest ended with 1 after its cases passed")])
