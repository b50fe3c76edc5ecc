"""What can be asked of networks. A network exists only for those who hold a seat or a role in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotAllowed, NotFound

from .models import ROLE_LABELS, Network, Representation, RoleTerm, Seat, roles_everywhere

_NO_NETWORK = _("There is no such network, or you have no seat in it.")


def visible_to(person: Any) -> QuerySet[Network]:
    """The networks where ``person`` holds a seat or an accepted role."""
    if person is None or not getattr(person, "is_authenticated", False):
        return Network.objects.none()
    return Network.objects.filter(
        Q(pk__in=Representation.objects.current().filter(person=person).values("seat__network"))
        | Q(pk__in=RoleTerm.objects.current().filter(person=person).values("network"))
    )


def with_roles(person: Any, among: Iterable[Network]) -> dict[int, Network]:
    """The networks ``among``, by key, with the roles of ``person`` in each already read: one query for all of them."""
    roles = roles_everywhere(person)
    nets = {network.pk: network for network in among}
    for key, network in nets.items():
        network.__dict__.setdefault("_roles", {})[person.pk] = roles.get(key, frozenset())
    return nets


def get(person: Any, slug: str) -> Network:
    """The network of that slug; NotFound when there is none that ``person`` may see."""
    network = Network.objects.filter(slug=slug).first()
    if network is None or not network.roles_of(person):
        raise NotFound(_NO_NETWORK)
    return network


def roles_of(person: Any, network: Network) -> frozenset[Role]:
    """The roles that ``person`` holds in ``network`` today."""
    return network.roles_of(person)


def seats(network: Network) -> list[Seat]:
    """The seats held today, in the order of joining, with organisation and those who sit (three queries)."""
    sitting = Prefetch("representations", Representation.objects.current().select_related("person"))
    return list(Seat.objects.current().filter(network=network).select_related("organisation").prefetch_related(sitting))


def readers(after: int = 0, *, upto: int | None = None) -> QuerySet[Person]:
    """Everybody who can be written to and holds a seat or a role in some network, from the key ``after`` on."""
    sits = Representation.objects.current().filter(person=OuterRef("pk"))
    holds = RoleTerm.objects.current().filter(person=OuterRef("pk"))
    rows = Person.objects.filter(Exists(sits) | Exists(holds), is_active=True, email__isnull=False, pk__gt=after)
    return (rows if upto is None else rows.filter(pk__lte=upto)).order_by("pk")


def seat(network: Network, pk: int) -> Seat:
    """One seat of ``network``, past ones too; NotFound otherwise."""
    found = (
        Seat.objects.filter(network=network, pk=pk)
        .select_related("organisation", "network")
        .prefetch_related("representations__person")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such seat in this network."))
    return found


def seat_of(person: Any, network: Network) -> Seat | None:
    """The seat where ``person`` sits today, the organisation's before one's own, or None."""
    row = (
        Representation.objects.current()
        .filter(seat__network=network, person=person)
        .select_related("seat__organisation")
        .order_by("seat__organisation_id", "pk")
        .last()
    )
    return row.seat if row else None


def members(network: Network) -> list[Person]:
    """Everybody who sits in ``network`` today, once each, by name."""
    return list(
        Person.objects.filter(
            pk__in=Representation.objects.current().filter(seat__network=network).values("person")
        ).order_by("name", "pk")
    )


def holders(network: Network, role: Role) -> list[Person]:
    """Those who hold ``role`` today, by name."""
    terms = RoleTerm.objects.current().filter(network=network, role=role)
    return list(Person.objects.filter(pk__in=terms.values("person")).order_by("name", "pk"))


def terms(network: Network) -> list[RoleTerm]:
    """Roles held or offered today, with their persons."""
    current = RoleTerm.objects.current().filter(network=network)
    offered = RoleTerm.objects.filter(network=network, state=RoleTerm.State.OFFERED)
    return list((current | offered).select_related("person", "offered_by").order_by("role", "since", "pk"))


def offers_to(person: Any) -> list[RoleTerm]:
    """Roles offered to ``person`` that wait for an answer, in all networks."""
    return list(
        RoleTerm.objects.filter(person=person, state=RoleTerm.State.OFFERED)
        .select_related("network", "offered_by")
        .order_by("offered_at")
    )


def seats_of(person: Any) -> list[Representation]:
    """Where ``person`` sits today, over all networks."""
    return list(
        Representation.objects.current()
        .filter(person=person)
        .select_related("seat__network", "seat__organisation")
        .order_by("since", "pk")
    )


SEATS_A_PAGE = 50


@dataclass(frozen=True)
class Sitter:
    """Somebody who sits on a seat, as the list of members shows it; ``roles`` are names of roles."""

    name: str
    is_substitute: bool
    roles: list[Any]


@dataclass(frozen=True)
class Row:
    """One seat in the list of members. The page shows fifty of them, so it reads these few columns only."""

    pk: int
    organisation: str | None
    sitters: list[Sitter]

    @property
    def name(self) -> str:
        """The organisation's name, or the private person's."""
        return self.organisation or next((sitter.name for sitter in self.sitters), "")


def seats_page(network: Network, *, words: str = "", page: str = "1") -> Page[Row]:
    """The seats held today in the order of joining, 50 a page, those that match ``words`` if given (three queries)."""
    rows = Seat.objects.current().filter(network=network)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(organisation__name__icontains=word)
            | Q(pk__in=Representation.objects.current().filter(person__name__icontains=word).values("seat"))
        )
    found: Page[Any] = Paginator(rows.values_list("pk", "organisation__name"), SEATS_A_PAGE).get_page(page)
    seats = list(found)
    sitters = _sitters(network, [pk for pk, _name in seats])
    found.object_list = [Row(pk, name, sitters.get(pk, [])) for pk, name in seats]
    return found


def _sitters(network: Network, seats: list[int]) -> dict[int, list[Sitter]]:
    """Who sits on these seats today, by seat, representatives first."""
    roles, found = _role_names(network), dict[int, list[Sitter]]()
    rows = Representation.objects.current().filter(seat__in=seats).order_by("kind", "pk")
    for seat, kind, person, name in rows.values_list("seat", "kind", "person", "person__name"):
        is_substitute = kind == Representation.Kind.SUBSTITUTE
        found.setdefault(seat, []).append(Sitter(name, is_substitute, roles.get(person, [])))
    return found


def _role_names(network: Network) -> dict[int, list[Any]]:
    """Names of the roles held today, by person key (one query); plain membership is left out."""
    found: dict[int, list[Any]] = {}
    for person, role in (
        RoleTerm.objects.current().filter(network=network).order_by("since").values_list("person", "role")
    ):
        found.setdefault(person, []).append(ROLE_LABELS[Role(role)])
    return found


def seat_rights(person: Any, chair: Seat) -> dict[str, bool]:
    """What ``person`` may do on the seat's page."""
    leads = gate.may(person, Can.MANAGE_SEATS, chair.network)
    mine = [row for row in chair.sitting() if row.person_id == person.pk]
    binds = any(row.mandate == Representation.Mandate.BIND for row in mine)
    return {
        "sits_here": bool(mine),
        "may_change": leads or binds,
        "may_leave": chair.left_on is None and (leads or bool(mine)),
        "sees_hand_over": leads or bool(mine),
    }


