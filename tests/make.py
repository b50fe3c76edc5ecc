"""Builders for tests. They go through the product's own actions, so a test stands on what can happen."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils.text import slugify

from kutomo.core.access import Role
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.core.organisations.models import Organisation
from kutomo.core.people.models import Person
from kutomo.ground.clock import now

_numbers = count(1)


def person(name: str = "", email: str | None = None, language: str = "fi", **facts: Any) -> Person:
    """Somebody with an address of one's own."""
    name = name or f"Henkilö {next(_numbers)}"
    address = email if email is not None else f"{slugify(name)}-{next(_numbers)}@example.org"
    return Person.objects.create(name=name, email=address or None, language=language, **facts)


def organisation(name: str = "", **facts: Any) -> Organisation:
    """An association, unless ``facts`` say otherwise."""
    from kutomo.core.organisations import rules

    name = name or f"Järjestö {next(_numbers)} ry"
    return Organisation.objects.create(
        name=name, name_key=rules.name_key(name), created_at=facts.pop("created_at", now()), **facts
    )


def network(by: Person | None = None, name: str = "Kynnyksen yli", **facts: Any) -> Network:
    """A network led by ``by`` (somebody new if None)."""
    return networks.start(by=by or person(), name=name, **facts)


def member(
    network: Network, name: str = "", organisation: Any = None, kind: str = "representative", **facts: Any
) -> Person:
    """Somebody who sits in ``network`` by the leader's invitation."""
    somebody = person(name, **facts)
    networks.seat(
        by=leader_of(network),
        network=network,
        person=somebody,
        organisation=organisation,
        kind=kind,
        mandate=Representation.Mandate.SPEAK if organisation else Representation.Mandate.SELF,
    )
    return somebody


def holder(network: Network, role: Role, name: str = "", **facts: Any) -> Person:
    """Somebody who was offered ``role`` and accepted. Only an observer may do without a seat."""
    somebody = person(name, **facts) if role == Role.OBSERVER else member(network, name, **facts)
    give(network, somebody, role)
    return somebody


def give(network: Network, somebody: Person, role: Role) -> None:
    """``somebody`` is offered ``role`` by the leader and accepts."""
    term = networks.offer_role(
        by=leader_of(network), network=network, person=somebody, role=role, reason="The work asks for it."
    )
    networks.answer_offer(by=somebody, term=term, accept=True)
    network.__dict__.pop("_roles", None)


def leader_of(network: Network) -> Person:
    """The first of those who lead ``network``."""
    from kutomo.core.networks import queries

    return queries.holders(network, Role.LEADER)[0]
