"""The cloth as pages show it: a window of weeks, its sentence, its stories, and the week behind a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from kutomo.core.activity import queries as activity
from kutomo.core.activity.models import Event
from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.ground.clock import local, moment, today, week
from kutomo.ground.errors import NotFound

from . import rules
from .models import WovenWeek

WEEK = timedelta(days=7)
AT_HOME = 20  # weeks on the network's first page
A_PAGE = 52  # weeks of the fabric's own page
SILENT = 8  # weeks after which a leader is asked about a column
MOST_SILENT = 3  # suggestions at once (methods § A10)
LINES_A_PAGE = 50
MONTHS = 120
PIECE = 196  # px, the width of a small piece of cloth
KINDS = {
    "meeting": gettext_lazy("Meeting"),
    "discussion": gettext_lazy("Conversation"),
    "help": gettext_lazy("Help between members"),
    "deed": gettext_lazy("Joint deed"),
}


@dataclass(frozen=True)
class Column:
    """A seat and its name."""

    seat: int
    name: str
    joined: date
    left: date | None


@dataclass(frozen=True)
class Story:
    """What a band tells: the log's sentence, its day, and how many seats made it."""

    motif: str
    sentence: str
    day: date
    of: int

    @property
    def key(self) -> str:
        return rules.motif_key(self.motif)


@dataclass(frozen=True)
class Weft:
    """One row: a week, or a month of weeks."""

    first: date
    last: date
    name: str
    url: str
    cells: dict[int, int]
    bands: list[dict[str, Any]]

    def took_part(self, kind: str = "") -> list[int]:
        """The seats that took part, in this kind or in any."""
        return [seat for seat, bits in self.cells.items() if not kind or bits & rules.BITS[kind]]


@dataclass(frozen=True)
class TableRow:
    """A row of the table twin: how many took part, and the names by kind in the order of ``KINDS``."""

    row: Weft
    took_part: int
    of: int
    names: list[list[str]]


