"""Commitment cards: who brings what, how many organisations have confirmed, how many hours there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.consent import queries as consents
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound

from .. import rules
from ..models import AcquaintanceRound, BehalfWord, CardStateWord, CommitmentCard, Unlocking


@dataclass(frozen=True)
class Lock:
    """Whether the cards are open, and by what."""

    round: AcquaintanceRound | None = None
    unlocking: Unlocking | None = None

    @property
    def is_open(self) -> bool:
        return self.round is not None or self.unlocking is not None


def lock(network: Network) -> Lock:
    """Open after an acquaintance round, or by a leader's reasoned override; two queries at most."""
    held = AcquaintanceRound.objects.filter(network=network).first()
    return Lock(held, None if held else Unlocking.objects.filter(network=network).select_related("by").first())


def _rows() -> QuerySet[CommitmentCard]:
    return CommitmentCard.objects.select_related(
        "network", "seat__organisation", "person", "confirmed_by", "recorded_by"
    )


def visible_cards(person: Any) -> QuerySet[CommitmentCard]:
    """Cards are read in the network, by those who have a seat or a role there."""
    return _rows().filter(network__in=networks.visible_to(person))


def card(person: Any, network: Network, pk: int) -> CommitmentCard:
    """One card of ``network``; NotFound for one that ``person`` may not see."""
    found = _rows().filter(network=network, pk=pk).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such commitment card here."))
    found.network = network
    return found


def cards(network: Network) -> list[CommitmentCard]:
    """The live cards, in the order in which the seats joined."""
    return list(_rows().filter(network=network).exclude(state=CardStateWord.ENDED))


def mine(person: Any, network: Network) -> list[CommitmentCard]:
    """The person's own cards here, live ones first, newest first."""
    rows = _rows().filter(network=network, person=person).order_by("-written_at")
    return sorted(rows, key=lambda row: not row.is_live)


def coverage(
    network: Network, live: list[CommitmentCard] | None = None, seated: Iterable[Seat] | None = None
) -> rules.Coverage:
    """Organisations with a confirmed card of their own, of all organisations seated today.

    ``live``, ``seated``: the cards and the seats, when the caller has read them already. Private persons' seats are
    not organisations.
    """
    live = cards(network) if live is None else live
    seats = {seat.pk for seat in (networks.seats(network) if seated is None else seated) if seat.organisation_id}
    given = [row for row in live if row.behalf == BehalfWord.ORGANISATION and row.seat_id in seats]
    confirmed = {row.seat_id for row in given if row.state == CardStateWord.CONFIRMED and not row.follows}
    following = {row.seat_id for row in given if row.follows} - confirmed
    waiting = {row.seat_id for row in given if row.state == CardStateWord.PROPOSED} - confirmed - following
    return rules.Coverage(len(confirmed), len(seats), len(following), len(waiting))


def hours_promised(network: Network, live: list[CommitmentCard] | None = None) -> rules.Span:
    """Hours a month over the confirmed cards, organisations' and people's; paused ones do not count."""
    live = cards(network) if live is None else live
    return rules.hours(row.hours for row in live if row.state == CardStateWord.CONFIRMED and not row.follows)


def waiting_cards(person: Any, among: Iterable[Network]) -> list[CommitmentCard]:
    """Cards on which ``person`` should act: own ones to check or renew, those to confirm for a seat; one query."""
    binds = Representation.objects.current().filter(person=person, mandate=Representation.Mandate.BIND)
    rows = _rows().filter(network__in=list(among)).exclude(state=CardStateWord.ENDED)
    rows = rows.filter(
        Q(person=person) | Q(seat__in=binds.values("seat"), state=CardStateWord.PROPOSED, behalf="organisation")
    )
    return [row for row in rows if row.person_id != person.pk or row.waits_for_check or row.ends_soon]


def _running() -> QuerySet[CommitmentCard]:
    return _rows().filter(state__in=[CardStateWord.CONFIRMED, CardStateWord.PAUSED])


def ending_soon() -> list[CommitmentCard]:
    """Cards that end within 30 days and whose holder has not been asked about this end."""
    last = today() + timedelta(days=rules.REMIND_DAYS)
    rows = _running().filter(expires_on__gte=today(), expires_on__lte=last)
    return list(rows.filter(reminded_on=None))  # renewing empties the day


def expired() -> list[CommitmentCard]:
    """Cards whose last day has passed."""
    return list(_running().filter(expires_on__lt=today()))


def of_left_seats() -> list[CommitmentCard]:
    """Live cards whose holder no longer sits on the seat."""
    sits = Representation.objects.current().values_list("seat_id", "person_id")
    sitting = set(sits)
    rows = _rows().exclude(state=CardStateWord.ENDED)
    return [row for row in rows if (row.seat_id, row.person_id) not in sitting]


@dataclass(frozen=True)
class Writing:
    """What somebody needs in order to write a card: on which seat, with which rights, and what stands there."""

    card: CommitmentCard | None
    seat: int | None
    organisation: str
    binds: bool
    chairs: list[Representation]


def writing(person: Any, network: Network, seat: int | None = None) -> Writing:
    """The seat that ``person`` writes for (the first if ``seat`` is None) and the live card there."""
    found = consents.chairs(person, network)
    chair = next((row for row in found if row.seat_id == seat), found[0] if found else None)
    if chair is None:
        return Writing(None, None, "", False, [])
    live = _rows().filter(seat=chair.seat_id, person=person).exclude(state=CardStateWord.ENDED).first()
    return Writing(
        card=live,
        seat=chair.seat_id,
        organisation=chair.seat.organisation.name if chair.seat.organisation else "",
        binds=chair.mandate == Representation.Mandate.BIND,
        chairs=found,
    )


def may_confirm(person: Any, card: CommitmentCard) -> bool:
    """Whether ``person`` is the second key: the named confirmer, or one on the seat who can bind it."""
    if person.pk == card.confirmer_id:
        return True
    binds = Representation.objects.current().filter(
        seat=card.seat_id, person=person, mandate=Representation.Mandate.BIND
    )
    return binds.exists()


def card_of_link(network: str, pk: int) -> CommitmentCard:
    """The card that a confirmation link is about; the token decides who may read it."""
    found = _rows().filter(network__slug=network, pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such commitment card here."))
    return found
