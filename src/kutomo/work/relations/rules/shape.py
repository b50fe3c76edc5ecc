"""The report of a wave as it is frozen: what everybody in the network may see, and nothing else.

Trust and commitment are in it only as figures that stand for at least five (rules.floors). One JSON column keeps it;
the same for the leader and for every member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from kutomo.ground.graph import Graph

KNOWS, WORKS = "knows", "works"
BOTH, ONE = "both", "one"


@dataclass(frozen=True)
class Member:
    """A seat that is on the map, as it was on the closing day. ``answered`` is None where nobody was promised to hear
    it. ``sector`` and ``region`` are the organisation's codes; "" is unknown."""

    seat: int
    name: str
    sector: str = ""
    region: str = ""
    answered: bool | None = None


@dataclass(frozen=True)
class ShownTie:
    """A tie that everybody may see: both ends are on the map, and both say so (evidence "both") or one says so and the
    other has not answered ("one"). Where the answers contradict each other there is none.

    ``a`` < ``b``. ``relation`` is "knows" (K >= 2 or E >= 1) or "works" (E >= 1); a pair that works has a row of each.
    ``level`` 1..3 is the smaller of the two answers, or the only one: of E for "works", of K for "knows" (1 when the
    pair knows each other only through work).
    """

    a: int
    b: int
    relation: str
    level: int
    evidence: str


@dataclass(frozen=True)
class Figure:
    """One result.

    ``value`` None is undefined or not shown, and ``why`` says so in a code. ``n`` is what it was counted over, ``of``
    all that there could have been. A figure that may be told only roughly has ``low`` and ``high`` (and the middle as
    its value) or, for fewer than fifteen, a ``word`` alone. A result that is a name (the phase) is in ``word``.
    """

    key: str
    value: float | None = None
    n: int = 0
    of: int = 0
    why: str = ""
    word: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def told(self) -> bool:
        """Whether there is anything to say."""
        return not self.why


@dataclass(frozen=True)
class Report:
    """A closed wave. ``gate``: "all" from 80 % of answers, "no_brokers" from 60 %, "too_few" below.

    ``wave`` is its key, ``number`` counts the network's waves from 1. ``n`` and ``answered`` count all seats that were
    asked; ``members`` only those on the map. ``positions`` (0..1, y downwards) stay from wave to wave.
    ``refreshed_on``: the day when somebody's withdrawal changed it.
    """

    wave: int
    number: int
    closed_on: date
    n: int
    answered: int
    gate: str
    members: tuple[Member, ...] = ()
    ties: tuple[ShownTie, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    positions: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    refreshed_on: date | None = None

    @cached_property
    def by_seat(self) -> dict[int, Member]:
        """The members by their seat."""
        return {member.seat: member for member in self.members}

    def graph(self, relation: str = WORKS, *, confirmed: bool = False, level: int = 1) -> Graph:
        """The shown ties of a relation between the members, undirected; ids are the seats as text."""
        ties = (
            (str(tie.a), str(tie.b), float(tie.level))
            for tie in self.ties
            if tie.relation == relation and tie.level >= level and (tie.evidence == BOTH or not confirmed)
        )
        return Graph.from_edges([str(member.seat) for member in self.members], ties, directed=False)

    def to_json(self) -> dict[str, Any]:
        """What is kept: plain values, members and ties in a fixed order."""
        return {
            "wave": self.wave,
            "number": self.number,
            "closed_on": self.closed_on.isoformat(),
            "refreshed_on": self.refreshed_on.isoformat() if self.refreshed_on else None,
            "n": self.n,
            "answered": self.answered,
            "gate": self.gate,
            "members": [asdict(member) for member in self.members],
            "ties": [[tie.a, tie.b, tie.relation, tie.level, tie.evidence] for tie in self.ties],
            "figures": [asdict(figure) for figure in self.figures.values()],
            "positions": {str(seat): list(place) for seat, place in self.positions.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Report:
        """The report that ``to_json`` gave."""
        again = kept["refreshed_on"]
        return cls(
            wave=kept["wave"],
            number=kept["number"],
            closed_on=date.fromisoformat(kept["closed_on"]),
            n=kept["n"],
            answered=kept["answered"],
            gate=kept["gate"],
            members=tuple(Member(**member) for member in kept["members"]),
            ties=tuple(ShownTie(*tie) for tie in kept["ties"]),
            figures={figure["key"]: Figure(**figure) for figure in kept["figures"]},
            positions={int(seat): (place[0], place[1]) for seat, place in kept["positions"].items()},
            refreshed_on=date.fromisoformat(again) if again else None,
        )