@dataclass(frozen=True)
class Cloth:
    """A window of the fabric, newest row first."""

    network: Network
    columns: list[Column]
    rows: list[Weft]
    is_rolled: bool
    stories: list[Story] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing was ever woven, as far as this window tells."""
        return not self.is_rolled and not any(row.cells or row.bands for row in self.rows)

    def finding(self) -> str:
        """The newest full week (or month) in one sentence."""
        row = next((row for row in self.rows if row.cells), None)
        if row is None:
            return _("These rows are bare; older cloth lies on the beam.") if self.is_rolled else ""
        held = [column for column in self.columns if _was_there(column, row)]
        took = sum(1 for column in held if column.seat in row.cells)
        return _("%(when)s: %(n)s of %(of)s members took part.") % {"when": row.name, "n": took, "of": len(held)}

    def desc(self) -> str:
        """What the picture shows, for those who do not see it."""
        columns = ngettext("%(n)s member", "%(n)s members", len(self.columns)) % {"n": len(self.columns)}
        rows = ngettext("%(n)s row", "%(n)s rows", len(self.rows)) % {"n": len(self.rows)}
        return _("Columns: %(columns)s. %(rows)s, the newest on top. %(finding)s") % {
            "columns": columns,
            "rows": rows,
            "finding": self.finding(),
        }

    @property
    def column(self) -> int:
        """Pixels a member on a page of its own: 29 for a few, 18 for many."""
        return min(29, max(18, 1_000 // max(1, len(self.columns))))

    def legend(self) -> list[tuple[Any, str]]:
        """The kinds that this cloth holds, each with its float."""
        seen = {bits for row in self.rows for bits in row.cells.values()}
        return [
            (label, rules.key(kind)) for kind, label in KINDS.items() if any(bits & rules.BITS[kind] for bits in seen)
        ]

    def table(self) -> list[TableRow]:
        """The same cloth in words: each row with those who took part, by kind; many are told by their number."""
        names = {column.seat: column.name for column in self.columns}
        found = []
        for row in self.rows:
            of = sum(1 for column in self.columns if _was_there(column, row))
            took = [[names[seat] for seat in names if seat in set(row.took_part(kind))] for kind in KINDS]
            found.append(TableRow(row, len([seat for seat in row.cells if seat in names]), of, took))
        return found

    def svg(self, coming: str = "", *, column: int = 18, linked: bool = True) -> str:
        """The picture, ``column`` px a member, rows ``linked`` to their weeks; ``rules`` escapes every text in it."""
        place = {column.seat: number for number, column in enumerate(self.columns)}
        return rules.svg(
            [column.name for column in self.columns],
            [_drawn(row, place, linked=linked) for row in self.rows],
            title=_("The fabric of %(network)s") % {"network": self.network.name},
            desc=self.desc(),
            column=column,
            rolled=self.is_rolled,
            coming=coming,
        )


def _was_there(column: Column, row: Weft) -> bool:
    return column.joined <= row.last and (column.left is None or column.left > row.first)


def _drawn(row: Weft, place: dict[int, int], *, linked: bool = False) -> rules.Row:
    cells = {place[seat]: bits for seat, bits in row.cells.items() if seat in place}
    bands = [
        rules.Band(band["motif"], frozenset(place[seat] for seat in band["seats"] if seat in place))
        for band in row.bands
    ]
    return rules.Row(cells, bands, row.name, row.url if linked else "")


def cloth(network: Network, *, weeks: int = AT_HOME, until: date | None = None) -> Cloth:
    """The ``weeks`` up to the week of ``until`` (today). Five queries at most; reads woven weeks, not the log."""
    last = rules.monday(min(until or today(), today()))
    first = last - WEEK * (weeks - 1)
    founded = rules.monday(local(network.started_at).date())
    mondays = [last - WEEK * step for step in range(weeks) if last - WEEK * step >= founded]
    kept = _kept(network, first, last)
    rows = [_week_row(network, monday, kept.get(monday)) for monday in mondays]
    return Cloth(network, _columns(network, first, last), rows, first > founded, _stories(rows))


def months(network: Network, *, until: date | None = None) -> Cloth:
    """The whole life of ``network`` by months: a kind shows when it occurred in any week that began in the month."""
    last = rules.monday(min(until or today(), today()))
    founded = rules.monday(local(network.started_at).date())
    kept = _kept(network, founded, last)
    by_month: dict[date, list[WovenWeek | None]] = defaultdict(list)
    monday = last
    while monday >= founded:
        by_month[monday.replace(day=1)].append(kept.get(monday))
        monday -= WEEK
    rows = [_month_row(network, first, found) for first, found in list(by_month.items())[:MONTHS]]
    return Cloth(network, _columns(network, founded, last), rows, len(by_month) > MONTHS, _stories(rows))


def _kept(network: Network, first: date, last: date) -> dict[date, WovenWeek]:
    found = WovenWeek.objects.filter(network=network, monday__gte=first, monday__lte=last)
    return {row.monday: row for row in found}


def _cells(row: WovenWeek | None) -> dict[int, int]:
    return {int(seat): bits for seat, bits in row.cells.items()} if row else {}


def _week_row(network: Network, monday: date, kept: WovenWeek | None) -> Weft:
    number = week(monday)
    name = _("week %(number)s") % {"number": number.number}
    url = reverse("fabric:week", args=[network.slug, str(number)])
    return Weft(monday, monday + WEEK - timedelta(days=1), name, url, _cells(kept), kept.bands if kept else [])


def _month_row(network: Network, first: date, found: list[WovenWeek | None]) -> Weft:
    bands = [band for row in found if row for band in row.bands]
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    url = reverse("fabric:fabric", args=[network.slug]) + f"?until={last.isoformat()}"
    return Weft(first, last, f"{first.month}/{first.year}", url, rules.joined(map(_cells, found)), bands)


def _columns(network: Network, first: date, last: date) -> list[Column]:
    """The seats held at some time in the window, in the order of joining."""
    held = Seat.objects.filter(
        Q(left_on=None) | Q(left_on__gt=first), network=network, joined_on__lt=last + WEEK
    ).order_by("joined_on", "pk")
    rows = list(held.values_list("pk", "organisation__name", "joined_on", "left_on"))
    alone = [pk for pk, name, _joined, _left in rows if name is None]
    own = dict(
        Representation.objects.filter(seat__in=alone).order_by("-pk").values_list("seat_id", "person__name")
        if alone
        else ()
    )
    return [Column(pk, name or own.get(pk, ""), joined, left) for pk, name, joined, left in rows]


def _stories(rows: Iterable[Weft]) -> list[Story]:
    """The sentences behind the bands, newest first; one query."""
    bands = [band for row in rows for band in reversed(row.bands)]
    events = Event.objects.select_related("actor").in_bulk([band["event"] for band in bands]) if bands else {}
    return [
        Story(
            band["motif"],
            events[band["event"]].sentence(),
            local(events[band["event"]].at).date(),
            len(band["seats"]),
        )
        for band in bands
        if band["event"] in events
    ]


def picture_kind(ending: str) -> str:
    """The media type of a picture's ending; NotFound for one that is not made."""
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    if ending not in kinds:
        raise NotFound(_("There is no such picture."))
    return kinds[ending]


