"""The list of candidates and who may do what with one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, NotFound
from kutomo.ground.text import whole_number

from ..models import Candidate, Invitation, JoinRequest
from ..rules import states

PAGE = 20
S = Candidate.State
FILTERS: tuple[tuple[str, Any], ...] = (
    ("", _("All")),
    ("potential", _("Not yet invited")),
    ("invited", _("Invited")),
    ("replied", _("Said yes")),
    ("seated", _("Have a seat")),
    ("later", _("Asked to be asked later")),
    ("declined", _("Said no")),
    ("mine", _("I invite")),
    ("nobody", _("Nobody invites")),
)


def _filtered(rows: QuerySet[Candidate], person: Any, show: str) -> QuerySet[Candidate]:
    if show in S.values:
        return rows.filter(state=show)
    if show == "mine":
        return rows.filter(inviter=person)
    if show == "nobody":
        return rows.filter(inviter=None, state__in=[S.POTENTIAL, S.LATER])
    return rows


def listed(person: Any, network: Network, *, show: str = "", words: str = "", page: str = "1") -> Page[Candidate]:
    """A page of the network's candidates in the order in which they came. Raises NotAllowed for observers."""
    gate.require(person, Can.PROPOSE, network)
    everybody = Candidate.objects.filter(network=network).select_related("inviter", "organisation", "network")
    rows = _filtered(everybody, person, show)
    if words := words.strip():
        rows = rows.filter(Q(organisation_name__icontains=words) | Q(name__icontains=words) | Q(email__iexact=words))
    return Paginator(rows, PAGE).get_page(page)


def counts(person: Any, network: Network) -> dict[str, int]:
    """How many candidates each of FILTERS shows, in one query."""
    open_states = Q(state__in=[S.POTENTIAL, S.LATER])
    row = Candidate.objects.filter(network=network).aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(inviter=person)),
        nobody=Count("pk", filter=Q(inviter=None) & open_states),
        **{state: Count("pk", filter=Q(state=state)) for state in S.values},
    )
    return {"" if name == "all" else name: number for name, number in row.items()}


