"""The shelf, one idea with its lineage, and how open the network is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import local, today
from kutomo.ground.errors import NotFound

from .. import rules
from ..models import Answer, Idea
from ..rules import Maturity, Reply

THING = "ideas.idea"
A_PAGE = 20
WINDOW = timedelta(days=180)
DEEPEST = 12  # generations of a lineage that are shown


def _rows() -> QuerySet[Idea]:
    return Idea.objects.select_related("author", "seat__organisation")


def visible_to(person: Any) -> QuerySet[Idea]:
    """The ideas on the shelves of the networks that ``person`` may see."""
    return _rows().select_related("network").filter(network__in=networks.visible_to(person), hidden_on=None)


def get(person: Any, network: Network, pk: int) -> Idea:
    """One idea; NotFound for one that ``person`` may not see or that two have taken off the shelf."""
    found = _rows().select_related("parent").filter(network=network, pk=pk, hidden_on=None).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such idea here."))
    found.network = network
    if found.parent is not None:
        found.parent.network = network
    return found


def shelf(network: Network, *, maturity: str = "", words: str = "", page: str = "1") -> Page[Idea]:
    """Ideas, those that moved last first, 20 a page; ``maturity``: a code; the resting ones only when asked for."""
    found = _rows().filter(network=network, hidden_on=None)
    if maturity in set(Maturity):
        found = found.filter(maturity=maturity)
    else:
        found = found.exclude(maturity=Maturity.RESTING)
    for word in words.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    rows = Paginator(found, A_PAGE).get_page(page)
    for row in rows:
        row.network = network
    return rows


def answers(idea: Idea) -> list[Answer]:
    """What others gave, oldest first."""
    return list(idea.answers.select_related("by", "seat__organisation"))


@dataclass(frozen=True)
class Relative:
    """One idea of a lineage; ``depth``: generations below the oldest one that is shown."""

    idea: Idea
    depth: int


def lineage(idea: Idea) -> list[Relative]:
    """The tree in which ``idea`` stands, from its oldest ancestor; just itself: an empty list. One query."""
    rows = Idea.objects.filter(network=idea.network, hidden_on=None).filter(
        Q(parent__isnull=False) | Q(children__isnull=False) | Q(pk=idea.pk)
    )
    kin = {row.pk: row for row in rows.distinct().only("id", "title", "language", "maturity", "parent_id")}
    children: dict[int | None, list[Idea]] = defaultdict(list)
    for row in sorted(kin.values(), key=lambda one: one.title):
        children[row.parent_id if row.parent_id in kin else None].append(row)
    oldest = kin[idea.pk]
    for _generation in range(DEEPEST):
        oldest = kin.get(oldest.parent_id or 0, oldest)
    found = _below(oldest, children, 0)
    return found if len(found) > 1 else []


def _below(idea: Idea, children: dict[int | None, list[Idea]], depth: int) -> list[Relative]:
    below = (
        [one for child in children[idea.pk] for one in _below(child, children, depth + 1)] if depth < DEEPEST else []
    )
    return [Relative(idea, depth), *below]


def owns(person: Any, idea: Idea) -> bool:
    """Is it known to be this person's? An anonymous idea is nobody's: its code opens it."""
    return person is not None and person.pk is not None and idea.author_id == person.pk


def silent(before: timedelta) -> list[Idea]:
    """Ideas that have not moved for ``before`` and do not rest."""
    rows = _rows().select_related("network").filter(moved_on__lte=today() - before, hidden_on=None)
    return list(rows.exclude(maturity=Maturity.RESTING).order_by("id"))


def figures(network: Network) -> rules.Figures:
    """How open the network has been in 180 days; two queries."""
    since = today() - WINDOW
    rows = list(Idea.objects.filter(network=network, hidden_on=None).order_by("made_on", "id"))
    adders: dict[int, list[tuple[str, int]]] = defaultdict(list)
    days = {row.pk: row.made_on for row in rows}
    for one in Answer.objects.filter(idea__network=network, kind=Reply.ADD).values("idea", "by", "seat", "at"):
        if one["idea"] in days:
            took = (local(one["at"]).date() - days[one["idea"]]).days
            adders[one["idea"]].append((_owner(one["seat"], one["by"]), took))
    seen: set[str] = set()
    told = []
    for row in rows:
        owner = _owner(row.seat_id, row.author_id)
        if row.made_on >= since:
            told.append(rules.Told(Maturity(row.began), owner, owner not in seen, tuple(adders[row.pk])))
        seen.add(owner)
    return rules.figures(told)


def _owner(seat: int | None, person: int | None) -> str:
    return f"s{seat}" if seat else f"p{person}" if person else ""


def own_rows(person: Any) -> list[dict[str, Any]]:
    """What ``person`` shared and gave, for the own export; anonymous ideas cannot be told."""
    made = Idea.objects.filter(author=person).values("network__name", "title", "text", "credit", "maturity", "made_on")
    gave = Answer.objects.filter(by=person).values("idea__title", "kind", "text", "at")
    kinds = (("shared", made), ("gave", gave))
    return [
        {name: {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}}
        for name, rows in kinds
        for row in rows
    ]
