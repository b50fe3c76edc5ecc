"""The example network itself: started, its roles offered and answered, and one network that has only begun."""

from kutomo.core.access import Role
from kutomo.core.people.demo import Cast

from . import actions
from .models import Network, Representation


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


def offer_roles(cast: Cast, days_ago: int) -> None:
    """The roles of that day are offered, with the reason that all see; most are answered the day after."""
    for row in cast.material["roles"]["role"]:
        if row["day"] != days_ago:
            continue
        person = cast.people[row["person"]]
        with cast.on(days_ago, 11):
            term = actions.offer_role(
                by=cast.leader,
                network=cast.network,
                person=person,
                role=Role(row["role"]),
                reason=row["reason"],
            )
        if row["answer"]:
            with cast.on(days_ago - 1, 9.5):
                actions.answer_offer(by=person, term=term, accept=row["answer"] == "accepted")


def sit(cast: Cast) -> None:
    """Substitutes and mandates, as the organisations have told them."""
    for row in cast.material["people"]["person"]:
        if row.get("role") == Role.OBSERVER:
            continue
        person, home = cast.people[row["name"]], cast.organisations.get(row.get("organisation", 0))
        sitting = actions.seat(by=cast.leader, network=cast.network, person=person, organisation=home)
        kind = row.get("kind", Representation.Kind.REPRESENTATIVE)
        if home is not None and (sitting.mandate, sitting.kind) != (row["mandate"], kind):
            actions.set_mandate(by=cast.leader, sitting=sitting, mandate=row["mandate"], kind=kind)


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
