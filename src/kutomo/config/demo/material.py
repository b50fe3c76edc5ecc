"""The story's own words, read from content/*.toml, with addresses made from names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.utils.text import slugify

CONTENT = Path(__file__).parent / "content"


def read() -> dict[str, Any]:
    """Every file by its name; people get ``email``, cards the address of their confirmer, organisations a speaker."""
    material = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CONTENT.glob("*.toml"))}
    homes = {row["number"]: row for row in material["organisations"]["organisation"]}
    people = material["people"]["person"]
    for row in people:
        home = homes.get(row.get("organisation", 0))
        row["email"] = address(row["name"], home["mail"]) if home and row.get("mail") != "" else ""
    own = {row["name"]: row["email"] for row in people}
    for number, home in homes.items():
        home["speaker"] = next(row["name"] for row in people if row.get("organisation") == number)
    for card in material["cards"]["card"]:
        if confirmer := card.get("confirmer"):
            card["confirmer_email"] = own.get(confirmer) or address(confirmer, homes[card["organisation"]]["mail"])
    return material


def address(name: str, domain: str) -> str:
    """ "Aino-Inkeri Salovesi" at kaikukortteli.example: aino-inkeri.salovesi@kaikukortteli.example."""
    return ".".join(slugify(word) for word in name.split()) + "@" + domain
