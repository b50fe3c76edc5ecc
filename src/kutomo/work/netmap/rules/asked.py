"""One filter for all views, held in the address: what is asked, and how it is written down again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

RELATIONS = ("", "knows", "works")
EVIDENCE = ("", "both", "one")
LAYOUTS = ("force", "rings")
COLOURS = ("sector", "region")
QUESTIONS = ("new", "name", "works", "without", "introduce")
WHOLE = "all"

# What one click on a question asks for besides marking its answer.
PRESETS: dict[str, dict[str, str]] = {
    "new": {"around": WHOLE},
    "name": {"relation": "knows"},
    "works": {"around": WHOLE, "relation": "works", "evidence": "both"},
    "without": {"around": WHOLE, "relation": "works", "evidence": "both"},
    "introduce": {"evidence": "both"},
}


@dataclass(frozen=True)
class Asked:
    """Everything that an address can ask. Empty means: not asked.

    ``wave``: the number of a wave, 0 the newest; ``around``: a seat, WHOLE, or "" for one's own; ``step``: 1 to 3
    steps from there; ``start`` and ``end``: a path between two seats; ``pick``: the seat whose card is open;
    ``large``: workshop letters; ``nameless``: names hidden; ``sort``, ``find`` and ``page`` are the list's,
    ``rows`` and ``columns`` the matrix's.
    """

    wave: int = 0
    relation: str = ""
    around: str = ""
    step: int = 1
    sector: str = ""
    region: str = ""
    evidence: str = ""
    question: str = ""
    layout: str = "force"
    colour: str = "sector"
    start: int = 0
    end: int = 0
    pick: int = 0
    large: bool = False
    nameless: bool = False
    sort: str = ""
    find: str = ""
    page: int = 1
    rows: int = 1
    columns: int = 1

    @property
    def around_seat(self) -> int:
        """The seat in the middle, 0 when none is named."""
        return _number(self.around) or 0

    def but(self, **changes: object) -> Asked:
        """The same with some of it changed. Another filter begins on the first page."""
        if not {"page", "sort", "pick", "rows", "columns"} & set(changes):
            changes = {"page": 1, "rows": 1, "columns": 1} | changes
        return replace(self, **changes)  # type: ignore[arg-type]

    def query(self) -> str:
        """As the address says it: only what differs from what the question asks by itself."""
        usual = _preset(self.question)
        said = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != getattr(usual, field.name) or (field.name == "question" and value):
                said[field.name] = str(int(value)) if isinstance(value, bool) else str(value)
        return urlencode(said)


def _preset(question: str) -> Asked:
    return Asked(question=question, **PRESETS.get(question, {}))  # type: ignore[arg-type]


def parse(given: Mapping[str, str]) -> Asked:
    """What the address ``given`` asks. Words that mean nothing are as if they were not there."""
    question = given.get("question", "")
    found = _preset(question if question in QUESTIONS else "")
    changes: dict[str, object] = {}
    for name, allowed in (
        ("relation", RELATIONS),
        ("evidence", EVIDENCE),
        ("layout", LAYOUTS),
        ("colour", COLOURS),
        ("sort", ("", "name", "sector", "region")),
    ):
        if name in given and given[name] in allowed:
            changes[name] = given[name]
    for name, most in (
        ("wave", 999),
        ("step", 3),
        ("start", 2**62),
        ("end", 2**62),
        ("pick", 2**62),
        ("page", 9999),
        ("rows", 9999),
        ("columns", 9999),
    ):
        if name in given and (number := _number(given[name])) is not None:
            least = 0 if name in ("wave", "start", "end", "pick") else 1
            changes[name] = max(least, min(number, most))
    if "around" in given:
        seat = _number(given["around"])
        changes["around"] = WHOLE if given["around"] == WHOLE else str(seat) if seat else ""
    for name in ("sector", "region", "find"):
        changes[name] = " ".join(given.get(name, "").split())[:80]
    for name in ("large", "nameless"):
        changes[name] = given.get(name, "") in ("1", "on")
    return replace(found, **changes)  # type: ignore[arg-type]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