def require_change(person: Any, chair: Seat) -> None:
    """Pass for those who sit on the seat and those who may give seats; NotAllowed for others."""
    rights = seat_rights(person, chair)
    if not rights["sits_here"] and not rights["may_change"]:
        raise NotAllowed(
            _("Only those who sit here, or the network's leader, can change this."),
            can=Can.MANAGE_SEATS,
            network=chair.network,
        )


def sitting(network: Network, seat_pk: int, pk: int) -> Representation:
    """One sitting on a seat of ``network``; NotFound otherwise."""
    found = (
        Representation.objects.filter(seat__network=network, seat=seat_pk, pk=pk)
        .select_related("seat__network", "seat__organisation", "person")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such seat in this network."))
    found.seat.network = network
    return found


def offer(person: Any, slug: str, pk: int) -> RoleTerm:
    """A role offered to ``person``; NotFound otherwise, so that nobody learns of another's offers."""
    found = (
        RoleTerm.objects.filter(network__slug=slug, pk=pk, person=person).select_related("network", "person").first()
    )
    if found is None:
        raise NotFound(_("There is no such offer."))
    return found


def term(network: Network, pk: int) -> RoleTerm:
    """A role held or offered in ``network``; NotFound otherwise."""
    found = RoleTerm.objects.filter(network=network, pk=pk).select_related("person").first()
    if found is None:
        raise NotFound(_("There is no such role."))
    found.network = network
    return found


def own_rows(person: Any) -> list[dict[str, Any]]:
    """All sittings and roles of ``person``, past ones too, for the person's own export."""
    sittings = Representation.objects.filter(person=person).select_related("seat__network", "seat__organisation")
    terms = RoleTerm.objects.filter(person=person).select_related("network")
    return [
        {
            "network": row.seat.network.name,
            "organisation": row.seat.organisation.name if row.seat.organisation else "",
            "kind": row.kind,
            "mandate": row.mandate,
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else "",
            "hand_over": row.hand_over,
        }
        for row in sittings
    ] + [
        {
            "network": term.network.name,
            "role": term.role,
            "state": term.state,
            "since": term.since.isoformat(),
            "until": term.until.isoformat() if term.until else "",
            "words": term.words,
        }
        for term in terms
    ]
