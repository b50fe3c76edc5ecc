"""What a weekly letter says: plain words and addresses, by network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext as _

from kutomo.across.fabric import queries as fabric
from kutomo.core.activity import queries as activity
from kutomo.core.letters import queries as letters
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import local, now
from kutomo.ground.ui.dates import when
from kutomo.work.decisions import queries as decisions
from kutomo.work.exchange import queries as exchange
from kutomo.work.meetings import queries as meetings

from ..rules import is_letter_day
from .asks import Waiting
from .inbox import soonest_first, waiting

SOON = dt.timedelta(days=7)
MOST = 5  # lines under one heading; the rest is behind a link
LONGEST = 280  # characters of a quoted text
# Deeds that stand under headings of their own.
JOINED = "networks.seat_given"
TOLD_APART = {JOINED, "networks.sitting_began", "decisions.published", "exchange.asked"}


@dataclass(frozen=True)
class Told:
    """One line with its address: what it is called, and what is said of it."""

    title: str
    url: str
    words: str = ""
    why: str = ""


@dataclass(frozen=True)
class Part:
    """The week of one network, as one reader gets it."""

    name: str
    url: str
    closing: list[Waiting] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    coming: list[Told] = field(default_factory=list)
    decided: list[Told] = field(default_factory=list)
    needs: list[Told] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)
    cloth: str = ""

    @property
    def says_something(self) -> bool:
        """Is there anything that deserves a letter? The fabric's row alone does not."""
        said = (self.closing, self.waiting, self.coming, self.decided, self.needs, self.newcomers, self.happened)
        return any(said)


@dataclass(frozen=True)
class Week:
    """The whole letter."""

    number: int
    parts: list[Part]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(len(part.closing) + len(part.waiting) for part in self.parts)


@dataclass
class Chronicle:
    """What has happened in one network since a moment: read once, told to each of its members without the own deeds."""

    network: Network
    since: dt.datetime
    _cloth: dict[str, str] = field(default_factory=dict)

    @cached_property
    def events(self) -> list[Any]:
        return activity.digest(self.network, self.since)

    @cached_property
    def decided(self) -> list[Any]:
        return decisions.published_since(self.network, self.since)

    @cached_property
    def needs(self) -> list[Any]:
        return exchange.needs_since(self.network, self.since)

    @cached_property
    def meetings(self) -> list[Any]:
        at = now()
        return meetings.starting_between(self.network, at, at + SOON)

    def cloth(self) -> str:
        """The fabric's newest whole week, in words of the language that is spoken now."""
        language = get_language() or "fi"
        if language not in self._cloth:
            monday = local(now()).date() - dt.timedelta(days=local(now()).weekday())
            row = fabric.cloth(self.network, weeks=1, until=monday - dt.timedelta(days=1))
            self._cloth[language] = row.finding()
        return self._cloth[language]

    def part(self, person: Any, seats: set[int], found: list[Waiting]) -> Part:
        """The network's week as ``person``, who sits on ``seats``, gets it; ``found``: what waits there."""
        soon = now() + SOON
        found = soonest_first(found)
        closing = [item for item in found if item.closes_at and item.closes_at <= soon]
        slug = self.network.slug
        return Part(
            name=self.network.name,
            url=self.network.get_absolute_url(),
            closing=closing,
            waiting=[item for item in found if item not in closing],
            coming=[
                Told(row.title, reverse("meetings:meeting", args=[slug, row.pk]), when(row.starts_at))
                for row in self.meetings[:MOST]
            ],
            decided=[_decision(row, slug) for row in self.decided if row.published_by_id != person.pk][:MOST],
            needs=[
                Told(row.title, reverse("exchange:listing", args=[slug, row.pk]))
                for row in self.needs
                if row.author_id != person.pk and row.seat_id not in seats
            ][:MOST],
            newcomers=[
                event.title
                for event in self._told_to(person)
                if event.kind == JOINED and event.title and event.thing_id not in seats
            ][:MOST],
            happened=self._happened(person),
            cloth=self.cloth(),
        )

    def _happened(self, person: Any) -> list[str]:
        """The newest line of each kind of deed that has no heading of its own."""
        newest: dict[str, Any] = {}
        for event in self._told_to(person):
            if event.kind not in TOLD_APART:
                newest.setdefault(event.kind, event)
        return [event.sentence() for event in list(newest.values())[:MOST]]

    def _told_to(self, person: Any) -> list[Any]:
        """The lines that ``person`` may read, without the own deeds."""
        roles = self.network.roles_of(person)
        return [
            event for event in self.events if event.actor_id != person.pk and activity.may_read(event, person, roles)
        ]


@dataclass
class Chronicles:
    """The chronicles of a run: a network is read once for all members whose letters begin at the same moment."""

    _found: dict[tuple[int, dt.datetime], Chronicle] = field(default_factory=dict)

    def of(self, network: Network, since: dt.datetime) -> Chronicle:
        key = network.pk, since
        if key not in self._found:
            self._found[key] = Chronicle(network, since)
        one = self._found[key]
        one.network = network  # with the roles of the present reader
        return one


def week_of(person: Any, since: dt.datetime, chronicles: Chronicles) -> Week:
    """The letter of ``person``: what waits, closes, was decided and is new since ``since``, in the language spoken now.

    Networks of which nothing is to be said are left out.
    """
    nets = list(networks.visible_to(person))
    found = waiting(person, nets)  # reads the roles, too
    seats = {row.seat_id for row in networks.seats_of(person)}
    parts = [chronicles.of(net, since).part(person, seats, found.get(net.pk, [])) for net in nets]
    return Week(local(now()).isocalendar().week, [part for part in parts if part.says_something])


def _decision(row: Any, slug: str) -> Told:
    shown = row.shown
    return Told(shown["title"], reverse("decisions:decision", args=[slug, row.pk]), _cut(shown["text"]), _cut(row.why))


def _cut(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(LONGEST)


def example() -> Week:
    """A letter to look at, in the language spoken now; no database."""
    return Week(12, list(_example_parts()))


def _example_parts() -> Iterator[Part]:
    ask = Waiting(
        key="",
        title=_("Who drives the call ring’s coffee van?"),
        note=_("Your answer is asked for."),
        why=_("You sit in the network, and everybody who sits is asked."),
        verb=_("Answer"),
        url="/n/example/decisions/1/",
        icon="scale",
        tone="kuusi",
        minutes=2,
    )
    yield Part(
        name="Kynnyksen yli",
        url="/n/example/",
        closing=[ask],
        decided=[
            Told(
                _("One shared phone number"),
                "/n/example/decisions/2/",
                _("We open one number for everybody over 75."),
                _("People did not know whom to call."),
            )
        ],
        needs=[Told(_("A driver for Thursday mornings"), "/n/example/exchange/3/")],
        newcomers=["Saariston yhdistys ry"],
        cloth=_("%(when)s: %(n)s of %(of)s members took part.")
        % {"when": _("week %(number)s") % {"number": 11}, "n": 10, "of": 16},
    )


def due(people: list[Any]) -> list[Any]:
    """Those of ``people`` whose wish makes today the day of their letter; one query."""
    wishes = letters.wishes_of(people)
    today = local(now()).date()

    def is_due(wish: Any) -> bool:
        return not (wish and wish.no_nudges) and is_letter_day(today, wish.weekday if wish else 0)

    return [person for person in people if is_due(wishes.get(person.pk))]
