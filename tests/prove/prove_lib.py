"""What the points of scripts/prove share: where programs are, and how a claim is checked."""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = ROOT / "build/release/bin"
SHORT = "--short" in sys.argv[1:]


def claim(true, text):
    """Ends the point at the first claim that does not hold."""
    if not true:
        sys.exit(f"does not hold: {text}")
    print(f"holds: {text}", flush=True)


def start(name, *arguments):
    program = BIN / name
    claim(program.exists(), f"{name} is built (scripts/build)")
    return subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)


def last_json(process):
    """The JSON object that ends the output of `process`, and its exit code."""
    text, _ = process.communicate()
    at = len(text)
    while (at := text.rfind("{", 0, at)) >= 0:
        if at and text[at - 1] != "\n":
            continue
        try:
            return json.loads(text[at:]), process.returncode
        except json.JSONDecodeError:
            continue
    sys.exit(f"no JSON object ends the output of {process.args}: {text[-400:]!r}")