def picture(shown: Cloth, ending: str) -> bytes:
    """The cloth as a file: "svg", or "png" twice as large as on the screen."""
    drawn = rules.alone(shown.svg(column=shown.column, linked=False))
    if ending == "svg":
        return drawn.encode()
    import resvg_py  # loads only when a picture is asked for

    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=2))


def silent(cloth: Cloth) -> list[Column]:
    """Columns held now that took no part in the last ``SILENT`` weeks though they had joined: a leader's question.

    At most ``MOST_SILENT``, in the order of joining; none in a network younger than that.
    """
    latest = cloth.rows[:SILENT]
    if len(latest) < SILENT:
        return []
    heard = {seat for row in latest for seat in row.cells}
    heard |= {seat for row in latest for band in row.bands for seat in band["seats"]}
    since = latest[-1].first
    return [
        column for column in cloth.columns if column.left is None and column.joined < since and column.seat not in heard
    ][:MOST_SILENT]


@dataclass(frozen=True)
class OpenedWeek:
    """A row opened: who took part in what, and the log's lines of the week as the reader may see them."""

    row: Weft
    kinds: list[tuple[Any, list[str]]]
    stories: list[Story]
    lines: Page[Event]
    earlier: str
    later: str


def opened(network: Network, person: Any, name: str, page: str = "1") -> OpenedWeek:
    """The week ``name`` ("2026-W09") of ``network``; NotFound when there is no such week or it is not there yet."""
    monday = _monday_of(name)
    if monday > today() or monday + WEEK <= local(network.started_at).date():
        raise NotFound(_("The network has no such week."))
    shown = cloth(network, weeks=1, until=monday)
    row = shown.rows[0]
    names = {column.seat: column.name for column in shown.columns}
    kinds = [
        (label, [names[seat] for seat in names if row.cells.get(seat, 0) & rules.BITS[kind]])
        for kind, label in KINDS.items()
    ]
    lines = activity.lines(network, person).filter(at__gte=moment(monday), at__lt=moment(monday + WEEK))
    before, after = monday - WEEK, monday + WEEK
    return OpenedWeek(
        row,
        [(label, found) for label, found in kinds if found],
        shown.stories,
        Paginator(lines, LINES_A_PAGE).get_page(page),
        str(week(before)) if after > local(network.started_at).date() + WEEK else "",
        str(week(after)) if after <= today() else "",
    )


def _monday_of(name: str) -> date:
    year, _sep, number = name.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError as trouble:
        raise NotFound(_("The network has no such week.")) from trouble


def pieces(networks: Iterable[Network], weeks: int = 12) -> dict[int, str]:
    """A small piece of cloth for each network, by key: decoration beside its name. Two queries for any number."""
    nets = {network.pk: network for network in networks}
    last = rules.monday(today())
    first = last - WEEK * (weeks - 1)
    found: dict[int, dict[date, WovenWeek]] = defaultdict(dict)
    for row in WovenWeek.objects.filter(network__in=nets, monday__gte=first):
        found[row.network_id][row.monday] = row
    held = Seat.objects.filter(Q(left_on=None) | Q(left_on__gt=first), network__in=nets).order_by("joined_on", "pk")
    columns: dict[int, list[int]] = defaultdict(list)
    for network, seat in held.values_list("network_id", "pk"):
        columns[network].append(seat)
    return {pk: _piece(columns[pk], found[pk], last, weeks) for pk in nets if found[pk] and columns[pk]}


def _piece(seats: list[int], kept: dict[date, WovenWeek], last: date, weeks: int) -> str:
    place = {seat: number for number, seat in enumerate(seats)}
    rows = []
    for step in range(weeks):
        row = kept.get(last - WEEK * step)
        bands = row.bands if row else []
        rows.append(_drawn(Weft(last, last, "", "", _cells(row), bands), place))
    column = min(18, max(3, PIECE // len(seats)))
    return rules.svg([""] * len(seats), rows, rolled=True, column=column, decorative=True)
