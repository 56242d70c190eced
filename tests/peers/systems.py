"""The systems of the table: how a town of each is made, and what it is called there."""
import subprocess

from demo_city import ROOT
from our_town import OurTown
from peer_town import PACKAGES, PeerTown, version_of

OURS = "yizhan"
NAMES = {OURS: "ours", "yjs": "Yjs", "loro": "Loro", "automerge": "Automerge", "pouchdb": "PouchDB"}


def town_of(system, folder, keep_id):
    return (OurTown if system == OURS else PeerTown)(system, folder, keep_id)


def versions(system):
    """Every package of it and its version."""
    if system == OURS:
        binary = ROOT / "build/release/bin/yizhan"
        said = subprocess.run([binary, "version"], capture_output=True, text=True, check=True)
        return {OURS: said.stdout.split()[1]}
    return {package: version_of(package) for package in PACKAGES[system]}
