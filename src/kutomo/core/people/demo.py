"""Who plays in the example network, and when: what every room's demo.py is given."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

from kutomo.ground import clock, jobs

from . import actions
from .models import Person


@dataclass
class Cast:
    """``material``: the story's own words by file; ``say``: tells the operator how far the building has come.

    Rooms find here what lower rooms have made: people by name, organisations by number, ``things`` by name.
    ``earlier``: working days between the part of the story that is being told and its last day. A room counts days
    within its own part; whatever is written into the diary keeps its part.
    """

    material: Mapping[str, Any]
    say: Callable[[str], None] = print
    now: dt.datetime = field(default_factory=clock.now)  # when the building began: the story's last moment
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[int, Any] = field(default_factory=dict)
    network: Any = None
    things: dict[str, Any] = field(default_factory=dict)
    earlier: int = 0
    _diary: list[tuple[Any, ...]] = field(default_factory=list)
    _count: int = 0

    @property
    def leader(self) -> Person:
        return self.people[self.material["people"]["part"]["leader"]]

    def day(self, days_ago: int) -> dt.date:
        """The day ``days_ago`` working days before the last day of this part of the story (after it when negative)."""
        return clock.add_working_days(clock.local(self.now).date(), -days_ago - self.earlier)

    def moment(self, days_ago: int, hour: float = 10) -> dt.datetime:
        """``hour`` (10.5 is 10:30) of that day, but never later than now for days that have passed."""
        minutes = round(hour * 60)
        at = clock.moment(self.day(days_ago), dt.time(minutes // 60 % 24, minutes % 60))
        at += dt.timedelta(days=minutes // (24 * 60))
        return at if days_ago + self.earlier < 0 else min(at, self.now)

    def at(self, days_ago: int, hour: float, deed: Callable[..., Any], *args: Any, language: str = "fi") -> None:
        """Write into the diary: at that moment ``deed(cast, *args)`` is done, in ``language``."""
        self._count += 1
        heapq.heappush(self._diary, (self.moment(days_ago, hour), self._count, deed, args, language, self.earlier))

    def play(self) -> None:
        """Do all that stands in the diary, in the order of time; a deed may write more into it.

        After each deed what waits in the queue by then is done too: its letters bear their own day.
        """
        while self._diary:
            moment, _count, deed, args, language, self.earlier = heapq.heappop(self._diary)
            with clock.frozen(moment), translation.override(language):
                if self.network is not None:  # who may do what is read once an object, and time has gone by
                    self.network = type(self.network).objects.get(pk=self.network.pk)
                deed(self, *args)
                jobs.run_ready()


def weave(cast: Cast) -> None:
    """The leader comes first, signs in by herself, and tells who she is."""
    row = next(row for row in cast.material["people"]["person"] if row.get("is_leader"))
    cast.people[row["name"]] = actions.meet(email=row["email"], name=row["name"], language=row["language"])


def introduce(cast: Cast) -> None:
    """How everybody is reached; that all of them are invented; and through whose eyes a visitor may look."""
    for row in cast.material["people"]["person"]:
        facts = {"phone": row.get("phone", ""), "reach": row.get("reach", "mail"), "language": row["language"]}
        actions.change(by=cast.people[row["name"]], **facts)
    row = cast.material["people"]["operator"]
    operator = actions.meet(email=row["mail"], name=row["name"], language=row["language"])
    cast.people[operator.name] = operator
    Person.objects.filter(pk=operator.pk).update(is_operator=True)
    for part, name in cast.material["people"]["part"].items():
        Person.objects.filter(pk=cast.people[name].pk).update(part=part)


def label(cast: Cast) -> None:
    """All whom the story has met are invented; those without an address have been labelled by their seat."""
    Person.objects.filter(email__endswith=".example").update(is_example=True)
