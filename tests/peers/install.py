"""The peers from npm, exactly as the lock file has them; nothing of them is run while they are installed."""
import hashlib
import os
import shutil
import subprocess
import sys

from peer_town import HERE, installed

STAMP = HERE / "node_modules/.installed"
LIMIT_S = 600


def locked():
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def present():
    """Whether what the lock file names is there; for runs that may not use a network."""
    return installed() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == locked()


def install():
    if present():
        return
    for program in ("node", "npm"):
        if not shutil.which(program):
            refuse(f"there is no {program} here; the peers need Node.js and npm")
    print("# installing the peers from npm", file=sys.stderr, flush=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1",
               "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"]
    try:
        done = subprocess.run(command, cwd=HERE, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=LIMIT_S, env=dict(os.environ), check=False)
    except subprocess.TimeoutExpired:
        refuse(f"npm did not end within {LIMIT_S} s")
    if done.returncode != 0 or not installed():
        said = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        refuse("npm could not install the peers (is its registry reachable?)\n" + "\n".join(said[:6] or [done.stderr[-400:]]))
    STAMP.write_text(locked(), encoding="utf-8")


def refuse(why):
    sys.exit(f"tests/peers/run: {why}\nOurs alone: tests/peers/run --only yizhan")
