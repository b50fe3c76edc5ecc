#!/usr/bin/env python3
"""The reference pages, made from the code: docs/reference/{settings,permissions,events}.md.

python tools/docs.py [--check]      with --check: exit 1 when a page is not what the code says
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
NOTE = "Made by `make docs` from `{source}`; do not edit by hand.\n"
sys.path.insert(0, str(ROOT / "src"))


def table(head: list[str], rows: list[list[str]]) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return "\n".join([line(head), line(["---"] * len(head)), *map(line, rows)]) + "\n"


def settings() -> str:
    """Every variable that env.py has been asked for, with its reason."""
    from django.conf import settings as django_settings

    from kutomo.config import env

    _ = django_settings.DATABASES  # loads the settings, which ask for each variable
    rows = [[f"`{name}`", about] for name, about in sorted(env.VARIABLES.items())]
    rows.append(["`PORT`", "The port that `kutomo serve` and `kutomo demo` listen on; 8000 if unset."])
    return (
        "# Settings\n\n"
        + NOTE.format(source="src/kutomo/config/settings.py")
        + "\nAn installation is set by environment variables; without any it runs as it is, on SQLite.\n\n"
        + table(["Variable", "What for"], rows)
    )


def permissions() -> str:
    """The table of roles and capabilities, with the words that stand beside each capability."""
    from kutomo.core.access.rules import POWERS, ROLES, Can

    source = (ROOT / "src/kutomo/core/access/rules.py").read_text(encoding="utf-8")
    about = dict(re.findall(r'^    (\w+) = "\w+"  # (.+)$', source, re.M))
    rows = [
        [about.get(can.name, can.value) + (" ⁂" if can in POWERS else "")]
        + ["yes" if can in allowed else "" for allowed in ROLES.values()]
        for can in Can
    ]
    return (
        "# Who may do what\n\n"
        + NOTE.format(source="src/kutomo/core/access/rules.py")
        + "\nThe product shows the same table to every member of a network. ⁂ marks a use of power: it asks for a\n"
        + "reason, and every member sees deed and reason.\n\n"
        + table(["Deed", *(role.value.replace("_", "-") for role in ROLES)], rows)
    )


def events() -> str:
    """Every kind of event that any room declares."""
    from importlib import import_module

    from django.utils import translation

    from kutomo.core.activity import kinds

    house = ROOT / "src" / "kutomo"
    for path in sorted([*house.glob("*/*/events.py"), *house.glob("*/*/events/*.py")]):
        import_module(".".join(path.relative_to(house.parent).with_suffix("").parts))
    with translation.override("en"):
        rows = [
            [
                f"`{kind.name}`",
                str(kind.sentence),
                kind.audience.value,
                kind.loudness.value,
                "yes" if kind.power else "",
            ]
            for kind in sorted(kinds.kinds(), key=lambda kind: kind.name)
        ]
    return (
        "# Events\n\n"
        + NOTE.format(source="events.py of every room")
        + "\nEvery deed that changes something writes one of these lines. *Audience*: who may read it. *Loudness*:\n"
        + "whether it reaches people at once, in the weekly letter, or only stands in the log. *Power*: a use of a\n"
        + "leader's power, with a public reason.\n\n"
        + table(["Kind", "Sentence", "Audience", "Loudness", "Power"], rows)
    )


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kutomo.config.settings"  # not the tests', when a test calls
    os.environ.setdefault("KUTOMO_DATA", str(ROOT / ".tools" / "check-data"))
    import django

    django.setup()
    stale = []
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, make in {"settings": settings, "permissions": permissions, "events": events}.items():
        path, text = PAGES / f"{name}.md", make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT))
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path}: {'not current; run `make docs`' if '--check' in sys.argv else 'written'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
