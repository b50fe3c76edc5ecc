"""The kinds of deeds. A room declares its own in events.py, each with one whole translated sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kutomo.ground.errors import Words


class Audience(StrEnum):
    """Who may read the line."""

    PUBLIC = "public"
    MEMBERS = "members"  # everyone with a role in the network
    LEADERS = "leaders"  # leader and co-leader only
    OWN = "own"  # only the doer


class Loudness(StrEnum):
    """How a line reaches people."""

    NOW = "now"  # a direct ask: a letter at once
    DIGEST = "digest"  # the weekly letter
    SILENT = "silent"  # only in the log


class Part(StrEnum):
    """How somebody took part; the fabric has a weave for each (methods § A11: edits and logins are none)."""

    MEETING = "meeting"
    DISCUSSION = "discussion"
    HELP = "help"
    DEED = "deed"


class Motif(StrEnum):
    """What was achieved together and confirmed by more than one party: a band of the fabric."""

    AGREEMENT = "agreement"
    SERVICE = "service"
    GOAL = "goal"
    GROWTH = "growth"


@dataclass(frozen=True)
class Kind:
    """``name``: "room.deed"; ``sentence``: whole, with %(actor)s, %(title)s and keys of the line's data.

    ``power``: a use of a leader's power; such a line needs a reason and stands on the transparency page.
    ``part``: how the doer took part by this deed; ``motif``: the deed closes an achievement of many.
    """

    name: str
    sentence: Words
    audience: Audience = Audience.MEMBERS
    loudness: Loudness = Loudness.SILENT
    power: bool = False
    part: Part | None = None
    motif: Motif | None = None

    def __post_init__(self) -> None:
        if self.name in _KINDS:
            raise ValueError(f"event kind {self.name} is declared twice")
        _KINDS[self.name] = self


_KINDS: dict[str, Kind] = {}


def kinds() -> Iterable[Kind]:
    """All kinds, in order of declaring."""
    return tuple(_KINDS.values())


def kind_of(name: str) -> Kind | None:
    """The kind of that name, or None for one that no installed room declares."""
    return _KINDS.get(name)
