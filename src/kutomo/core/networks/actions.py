"""What can be done to a network, its seats and its roles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.activity.actions import forget, record
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.organisations import actions as organisations
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from . import events
from .models import ROLE_LABELS, Network, Representation, RoleTerm, Seat

ROLE_OFFERED = "networks/letters/role_offered.md"
TWICE = timedelta(seconds=10)  # within which the same form is the same sending
ROLE_DAYS = 365  # a role is offered for a year unless said otherwise


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "network"
    taken = set(Network.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def _begin(**facts: Any) -> Network:
    """A network under a free address; somebody else may take the same one in the same moment."""
    for _n in range(5):
        try:
            with transaction.atomic():
                slug = _free_slug(facts["name"])
                return Network.objects.create(slug=slug, stage=Network.Stage.IDEA, started_at=now(), **facts)
        except IntegrityError:
            continue
    raise RuleBroken(_("Give the network another name."), field="name")


@transaction.atomic
def start(
    *,
    by: Any,
    name: str,
    theme: str = "",
    challenge: str = "",
    languages: str = "fi",
    yarn: str = Network.Yarn.SINI,
    organisation: Any = None,
    is_example: bool = False,
) -> Network:
    """Start a network. ``by`` becomes its leader and sits for ``organisation``, or as oneself without one.

    The same form sent twice in a moment starts one network. Raises RuleBroken on an empty name.
    """
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Give the network a name."), field="name")
    facts = {"name": name, "theme": theme, "challenge": challenge, "languages": languages, "yarn": yarn}
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one start of one person at a time
    begun = Network.objects.filter(started_at__gt=now() - TWICE, role_terms__person=by, role_terms__offered_by=by)
    if twin := begun.filter(**facts).first():
        return twin
    network = _begin(**facts, is_example=is_example)
    chair = Seat.objects.create(network=network, organisation=organisation, joined_on=today())
    Representation.objects.create(
        seat=chair, person=by, mandate=Representation.Mandate.SPEAK if organisation else "self", since=today()
    )
    if organisation is not None:
        organisations.belong(by=by, organisation=organisation, person=by)
    RoleTerm.objects.create(
        network=network,
        person=by,
        role=Role.LEADER,
        state=RoleTerm.State.ACCEPTED,
        since=today(),
        offered_by=by,
        answered_at=now(),
    )
    record(events.NETWORK_STARTED, by=by, network=network, title=name)
    return network


@transaction.atomic
def change(*, by: Any, network: Network, reason: str, **facts: str) -> Network:
    """Change name, theme, challenge, languages, yarn or stage; every member sees the reason."""
    gate.require(by, Can.SETTLE, network)
    allowed = {"name", "theme", "challenge", "languages", "yarn", "stage"}
    if unknown := set(facts) - allowed:
        raise TypeError(f"not a fact of a network: {unknown}")
    if not facts.get("name", network.name).strip():
        raise RuleBroken(_("Give the network a name."), field="name")
    for field, value in facts.items():
        setattr(network, field, value)
    network.save(update_fields=sorted(facts))
    record(events.NETWORK_CHANGED, by=by, network=network, title=network.name, reason=reason)
    return network


@transaction.atomic
def seat(
    *,
    by: Any,
    network: Network,
    person: Any,
    organisation: Any = None,
    mandate: str = Representation.Mandate.SELF,
    kind: str = Representation.Kind.REPRESENTATIVE,
) -> Representation:
    """Let ``person`` sit for ``organisation``, or as oneself; the seat is made if there is none yet.

    ``by`` is whoever may give seats, or the person who answers an own invitation (the invitation is then
    the leader's earlier consent, checked by the room of candidates). Sitting twice changes nothing.
    Raises NotAllowed otherwise.
    """
    if by != person:
        gate.require(by, Can.MANAGE_SEATS, network)
    chair = None
    if organisation is not None:
        chair = Seat.objects.current().filter(network=network, organisation=organisation).first()
    else:
        own = Representation.objects.current().filter(seat__network=network, seat__organisation=None, person=person)
        if sitting := own.select_related("seat").first():
            return sitting
    if chair is None:
        chair = Seat.objects.create(network=network, organisation=organisation, joined_on=today())
        record(
            events.SEAT_GIVEN,
            by=by,
            network=network,
            thing=("networks.seat", chair.pk),
            title=organisation.name if organisation else person.name,
            data={} if organisation else {"person": person.pk},
        )
    sitting, created = Representation.objects.get_or_create(
        seat=chair, person=person, until=None, defaults={"mandate": mandate, "kind": kind, "since": today()}
    )
    network.__dict__.pop("_roles", None)
    if created and organisation:
        organisations.belong(by=by, organisation=organisation, person=person)
        record(
            events.SITTING_BEGAN,
            by=by,
            network=network,
            thing=("networks.seat", chair.pk),
            title=organisation.name,
            data=_named(person),
        )
    return sitting


def _named(person: Any) -> dict[str, Any]:
    return {"name": person.name, "person": person.pk}


def _may_change_seat(by: Any, chair: Seat) -> bool:
    binds = chair.representations.current().filter(person=by, mandate=Representation.Mandate.BIND)
    return gate.may(by, Can.MANAGE_SEATS, chair.network) or binds.exists()


@transaction.atomic
def set_mandate(*, by: Any, sitting: Representation, mandate: str, kind: str) -> Representation:
    """Say what a sitter may do for the organisation: themselves to speak, others need the power to bind."""
    chair = sitting.seat
    own_step = by == sitting.person and mandate in (Representation.Mandate.SELF, Representation.Mandate.SPEAK)
    if not own_step and not _may_change_seat(by, chair):
        raise NotAllowed(
            _("Somebody who can bind the organisation, or the network's leader, decides this."),
            can=Can.MANAGE_SEATS,
            network=chair.network,
        )
    if not chair.organisation and mandate != Representation.Mandate.SELF:
        raise RuleBroken(_("On an own seat a person speaks for self."), field="mandate")
    sitting.mandate, sitting.kind = mandate, kind
    sitting.save(update_fields=["mandate", "kind"])
    record(events.MANDATE_CHANGED, by=by, network=chair.network, title=chair.name, data=_named(sitting.person))
    return sitting


@transaction.atomic
def set_contact(*, by: Any, chair: Seat, contact: str) -> Seat:
    """Say how the seat is reached; those who sit there and those who may change the seat."""
    sits = chair.representations.current().filter(person=by).exists()
    if not sits and not _may_change_seat(by, chair):
        raise NotAllowed(_("Only those who sit here, or the network's leader, can change this."), network=chair.network)
    chair.contact = " ".join(contact.split())
    chair.save(update_fields=["contact"])
    record(events.CONTACT_CHANGED, by=by, network=chair.network, thing=("networks.seat", chair.pk), title=chair.name)
    return chair


@transaction.atomic
def stand_up(*, by: Any, sitting: Representation, hand_over: str = "") -> Representation:
    """End a sitting from today on; the seat and its history stay.

    The sitter leaves a hand-over note for whoever comes next. Raises NotAllowed for others than the sitter
    and those who may change the seat.
    """
    chair = sitting.seat
    if by != sitting.person and not _may_change_seat(by, chair):
        raise NotAllowed(_("Only the person, or the network's leader, can end this."), network=chair.network)
    if sitting.until is not None:
        raise RuleBroken(_("This has ended already."))
    sitting.until, sitting.hand_over = today(), hand_over
    sitting.save(update_fields=["until", "hand_over"])
    if not chair.organisation:
        chair.left_on = today()
        chair.save(update_fields=["left_on"])
    chair.network.__dict__.pop("_roles", None)
    _end_roles_without_seat(chair.network, sitting.person)
    record(
        events.SITTING_ENDED,
        by=by,
        network=chair.network,
        thing=("networks.seat", chair.pk),
        title=chair.organisation.name if chair.organisation else sitting.person.name,
        data=_named(sitting.person),
    )
    return sitting


def _end_roles_without_seat(network: Network, person: Any) -> None:
    if not Representation.objects.current().filter(seat__network=network, person=person).exists():
        RoleTerm.objects.current().filter(network=network, person=person).update(
            until=today(), state=RoleTerm.State.ENDED
        )


@transaction.atomic
def leave(*, by: Any, chair: Seat, words: str = "") -> Seat:
    """The organisation (or the private person) leaves its seat; all sittings on it end today."""
    sits = chair.representations.current().filter(person=by).exists()
    if not sits and not gate.may(by, Can.MANAGE_SEATS, chair.network):
        raise NotAllowed(
            _("Only those who sit here, or the network's leader, can leave the seat."), network=chair.network
        )
    if chair.left_on is not None:
        raise RuleBroken(_("This seat has been left already."))
    title, data = chair.name, {}
    people = [row.person for row in chair.representations.current().select_related("person")]
    chair.representations.current().update(until=today())
    chair.left_on, chair.leaving_words = today(), words[:500]
    chair.save(update_fields=["left_on", "leaving_words"])
    chair.network.__dict__.pop("_roles", None)
    for person in people:
        _end_roles_without_seat(chair.network, person)
    if not chair.organisation and people:
        data = {"person": people[0].pk}
    record(events.SEAT_LEFT, by=by, network=chair.network, thing=("networks.seat", chair.pk), title=title, data=data)
    return chair


@transaction.atomic
def offer_role(
    *, by: Any, network: Network, person: Any, role: Role, reason: str, until: date | None = None, words: str = ""
) -> RoleTerm:
    """Offer a role; it begins when the person accepts (methods § A2, A3). Lasts a year if ``until`` is None."""
    gate.require(by, Can.OFFER_ROLES, network)
    if role == Role.MEMBER:
        raise RuleBroken(_("A member is somebody with a seat. Give a seat instead."), field="role")
    if until is not None and until <= today():
        raise RuleBroken(_("Choose an end date in the future."), field="until")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one offer to one person at a time
    open_states = [RoleTerm.State.OFFERED, RoleTerm.State.ACCEPTED]
    held = RoleTerm.objects.filter(network=network, person=person, role=role, state__in=open_states)
    if any(term.until is None or term.until > today() for term in held):
        raise RuleBroken(_("This role is already offered to or held by the person."), field="role")
    term = RoleTerm.objects.create(
        network=network,
        person=person,
        role=role,
        since=today(),
        until=until or today() + timedelta(days=ROLE_DAYS),
        offered_by=by,
        words=words[:300],
    )
    record(
        events.ROLE_OFFERED,
        by=by,
        network=network,
        title=str(ROLE_LABELS[role]),
        data=_named(person) | {"role": role},
        reason=reason,
    )
    letters.send(
        letter=ROLE_OFFERED,
        to=letters.Addressee.of(person),
        network=network,
        context={"role": ROLE_LABELS[role], "by": by.name, "words": words, "until": term.until},
        key=f"role-offered:{term.pk}",
    )
    return term


@transaction.atomic
def answer_offer(*, by: Any, term: RoleTerm, accept: bool) -> RoleTerm:
    """Accept or decline a role that was offered to oneself. Nobody can answer for another."""
    term = RoleTerm.objects.select_for_update().select_related("network", "person").get(pk=term.pk)
    if by != term.person:
        raise NotAllowed(_("Only the person to whom the role was offered can answer."), network=term.network)
    if term.state != RoleTerm.State.OFFERED:
        raise RuleBroken(_("This offer has been answered already."))
    term.state = RoleTerm.State.ACCEPTED if accept else RoleTerm.State.DECLINED
    term.since, term.answered_at = today(), now()
    term.save(update_fields=["state", "since", "answered_at"])
    term.network.__dict__.pop("_roles", None)
    kind = events.ROLE_ACCEPTED if accept else events.ROLE_DECLINED
    record(kind, by=by, network=term.network, data={"role": term.role})
    return term


@transaction.atomic
def end_role(*, by: Any, term: RoleTerm) -> RoleTerm:
    """Lay a role down, or take an offer back. The last leader first finds another one.

    Raises NotAllowed for others than the holder and those who offer roles.
    """
    network = term.network
    if by != term.person and not gate.may(by, Can.OFFER_ROLES, network):
        raise NotAllowed(_("Only the holder, or the network's leader, can end a role."), network=network)
    if term.role == Role.LEADER and term.state == RoleTerm.State.ACCEPTED:
        others = RoleTerm.objects.current().filter(network=network, role__in=[Role.LEADER, Role.CO_LEADER])
        if not others.exclude(pk=term.pk).exists():
            raise RuleBroken(_("The network would be left without a leader. Offer the role to somebody first."))
    term.state, term.until = RoleTerm.State.ENDED, max(today(), term.since)
    term.save(update_fields=["state", "until"])
    network.__dict__.pop("_roles", None)
    record(events.ROLE_ENDED, by=by, network=network, data=_named(term.person) | {"role": term.role})
    return term


@transaction.atomic
def leave_all(*, by: Any) -> None:
    """Stand up from every seat and lay down every role: ``by`` removes the own account.

    An own seat loses its contact and words of leaving; an organisation's contact goes when it names ``by``.
    """
    name, email = str(by.name), by.email or str(by.name)
    sat = Seat.objects.filter(representations__person=by)
    for chair in sat.filter(Q(organisation=None) | Q(contact__icontains=name) | Q(contact__icontains=email)):
        chair.contact = ""
        chair.leaving_words = chair.leaving_words if chair.organisation_id else ""
        chair.save(update_fields=["contact", "leaving_words"])
    for sitting in Representation.objects.current().filter(person=by).select_related("seat__network", "person"):
        stand_up(by=by, sitting=sitting)
    RoleTerm.objects.filter(person=by).exclude(state=RoleTerm.State.ENDED).update(
        state=RoleTerm.State.ENDED, until=today()
    )
    RoleTerm.objects.filter(person=by).update(words="")
    RoleTerm.objects.filter(offered_by=by).update(offered_by=None)


@transaction.atomic
def forget_past(*, limit: date) -> int:
    """The clock: of memberships that ended on ``limit`` or before, nobody's name is kept (methods § A14).

    Who sat where and who had a role goes, and the names in the network's log of those who hold nothing there any
    more. The seat with its days stays, an organisation's with its name. Returns how many rows went.
    """
    over = Q(until__lte=limit) | Q(seat__left_on__lte=limit)
    sat = list(Representation.objects.filter(over).select_related("person", "seat__network"))
    held = list(
        RoleTerm.objects.filter(
            Q(until__lte=limit) | Q(state=RoleTerm.State.DECLINED, answered_at__date__lte=limit)
        ).select_related("person", "network")
    )
    Representation.objects.filter(pk__in=[row.pk for row in sat]).delete()
    RoleTerm.objects.filter(pk__in=[row.pk for row in held]).delete()
    Seat.objects.filter(left_on__lte=limit).exclude(contact="", leaving_words="").update(contact="", leaving_words="")
    who = {(row.person, row.seat.network) for row in sat} | {(row.person, row.network) for row in held}
    for person, network in who:
        stays = Representation.objects.filter(seat__network=network, person=person).exists()
        if not stays and not RoleTerm.objects.filter(network=network, person=person).exists():
            forget(by=person, network=network)
    return len(sat) + len(held)


def _example_offer() -> dict[str, Any]:
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    return {
        "network": network,
        "role": ROLE_LABELS[Role.WEAVER],
        "by": "Marjut Oinosvaara",
        "words": "Tunnet rannikon paremmin kuin kukaan meistä.",
        "until": today() + timedelta(days=ROLE_DAYS),
    }


preview(ROLE_OFFERED, _example_offer, title=_("A role is offered"))
