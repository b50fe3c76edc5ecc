"""The form profile as a network may see it: nothing below five people, words below fifteen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Network
from kutomo.ground.errors import NotFound

from ..models import OneView, ProfileRound, ProfileTurn
from ..rules import form


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


def rounds(network: Network) -> list[ProfileRound]:
    """Closed rounds, newest first."""
    return list(ProfileRound.objects.filter(network=network).exclude(closed_on=None))


def latest(network: Network) -> ProfileRound | None:
    """The newest closed round, or None."""
    return ProfileRound.objects.filter(network=network).exclude(closed_on=None).first()


def profiles_due(day: date) -> list[ProfileRound]:
    """Open rounds whose last day is before ``day``."""
    rows = ProfileRound.objects.filter(closed_on=None, closes_on__lt=day)
    return list(rows.select_related("network"))


def round_of(network: Network, pk: int) -> ProfileRound:
    found = ProfileRound.objects.filter(network=network, pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such round of the form profile."))
    return found


def turn_in(round: ProfileRound, key: str) -> ProfileTurn | None:
    """Whether the respondent of ``key`` has answered; None for one who was not asked."""
    return ProfileTurn.objects.filter(round=round, respondent=key).first()


def own_view(person: Any, network: Network) -> OneView | None:
    """One's own view."""
    return OneView.objects.filter(network=network, person=person).first()


def shared_view(network: Network) -> list[OneView]:
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
