"""What can be asked of organisations. Their pages are open to everybody who has signed in."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import NotAllowed, NotFound

from . import rules
from .models import Affiliation, ContactPoint, Organisation

PAGE = 20
NOT_YOURS = _("Only people of the organisation can change its page. Ask one of them.")


def visible_to(person: Any) -> QuerySet[Organisation]:
    """Every organisation for those who have signed in, none for others."""
    if person is None or not getattr(person, "is_authenticated", False):
        return Organisation.objects.none()
    return Organisation.objects.all()


def get(person: Any, pk: int) -> Organisation:
    """The organisation with its parent; NotFound when there is none."""
    found = visible_to(person).select_related("parent").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such organisation."))
    return found


def get_to_change(person: Any, pk: int) -> Organisation:
    """An organisation whose page ``person`` may change; NotAllowed otherwise."""
    found = get(person, pk)
    if not may_change(person, found):
        raise NotAllowed(NOT_YOURS)
    return found


def find(person: Any, *, words: str = "", kind: str = "", county: str = "", page: str = "1") -> Page[Organisation]:
    """A page of organisations by name, business ID or theme; accents, case and legal forms do not matter."""
    rows = visible_to(person).order_by("name", "pk")
    words = words.strip()
    if number := rules.business_id(words):
        rows = rows.filter(business_id=number)
    elif words:
        key = rules.name_key(words)
        rows = rows.filter(Q(name_key__contains=key) | Q(name__icontains=words) | Q(themes__icontains=words))
    if kind in Organisation.Kind.values:
        rows = rows.filter(kind=kind)
    if county:
        rows = rows.filter(county=county)
    return Paginator(rows, PAGE).get_page(page)


def same(name: str, business_id: str = "") -> Organisation | None:
    """The organisation that has this business ID, or else this name (however spelled); None when unknown."""
    if business_id and (known := Organisation.objects.filter(business_id=business_id).first()):
        return known
    alike = Organisation.objects.filter(name_key__in=rules.name_keys(name)).order_by("pk")
    for one in alike:
        if not business_id or not one.business_id:
            return one
    return None


def members(organisation: Organisation) -> list[Organisation]:
    """Those that name ``organisation`` as their parent."""
    return list(organisation.members.order_by("name", "pk"))


def contact_points(organisation: Organisation) -> list[ContactPoint]:
    """Where it can be reached."""
    return list(organisation.contact_points.all())


def contact_point(organisation: Organisation, pk: int) -> ContactPoint:
    """One contact point; NotFound when it is gone."""
    found = organisation.contact_points.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such contact point."))
    return found


def belongs(person: Any, organisation: Organisation) -> bool:
    """Whether ``person`` is one of the organisation's own people."""
    return Affiliation.objects.filter(person=person, organisation=organisation).exists()


def of(person: Any) -> list[Organisation]:
    """The organisations to which ``person`` belongs."""
    return list(Organisation.objects.filter(affiliations__person=person).order_by("name", "pk"))


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The person's affiliations, for the person's own export."""
    rows = Affiliation.objects.filter(person=person).select_related("organisation")
    return [{"organisation": row.organisation.name, "since": row.since} for row in rows]


def may_change(person: Any, organisation: Organisation) -> bool:
    """Its own people and the operator; anybody signed in as long as it has no people of its own."""
    if person is None or not getattr(person, "is_authenticated", False):
        return False
    if person.is_operator or belongs(person, organisation):
        return True
    return not Affiliation.objects.filter(organisation=organisation).exists()


def names(person: Any, limit: int = 500) -> list[str]:
    """Names for a field that suggests while one types."""
    return list(visible_to(person).order_by("name").values_list("name", flat=True)[:limit])
