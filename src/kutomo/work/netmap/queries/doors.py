"""Two doors to the same map: from within the network, and through a public link. Both see the same reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.work.relations import queries as relations
from kutomo.work.relations.queries.waves import waves
from kutomo.work.relations.rules.shape import Report

from ..models import MapLink
from ..rules.asked import WHOLE, Asked, parse

SALT = "netmap.link"


@dataclass(frozen=True)
class Door:
    """``reports`` that may be seen through it, oldest first; ``mine``: the reader's own seat, or 0; ``token``: the
    public link's, or ""; ``is_open``: a wave that takes answers now, for the empty page."""

    network: Network
    reports: list[Report]
    mine: int = 0
    token: str = ""
    link: MapLink | None = None
    is_open: bool = False
    may_share: bool = False

    @property
    def is_public(self) -> bool:
        return bool(self.token)

    def url(self, view: str, asked: Asked | None = None, **parts: Any) -> str:
        """The address of a view of the map through this door, under the filter ``asked``."""
        if self.token:
            address = reverse(f"netmap:public_{view}", kwargs={"token": self.token} | parts)
        else:
            address = reverse(f"netmap:{view}", kwargs={"network": self.network.slug} | parts)
        query = asked.query() if asked else ""
        return f"{address}?{query}" if query else address


def within(person: Any, slug: str) -> Door:
    """The map as a member, an observer or a leader sees it: all three the same. NotFound outside the network."""
    network = networks.get(person, slug)
    seat = networks.seat_of(person, network)
    reports = relations.reports(person, network)
    return Door(
        network,
        reports,
        mine=seat.pk if seat else 0,
        is_open=not reports and any(wave.is_open for wave in waves(person, network)),
        may_share=gate.may(person, Can.SETTLE, network),
    )


def token_of(link: MapLink) -> str:
    """What stands in the link's address: its number and its own salt, signed with the installation's key."""
    return signing.Signer(salt=SALT).sign_object([link.pk, link.salt])


def through(token: str) -> Door:
    """The map as a public link shows it: the waves that were closed when it was made, no private person's name.

    Raises NotFound for an address that was not made here, RuleBroken for one that is closed or whose time is up, or
    whose maker may no longer see the network.
    """
    try:
        found = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        found = None
    link = None
    if isinstance(found, list) and [type(part) for part in found] == [int, str]:
        link = MapLink.objects.filter(pk=found[0], salt=found[1]).select_related("network", "made_by").first()
    if link is None:
        raise NotFound(_("This link is not whole. Copy it again from where you got it."))
    gone = _("This link to the map is closed or its time is up. Ask the network for a new one.")
    if not link.is_open_on(today()) or link.made_by is None or not link.network.roles_of(link.made_by):
        raise RuleBroken(gone)
    seats = {seat.pk: seat for seat in networks.seats(link.network)}
    organisations = {pk for pk, seat in seats.items() if seat.organisation_id is not None}
    reports = [
        _without_persons(report, organisations, link.names)
        for report in relations.ready(link.network)
        if report.number <= link.newest_wave
    ]
    return Door(link.network, reports, token=token, link=link)


def _without_persons(report: Report, organisations: set[int], names: bool) -> Report:
    """Only organisations keep their names in public, and who has answered is not told there."""
    members = tuple(
        replace(
            member,
            name=member.name
            if names and member.seat in organisations
            else gettext("member %(number)s") % {"number": number},
            answered=None,
        )
        for number, member in enumerate(report.members, start=1)
    )
    return replace(report, members=members)


def links(person: Any, network: Network) -> list[tuple[MapLink, str]]:
    """All public links of the network, newest first, with the token of those that are open. For those who lead."""
    gate.require(person, Can.SETTLE, network)
    day = today()
    rows = MapLink.objects.filter(network=network).select_related("made_by")[:100]
    return [(link, token_of(link) if link.is_open_on(day) else "") for link in rows]


def address_of(link: MapLink) -> str:
    """The path of a public link, with the filter on which it opens."""
    address = reverse("netmap:public_map", args=[token_of(link)])
    return f"{address}?{link.query}" if link.query else address


def opening(door: Door, given: Mapping[str, str]) -> Asked:
    """What is asked through a public link: the address, or the link's own filter when the address says nothing."""
    if not given and door.link is not None:
        return parse(dict(parse_qsl(door.link.query)))
    asked = parse(given)
    return asked if asked.around else asked.but(around=WHOLE)


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The public links that ``person`` made, as plain values."""
    rows = MapLink.objects.filter(made_by=person)
    return [dict(row) for row in rows.values("network__name", "purpose", "made_at", "ends_on", "revoked_at", "names")]
