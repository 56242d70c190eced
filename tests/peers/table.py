"""The printed table: a row for what happens in the field, a column for each system, notes below."""
import re

from systems import NAMES

TIES = "ties won by the one who was ahead"
UNTOLD = {"away", "kill", "relay"}  # where all is well there is nothing that a person should know


def cell(result):
    """lost / wrong, and whether anyone was told."""
    hidden = f" ({result['hidden']} in history only)" if result["hidden"] else ""
    ties = result["facts"].get(TIES)
    return f"{result['lost']}{hidden} / {result['wrong']} / {heard(result)}" + (f"; ties {ties}" if ties else "")


def heard(result):
    """In a word or two; the notes have what was said. A dash: there was nothing to tell."""
    kinds = []
    if re.search(r"[1-9]\d* of", result["facts"].get("other side offered", "")):
        kinds.append("both offered")
    said = [text.split(": ", 1)[1] for text in result["told"]]
    if any(text.startswith("error") for text in said):
        kinds.append("error")
    if any(text.startswith("note") for text in said):
        kinds.append("console note")
    kinds += [text for text in dict.fromkeys(said) if not text.startswith(("error", "note"))][:2]
    quiet = result["row"] in UNTOLD and not (result["lost"] or result["wrong"] or result["hidden"])
    return ", ".join(kinds) or ("–" if quiet else "no")


def markdown(report):
    systems = [system for system in NAMES if any(result["system"] == system for result in report["results"])]
    heads = [f"{NAMES[system]} {next(iter(report['versions'][system].values()))}" for system in systems]
    lines = ["| row | " + " | ".join(heads) + " |", "|---" * (len(systems) + 1) + "|"]
    for name, title in report["rows"].items():
        found = {result["system"]: result for result in report["results"] if result["row"] == name}
        lines.append(f"| {name}: {title} | " + " | ".join(cell(found[s]) if s in found else "" for s in systems) + " |")
    return "\n".join([*lines, "", "lost / wrong / told", "", *notes(report)])


def notes(report):
    for result in report["results"]:
        facts = [f"{name}: {value}" for name, value in result["facts"].items()]
        said = [f"says {text}" for text in result["told"][:2]]
        yield "- " + "; ".join([f"{result['row']}, {NAMES[result['system']]}: {result['changes']} changes",
                                *facts, *said, f"{result['seconds']:.0f} s"])
