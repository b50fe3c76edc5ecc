"""What the pages of this room stand on, each read once for a page and only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.work.commitments import queries as commitments
from kutomo.work.relations import queries as relations
from kutomo.work.relations.queries.knowledge import off_map
from kutomo.work.relations.rules.shape import Report


@dataclass(frozen=True)
class Material:
    """The network as ``person`` may see it; None is the house itself, for what every member may see."""

    person: Any
    network: Network

    @cached_property
    def seats(self) -> dict[int, Seat]:
        """The seats held today by key, with those who sit."""
        return {seat.pk: seat for seat in networks.seats(self.network)}

    @cached_property
    def names(self) -> dict[int, str]:
        return {pk: seat.name for pk, seat in self.seats.items()}

    @cached_property
    def mine(self) -> Seat | None:
        """The seat of ``person``, an organisation's before one's own."""
        own = [seat for seat in self.seats.values() if any(row.person_id == self.person.pk for row in seat.sitting())]
        return min(own, key=lambda seat: (seat.organisation_id is None, seat.pk), default=None)

    @cached_property
    def reports(self) -> list[Report]:
        """The reports of closed waves, the newest last: the same for everybody."""
        ready = relations.ready(self.network) if self.person is None else relations.reports(self.person, self.network)
        return list(ready)

    @property
    def newest(self) -> Report | None:
        return self.reports[-1] if self.reports else None

    @cached_property
    def cards(self) -> list[Any]:
        """The live commitment cards, which every member may read."""
        return commitments.cards(self.network)

    @cached_property
    def off_map(self) -> set[int]:
        """Seats that do not want to be on the map."""
        return off_map(self.network)
