"""The deck: starters of the house and the network's own cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kutomo.core.access.respondents import Respondent
from kutomo.core.networks.models import Network
from kutomo.ground.errors import NotFound
from kutomo.ground.text import whole_number

from ..models import Choice, OwnCard
from .rule_sets import in_making
from .starters import reading_language, starters


@dataclass(frozen=True)
class DeckCard:
    """One card of the deck as the reader sees it; ``names``: who chose it (choosing is open)."""

    key: str
    text: str
    language: str
    in_practice: str = ""
    when_broken: str = ""
    names: list[str] = field(default_factory=list)
    mine: bool = False

    @property
    def chosen(self) -> int:
        return len(self.names)

    @property
    def is_own(self) -> bool:
        return self.key.startswith("own:")


def own_card(network: Network, key: str) -> OwnCard:
    """The network's own card of that key ("own:12"); NotFound otherwise."""
    found = OwnCard.objects.filter(network=network, pk=whole_number(key.removeprefix("own:")) or 0).first()
    if found is None:
        raise NotFound(_("There is no such ground rule in the deck."))
    return found


def deck(network: Network, viewer: Respondent | None = None) -> list[DeckCard]:
    """All cards with those who chose them for the version in the making; three queries at any size.

    ``viewer``: marks this respondent's own choices.
    """
    names: dict[str, list[str]] = {}
    own: set[str] = set()
    making = in_making(network)
    for choice in Choice.objects.filter(rule_set=making) if making else []:
        names.setdefault(choice.card, []).append(choice.name)
        if viewer is not None and choice.respondent == viewer.key:
            own.add(choice.card)
    code = reading_language()
    cards = [
        DeckCard(
            row.key, row.texts[code], code, row.in_practice[code], row.when_broken[code],
            names.get(row.key, []), row.key in own,
        )
        for row in starters().values()
    ]  # fmt: skip
    return cards + [
        DeckCard(row.key, row.text, row.language, names=names.get(row.key, []), mine=row.key in own)
        for row in OwnCard.objects.filter(network=network)
    ]
