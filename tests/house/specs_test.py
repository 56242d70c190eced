#!/usr/bin/python3
"""Every store, composable and page of station-ui has its spec.

Rules  S1  a file of stores/, composables/ or voice/, a use*.ts, a *Page.vue and a *App.vue with more than
           one page has NAME.spec.ts beside it.
       S2  any other component is drawn by a spec of its folder or of the one above: a spec that imports it.
The rules are tried on planted trees first: a check that cannot fail shows nothing.
"""
import re
import tempfile
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent.parent / "station-ui/src"
WITH_SPEC = re.compile(r"(stores|composables|voice)/[^/]+\.ts|.*/use[A-Z]\w*\.ts|.*Page\.vue|surfaces/(counter|hub)/\w+App\.vue")


def name_of(path):
    return path.name.split(".")[0]


def drawn_in(folder):
    """The components that the specs of one folder import, each to be drawn."""
    texts = [spec.read_text(encoding="utf-8") for spec in folder.glob("*.spec.ts")]
    return {found for text in texts for found in re.findall(r"^import .* from '.*?(\w+)\.vue'", text, re.M)}


def without_spec(src):
    missing = []
    for path in sorted([*src.rglob("*.ts"), *src.rglob("*.vue")]):
        known = path.relative_to(src).as_posix()
        if path.name.endswith((".spec.ts", ".d.ts")):
            continue
        own = path.with_name(f"{name_of(path)}.spec.ts").exists()
        if WITH_SPEC.fullmatch(known):
            if not own:
                missing.append(f"{known} has no {name_of(path)}.spec.ts beside it (S1)")
        elif path.suffix == ".vue" and name_of(path) not in drawn_in(path.parent) | drawn_in(path.parent.parent):
            missing.append(f"{known} is drawn by no spec of its folder (S2)")
    return missing


def planted(*files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return without_spec(Path(folder))


def verdict(name, good, output):
    print(f"ok {name}" if good else f"not ok {name} {output}")


for number, name in enumerate(["stores/a.ts", "composables/useA.ts", "voice/a.ts", "features/a/useA.ts", "features/a/APage.vue",
                               "surfaces/hub/HubApp.vue"]):
    found = planted((name, ""))
    verdict(f"planted_{number}_{name.split('/')[-1]}_is_named_S1", len(found) == 1 and found[0].startswith(name), found)
    spec = re.sub(r"\.\w+$", ".spec.ts", name)
    verdict(f"planted_{number}_with_a_spec_is_not_S1", planted((name, ""), (spec, "")) == [], name)
PART = ("features/a/Part.vue", "")
verdict("a_part_that_no_spec_draws_is_named_S2", len(planted(PART, ("features/a/b.spec.ts", "// Part.vue"))) == 1, PART)
DRAWN = ("features/a/b.spec.ts", "import Part from './Part.vue';")
verdict("a_part_that_a_spec_draws_is_not_S2", planted(PART, DRAWN) == [], PART)
verdict("a_spec_of_elsewhere_draws_nothing_S2", len(planted(PART, ("features/b/b.spec.ts", DRAWN[1]))) == 1, PART)

missing = without_spec(SRC)
for each in missing:
    print(f"not ok specs {each}")
if not missing:
    print("ok every_store_composable_and_component_has_its_spec")
