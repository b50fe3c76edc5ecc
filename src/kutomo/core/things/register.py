"""What counts as a thing: anything with a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from kutomo.ground.errors import Words

Reference = tuple[str, int]  # ("founding.canvas", 12)


@dataclass(frozen=True)
class ThingKind:
    """One kind of thing.

    ``kind``: "room.noun"; ``model``: "app.Model"; ``label``: the noun in the reader's language;
    ``icon``: a name of the icon set; ``url`` and ``title``: functions of one row;
    ``visible``: function of a Person that gives the rows this person may open;
    ``text``: what search reads of one row; ``reads``: the relations it reads, fetched for many rows at once.
    """

    kind: str
    model: str
    label: Words
    icon: str
    url: Callable[[Any], str]
    title: Callable[[Any], str]
    visible: Callable[[Any], QuerySet[Any]]
    text: Callable[[Any], str] = lambda row: ""
    reads: tuple[str, ...] = ()

    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)


_KINDS: dict[str, ThingKind] = {}


def register(kind: ThingKind) -> ThingKind:
    """Enter ``kind``; a room does so in its things.py. Raises ValueError on a second kind of that name."""
    if kind.kind in _KINDS:
        raise ValueError(f"{kind.kind} is registered already")
    _KINDS[kind.kind] = kind
    return kind


def kinds() -> Iterable[ThingKind]:
    """All kinds, in order of registering."""
    return tuple(_KINDS.values())


def kind_of(name: str) -> ThingKind | None:
    """The kind of that name, or None for a kind that no installed room has."""
    return _KINDS.get(name)
