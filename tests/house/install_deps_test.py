#!/usr/bin/python3
"""A second scripts/install-deps finds everything there: it calls no installer and no network, and says nothing."""
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALLERS = ("apt", "apt-get", "npm", "sudo", "curl", "wget")


def main():
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "calls"
        for name in INSTALLERS:  # they stand before the true ones, tell of it, and fail
            program = Path(folder) / name
            program.write_text(f'#!/bin/bash\necho "{name} $*" >>{calls}\nexit 1\n')
            program.chmod(0o755)
        done = subprocess.run([ROOT / "scripts/install-deps"], capture_output=True, text=True, check=False,
                              env=dict(os.environ) | {"PATH": f"{folder}:{os.environ['PATH']}"})
        called = calls.read_text() if calls.exists() else ""
        good = done.returncode == 0 and not called and not done.stdout + done.stderr
        name = "a_second_installation_does_nothing"
        print(f"ok {name}" if good else f"not ok {name} exit {done.returncode}, called {called!r}: {done.stderr!r}")


main()
