"""A few people that every reader of the tests knows. Aino leads, Björn sits, Cecilia is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from kutomo.core.access import Role
from kutomo.core.networks.models import Network
from kutomo.core.organisations.models import Organisation
from kutomo.core.people.models import Person

from . import make


@dataclass(frozen=True)
class Cast:
    """``network`` is Aino's; Cecilia leads ``elsewhere`` and has no part in it."""

    network: Network
    aino: Person  # leads
    bjorn: Person  # a member; sits for Kynnyskahvit ry; reads Swedish
    kynnyskahvit: Organisation
    oskari: Person  # observes
    cecilia: Person  # a stranger here
    elsewhere: Network
    otso: Person  # operates the installation


def gather() -> Cast:
    """The cast in their places (inside a test with the database)."""
    aino = make.person("Aino Aalto", "aino@example.org")
    network = make.network(aino)
    kynnyskahvit = make.organisation("Kynnyskahvit ry")
    bjorn = make.member(network, "Björn Berg", kynnyskahvit, email="bjorn@example.org", language="sv")
    oskari = make.holder(network, Role.OBSERVER, "Oskari Oksa", email="oskari@example.org")
    cecilia = make.person("Cecilia Ceder", "cecilia@example.org")
    elsewhere = make.network(cecilia, "Toisaalla")
    otso = make.person("Otso Operaattori", "otso@example.org", is_operator=True)
    return Cast(network, aino, bjorn, kynnyskahvit, oskari, cecilia, elsewhere, otso)
