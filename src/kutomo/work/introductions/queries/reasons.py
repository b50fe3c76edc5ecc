"""Where complementary needs come from. A room that knows of needs and offers adds its source to ``SOURCES``.

A source tells who looks for something that another brings, in words that every member of the network may read anyway.
It never reads an answer on trust or commitment to a named member.
"""

from __future__ import annotations

from collections.abc import Callable

from ..rules import needs
from ..rules.suggestions import Need, Pair
from .material import Material

Source = Callable[[Material], dict[Pair, list[Need]]]


def from_cards(material: Material) -> dict[Pair, list[Need]]:
    """What commitment cards say that their holders look for and bring."""
    texts = {card.seat_id: (card.seeks, card.brings) for card in material.cards if card.seeks or card.brings}
    return needs.match(texts)


SOURCES: list[Source] = [from_cards]


def needs_of(material: Material) -> dict[Pair, list[Need]]:
    """The needs of all pairs, from all sources."""
    return needs.merge(source(material) for source in SOURCES)