def get(person: Any, network: Network, pk: int) -> Candidate:
    """One candidate; NotFound when there is none, NotAllowed for observers."""
    gate.require(person, Can.PROPOSE, network)
    found = (
        Candidate.objects.filter(network=network, pk=pk)
        .select_related(
            "inviter", "organisation", "network", "seat", "source", "added_by", "suggested_by", "entered_by"
        )
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such candidate in this network."))
    return found


def to_invite(person: Any, network: Network, pks: Iterable[str | int]) -> list[Candidate]:
    """Those of ``pks`` whom ``person`` may invite by mail now, in the order of the list."""
    numbers = [pk for pk in map(whole_number, pks) if pk is not None][:500]
    rows = (
        Candidate.objects.filter(network=network, pk__in=numbers).exclude(email="").select_related("network", "inviter")
    )
    return [row for row in rows if row.may_be_invited and may_invite(person, row)]


def has_invited(network: Network) -> bool:
    """Whether anybody of the network's list has been invited."""
    return Candidate.objects.filter(network=network).exclude(state=S.POTENTIAL).exists()


def not_invited(person: Any, network: Network) -> list[str]:
    """The numbers of all who have not been invited yet, in the order of the list."""
    gate.require(person, Can.PROPOSE, network)
    return [str(pk) for pk in Candidate.objects.filter(network=network, state=S.POTENTIAL).values_list("pk", flat=True)]


def chosen(person: Any, network: Network, pks: Iterable[str | int]) -> list[Candidate]:
    """The network's candidates among ``pks`` (at most 500)."""
    gate.require(person, Can.PROPOSE, network)
    numbers = [pk for pk in map(whole_number, pks) if pk is not None][:500]
    return list(Candidate.objects.filter(network=network, pk__in=numbers).select_related("network"))


def get_to_record(person: Any, network: Network, pk: int) -> Candidate:
    """A candidate whose answer ``person`` may enter; NotAllowed otherwise."""
    found = get(person, network, pk)
    found.network = network
    if not may_record(person, found):
        raise NotAllowed(
            _("A recorder, the one who invites or the network's leader enters answers."),
            can=Can.RECORD,
            network=network,
        )
    return found


def get_to_change(person: Any, network: Network, pk: int) -> Candidate:
    """A candidate whose facts ``person`` may correct; NotAllowed otherwise."""
    found = get(person, network, pk)
    found.network = network
    if not may_change(person, found):
        raise NotAllowed(
            _("The one who added the candidate, the one who invites and the network's leader correct the facts."),
            can=Can.MANAGE_CANDIDATES,
            network=network,
        )
    return found


def printable(person: Any, candidate: Candidate) -> Invitation | None:
    """The invitation that can be printed for ``candidate``, or None before one is made."""
    if not may_invite(person, candidate):
        raise NotAllowed(
            _("The one who agreed to invite, or the network's leader, sends this invitation."),
            can=Can.INVITE,
            network=candidate.network,
        )
    latest = candidate.invitations.first()
    return latest if latest and not latest.is_expired else None


def to_agree(person: Any, network: Network) -> list[Candidate]:
    """Candidates whom ``person`` was asked to invite and has not answered."""
    rows = Candidate.objects.filter(network=network, inviter=person, inviter_agreed_at=None)
    return list(rows.filter(state__in=[S.POTENTIAL, S.LATER]).select_related("network"))


def waiting_in(person: Any, among: Iterable[Network], *, decides: Iterable[Network]) -> dict[int, tuple[int, int]]:
    """What waits of those who might join, by the network's key; one query.

    How many candidates of ``among`` the person was asked to invite and has not answered, and how many requests
    to join wait in the networks where the person decides on them (``decides``).
    """
    asked = Candidate.objects.filter(
        network__in=list(among), inviter=person, inviter_agreed_at=None, state__in=[S.POTENTIAL, S.LATER]
    )
    asks = JoinRequest.objects.filter(network__in=list(decides), state=JoinRequest.State.WAITING)
    asked_, asks_ = [
        rows.order_by().values("network").annotate(what=Value(name), n=Count("pk")).values_list("network", "what", "n")
        for name, rows in (("asked", asked), ("asks", asks))
    ]
    counts = {(network, what): count for network, what, count in asked_.union(asks_, all=True)}
    return {
        network: (counts.get((network, "asked"), 0), counts.get((network, "asks"), 0))
        for network in dict.fromkeys(network for network, _what in counts)
    }


def inviters(network: Network, besides: Any = None) -> list[Person]:
    """Who can be asked to invite somebody: all who sit in the network, ``besides`` the one who asks."""
    return [person for person in networks.members(network) if person != besides]


def may_invite(person: Any, candidate: Candidate) -> bool:
    """The one who agreed to invite, or whoever manages the list."""
    if gate.may(person, Can.MANAGE_CANDIDATES, candidate.network):
        return True
    own = candidate.is_agreed and candidate.inviter_id == getattr(person, "pk", None)
    return own and gate.may(person, Can.INVITE, candidate.network)


def may_record(person: Any, candidate: Candidate) -> bool:
    """Who may enter an answer given by phone or on paper: a recorder, or the one who invites."""
    return is_recorder(person, candidate.network) or may_invite(person, candidate)


def is_recorder(person: Any, network: Network) -> bool:
    """Whether ``person`` may enter answers on behalf of others at all."""
    return gate.may(person, Can.RECORD, network)


def may_change(person: Any, candidate: Candidate) -> bool:
    """The list's manager, whoever added the candidate, and the one who invites."""
    if gate.may(person, Can.MANAGE_CANDIDATES, candidate.network):
        return True
    own = getattr(person, "pk", None) in (candidate.added_by_id, candidate.inviter_id)
    return own and candidate.state != S.SEATED and gate.may(person, Can.PROPOSE, candidate.network)


def may_remove(person: Any, candidate: Candidate) -> bool:
    """The list's manager or whoever added the candidate, while nobody has asked them."""
    own = gate.may(person, Can.MANAGE_CANDIDATES, candidate.network) or candidate.added_by_id == person.pk
    return own and states.may_be_removed(states.State(candidate.state))


def sees_contact(person: Any, candidate: Candidate) -> bool:
    """Who sees address, phone and note: those who need them to invite."""
    return may_change(person, candidate) or may_record(person, candidate)


def own_rows(person: Any) -> list[dict[str, Any]]:
    """What the person's own export tells: candidacies, whom one invites, requests to join."""
    facts = ("organisation_name", "name", "email", "phone", "note", "state", "reply", "reply_words", "replied_at")
    lines = ("worth", "need", "offer", "access_needs")
    addresses = [row.email for row in people.addresses(person)] or [person.email or "-"]
    mine = Candidate.objects.filter(Q(person=person) | Q(email__in=addresses)).values("network__name", *facts, *lines)
    invites = Candidate.objects.filter(inviter=person).values("network__name", "organisation_name", "name", "state")
    asked = JoinRequest.objects.filter(email__in=addresses).values("network__name", "name", "answers", "words", "state")
    return [
        *({"candidacy": row} for row in mine),
        *({"invites": row} for row in invites),
        *({"asked to join": row} for row in asked),
    ]


def due(network: Network) -> QuerySet[Candidate]:
    """Those who asked to be asked later, when the day has come."""
    return Candidate.objects.filter(network=network, state=S.LATER, ask_again_on__lte=today())
