"""The form profile as a network may see it: nothing below five people, words below fifteen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.errors import NotFound

from .models import OneView, ProfileRound, ProfileTurn
from .rules import form, shape, wording


@dataclass(frozen=True)
class Read:
    """A profile as it may be shown. ``now`` and ``wanted`` are None when the group is too small."""

    how: form.Shown
    now: dict[str, float] | None
    wanted: dict[str, float] | None
    best_now: tuple[str, ...] = ()
    best_wanted: tuple[str, ...] = ()
    gap: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    answered: int = 0
    invited: int = 0
    has_drifted: bool = False
    goal_spread: float | None = None

    @property
    def is_shown(self) -> bool:
        return self.now is not None


def open_round(network: Network) -> ProfileRound | None:
    """The round that takes answers now, or None."""
    return ProfileRound.objects.filter(network=network, closed_on=None).first()


def open_round_of(network: Network) -> ProfileRound:
    """The round that takes answers now; NotFound when none does."""
    found = open_round(network)
    if found is None:
        raise NotFound(_("The form profile is not being asked now."))
    found.network = network
    return found


def rounds(network: Network) -> list[ProfileRound]:
    """Closed rounds, newest first."""
    return list(ProfileRound.objects.filter(network=network).exclude(closed_on=None))


def latest(network: Network) -> ProfileRound | None:
    """The newest closed round, or None."""
    return ProfileRound.objects.filter(network=network).exclude(closed_on=None).first()


def due(day: date) -> list[ProfileRound]:
    """Open rounds whose last day is before ``day``."""
    rows = ProfileRound.objects.filter(closed_on=None, closes_on__lt=day)
    return list(rows.select_related("network"))


def open_rounds() -> list[ProfileRound]:
    """The rounds that take answers now, in all networks."""
    return list(ProfileRound.objects.filter(closed_on=None))


def turn_in(round: ProfileRound, key: str) -> ProfileTurn | None:
    """Whether the respondent of ``key`` has answered; None for one who was not asked."""
    return ProfileTurn.objects.filter(round=round, respondent=key).first()


def own_view(person: Any, network: Network) -> OneView | None:
    """One's own view."""
    return OneView.objects.filter(network=network, person=person).first()


def shared_views(network: Network) -> list[OneView]:
    """Views that their owners show, each labelled as one person's."""
    return list(OneView.objects.filter(network=network, is_shared=True).select_related("person"))


def read(round: ProfileRound) -> Read | None:
    """The frozen result; None while the round is open."""
    if round.result is None:
        return None
    kept: dict[str, Any] = dict(round.result)
    for name in ("best_now", "best_wanted", "gap", "disagreements"):
        kept[name] = tuple(kept[name])
    return Read(**{**kept, "how": form.Shown(kept["how"])})


def read_one(view: OneView) -> Read:
    """One person's view, read as exactly as it was given."""
    now, wanted = form.match(view.now), form.match(view.wanted)
    return Read(
        how=form.Shown.SHARES,
        now={key: float(value) for key, value in view.now.items()},
        wanted={key: float(value) for key, value in view.wanted.items()},
        best_now=now.nearest if now else (),
        best_wanted=wanted.nearest if wanted else (),
        gap=form.gap(view.now, view.wanted),
        answered=1,
        invited=1,
    )


@dataclass(frozen=True)
class Portrait:
    """A profile ready to be shown: its shape, words for each reading, forms, gap, topics, governing."""

    read: Read
    name: str  # whose view it is, when it is one person's
    slug: str  # for ids in the page
    now: str
    wanted: str
    steps: list[tuple[wording.Reading, str, str]]
    best_now: list[wording.Form]
    best_wanted: list[wording.Form]
    gap: list[tuple[wording.Reading, str, str]]
    topics: list[wording.Reading]


def portrait(read: Read, language: str, name: str = "", slug: str = "all") -> Portrait:
    """``read`` in the words of ``language``; only for one that may be shown."""
    readings = {reading.code: reading for reading in wording.readings(language)}
    now, wanted = read.now or {}, read.wanted or {}
    steps = [(r, _step(r, now[code]), _step(r, wanted[code])) for code, r in readings.items()]
    by_code = {reading.code: (reading, one, other) for reading, one, other in steps}
    return Portrait(
        read,
        name,
        slug,
        shape.outline(now),
        shape.outline(wanted),
        steps,
        [wording.form(code, language) for code in read.best_now],
        [wording.form(code, language) for code in read.best_wanted],
        [by_code[code] for code in read.gap],
        [readings[code] for code in read.disagreements],
    )


def _step(reading: wording.Reading, value: float) -> str:
    """A reading in words: the step, or the two steps between which it lies."""
    low = int(value)
    if value == low:
        return reading.steps[low]
    return gettext("between “%(one)s” and “%(other)s”") % {
        "one": reading.steps[low],
        "other": reading.steps[low + 1],
    }


def shown_to(person: Any, network: Network, asked: Mapping[str, str], language: str) -> dict[str, Any]:
    """Everything on the profile's page: the same for leaders and members, but for one's own view.

    ``asked``: "trust" (wide or thin), which the governing hint needs and nobody has measured yet.
    """
    round, closed = open_round(network), latest(network)
    result = read(closed) if closed else None
    own, shared = own_view(person, network), shared_views(network)
    turn = turn_in(round, f"person:{person.pk}") if round else None
    trust = form.Trust(asked["trust"]) if asked.get("trust") in list(form.Trust) else None
    hint = None
    if result and result.now:
        seats = len(networks.seats(network))
        hint = form.governing(
            organisations=seats, trust=trust, goal_spread=result.goal_spread, joint_work=result.now["L"]
        )
    views = [view for view in shared if view.person_id != person.pk]
    return {
        "round": round,
        "has_answered": bool(turn and turn.has_answered),
        "closed": closed,
        "result": result,
        "portrait": portrait(result, language) if result and result.now else None,
        "own": portrait(read_one(own), language, person.name) if own else None,
        "own_is_shared": bool(own and own.is_shared),
        "views": [portrait(read_one(view), language, view.person.name, f"view{view.pk}") for view in views],
        "hint": hint,
        "governing": wording.governing(hint.model, language) if hint and hint.model else None,
        "trust": trust,
        "tensions": wording.tensions(language),
        "rays": list(zip(shape.rays(), wording.readings(language), strict=True)),
        "rings": shape.rings(),
    }


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The person's own views, and in which rounds one was asked; what was answered there has no name."""
    turns = ProfileTurn.objects.filter(respondent=f"person:{person.pk}")
    asked = turns.values("round__network__name", "round__number", "has_answered")
    views = OneView.objects.filter(person=person).values("network__name", "now", "wanted", "is_shared", "given_on")
    return [*({"form profile": row} for row in asked), *({"own view of the form": row} for row in views)]
