"""The example network itself: started, its roles offered and answered, and one network that has only begun."""

from __future__ import annotations

from typing import Any

from kutomo.core.access import Role
from kutomo.core.people import actions as people
from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person

from . import actions
from .models import Network, Representation, RoleTerm


def weave(cast: Cast) -> None:
    """The leader starts the network for her own organisation."""
    story = cast.material["network"]
    cast.network = actions.start(
        by=cast.leader,
        name=story["name"],
        theme=story["theme"],
        challenge=story["challenge"],
        languages="fi,sv",
        yarn=Network.Yarn.MATARA,
        organisation=cast.things["home"],
        is_example=True,
    )


def move_on(cast: Cast, stage: str) -> None:
    """The network comes to the next stage of its life; the leader says why."""
    reason = cast.material["network"]["stage"][stage]
    actions.change(by=cast.leader, network=cast.network, reason=reason, stage=stage)


def offer_roles(cast: Cast) -> None:
    """Each role is offered on its day, with the reason that all see; most are answered the day after."""
    for row in cast.material["roles"]["role"]:
        cast.at(row["day"], 11, _offer, row)


def _offer(cast: Cast, row: dict[str, Any]) -> None:
    person = _met(cast, row["person"])
    term = actions.offer_role(
        by=cast.leader, network=cast.network, person=person, role=Role(row["role"]), reason=row["reason"]
    )
    if row["answer"]:
        cast.at(row["day"] - 1, 9.5, _answer, person, term, row["answer"] == "accepted")


def _answer(cast: Cast, person: Person, term: RoleTerm, accept: bool) -> None:
    actions.answer_offer(by=person, term=term, accept=accept)


def _met(cast: Cast, name: str) -> Person:
    """Somebody who is there already, or an observer who is met by the address."""
    if name not in cast.people:
        row = next(row for row in cast.material["people"]["person"] if row["name"] == name)
        cast.people[name] = people.meet(email=row["email"], name=name, language=row["language"])
    return cast.people[name]


def sit(cast: Cast) -> None:
    """Substitutes and mandates, as the organisations have told them."""
    rows = {cast.people[row["name"]]: row for row in cast.material["people"]["person"] if row["name"] in cast.people}
    sitting = Representation.objects.current().filter(seat__network=cast.network).exclude(seat__organisation=None)
    for chair in sitting.select_related("seat__network", "seat__organisation", "person"):
        row = rows[chair.person]
        kind = row.get("kind", Representation.Kind.REPRESENTATIVE)
        if (chair.mandate, chair.kind) != (row["mandate"], kind):
            actions.set_mandate(by=cast.leader, sitting=chair, mandate=row["mandate"], kind=kind)


def begin_another(cast: Cast) -> None:
    """A second network of the same leader, which has only been started: every page is still empty."""
    story = cast.material["network"]["second"]
    actions.start(
        by=cast.leader,
        name=story["name"],
        theme=story["theme"],
        challenge=story["challenge"],
        languages="fi",
        yarn=Network.Yarn.KUUSI,
        organisation=cast.organisations[1],
        is_example=True,
    )
