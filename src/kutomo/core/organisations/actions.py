"""What can be done to organisations."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.actions import record
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.mail.address import tidy

from . import events, queries, rules
from .models import Affiliation, ContactPoint, Organisation

FACTS = ("name", "kind", "business_id", "municipality", "county", "parent", "themes", "web", "is_economic")


@transaction.atomic
def meet(
    *, by: Any, name: str, business_id: str = "", municipality: str = "", kind: str = "", is_example: bool = False
) -> Organisation:
    """The organisation of that business ID or name, made when there is none yet.

    ``municipality``: a code of the reference data; ``kind`` is guessed from the name when empty.
    Raises RuleBroken for an empty name or a wrong business ID.
    """
    name = " ".join(name.split())[:200]
    if not name:
        raise RuleBroken(_("Give the organisation's name."), field="name")
    number = _business_id(business_id)
    if by is not None:
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # held: a form sent twice is one
    if known := queries.same(name, number):
        if number and not known.business_id:
            known.business_id = number
            known.save(update_fields=["business_id"])
        return known
    town = rules.municipalities().get(municipality)
    made = Organisation.objects.create(
        name=name,
        name_key=rules.name_key(name)[:200],
        kind=kind if kind in Organisation.Kind.values else rules.guess_kind(name),
        business_id=number,
        municipality=town.code if town else "",
        county=town.county.code if town else "",
        is_example=is_example,
        created_at=now(),
    )
    record(events.ORGANISATION_MET, by=by, thing=("organisations.organisation", made.pk), title=made.name)
    return made


@transaction.atomic
def belong(*, by: Any, organisation: Organisation, person: Any) -> Affiliation:
    """Note that ``person`` is one of the organisation's people; the caller has passed its own gate."""
    row, _created = Affiliation.objects.get_or_create(
        organisation=organisation, person=person, defaults={"since": today()}
    )
    return row


@transaction.atomic
def part_all(*, by: Any, addresses: list[str]) -> None:
    """``by`` leaves the house: no longer one of any organisation's people. The organisations stay.

    A contact point with one of the person's ``addresses`` goes; one under an office's address loses the name.
    """
    ContactPoint.objects.filter(email__in=[one for one in addresses if one]).delete()
    mine = Affiliation.objects.filter(person=by).values("organisation")
    ContactPoint.objects.filter(organisation__in=mine, name=str(by.name)).update(name="")
    Affiliation.objects.filter(person=by).delete()


@transaction.atomic
def change(*, by: Any, organisation: Organisation, **facts: Any) -> Organisation:
    """Change facts of the organisation's page (see FACTS).

    Raises NotAllowed for others than its own people, RuleBroken for a business ID that is wrong or taken, an
    unknown place, or a parent that would make a circle.
    """
    _require(by, organisation)
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not a fact of an organisation: {unknown}")
    if "business_id" in facts:
        facts["business_id"] = _business_id(facts["business_id"])
        taken = Organisation.objects.filter(business_id=facts["business_id"]).exclude(pk=organisation.pk).first()
        if facts["business_id"] and taken:
            raise RuleBroken(
                _("%(name)s has this business ID already."), field="business_id", params={"name": taken.name}
            )
    if facts.get("municipality") and not facts.get("county"):
        facts["county"] = rules.municipalities()[facts["municipality"]].county.code
    if "parent" in facts:
        _refuse_circle(organisation, facts["parent"])
    for field, value in facts.items():
        setattr(organisation, field, value)
    if "name" in facts:
        organisation.name = " ".join(organisation.name.split())
        if not organisation.name:
            raise RuleBroken(_("Give the organisation's name."), field="name")
        organisation.name_key = rules.name_key(organisation.name)[:200]
    organisation.save()
    record(
        events.ORGANISATION_CHANGED,
        by=by,
        thing=("organisations.organisation", organisation.pk),
        title=organisation.name,
    )
    return organisation


@transaction.atomic
def add_contact(
    *, by: Any, organisation: Organisation, about: str, name: str = "", email: str = "", phone: str = ""
) -> ContactPoint:
    """Add a contact point. Raises RuleBroken when it has neither address nor phone, or the address is broken."""
    _require(by, organisation)
    if not email.strip() and not phone.strip():
        raise RuleBroken(_("Give an e-mail address or a phone number."), field="email")
    point = ContactPoint.objects.create(
        organisation=organisation,
        about=about.strip(),
        name=name.strip(),
        email=tidy(email) if email.strip() else "",
        phone=phone.strip(),
    )
    record(
        events.CONTACT_ADDED,
        by=by,
        thing=("organisations.organisation", organisation.pk),
        title=organisation.name,
    )
    return point


@transaction.atomic
def remove_contact(*, by: Any, point: ContactPoint) -> None:
    """Remove a contact point."""
    _require(by, point.organisation)
    organisation = point.organisation
    point.delete()
    record(
        events.CONTACT_REMOVED,
        by=by,
        thing=("organisations.organisation", organisation.pk),
        title=organisation.name,
    )


def _require(by: Any, organisation: Organisation) -> None:
    if not queries.may_change(by, organisation):
        raise NotAllowed(queries.NOT_YOURS)


def _business_id(text: str) -> str:
    if not text.strip():
        return ""
    if (number := rules.business_id(text)) is None:
        raise RuleBroken(
            _("This is not a Finnish business ID. It looks like 1234567-1, and its last digit has to fit."),
            field="business_id",
        )
    return number


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    above, steps = parent, 0
    while above is not None and steps < 20:
        if above.pk == organisation.pk:
            raise RuleBroken(_("An organisation cannot stand above itself."), field="parent")
        above, steps = above.parent, steps + 1
