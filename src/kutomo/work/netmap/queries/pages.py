"""What stands round each view: where one is, what is asked, whose card is open, which files there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Page, Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from kutomo.ground.errors import NotFound
from kutomo.work.relations.rules.shape import Member, ShownTie

from ..rules import drawing, looks
from ..rules.asked import PRESETS, QUESTIONS, WHOLE, Asked
from ..rules.scene import Pair, Scene, could_meet, may_draw, other, scene as seen
from . import files, pictures, summary, words
from .doors import Door

VIEWS = (("map", _("Map")), ("members", _("Members")), ("matrix", _("Matrix")), ("text", _("In words")))
ASKS = {
    "new": _("Who is new or unconnected?"),
    "name": _("Whom do I know only by name?"),
    "works": _("Who works together, confirmed?"),
    "without": _("What breaks without me?"),
    "introduce": _("Whom should I introduce?"),
}
STEPS = [("1", _("one step")), ("2", _("two steps")), ("3", _("three steps"))]
TIES = [("", _("all ties")), ("works", _("working together")), ("knows", _("knowing each other"))]
SIDES = [
    ("", _("one or both sides")),
    ("both", _("both sides")),
    ("one", _("one side, the other has not answered")),
]
COLOURS = [("sector", _("sector")), ("region", _("region"))]
OPEN_ASKS = ("new", "works")  # what a reader without a seat may ask
A_PAGE = 100
BLOCK = 40  # members a side of the matrix that stand on one page
CHOOSABLE = 300  # members that a list of choices may hold
SENTENCES = 200


@dataclass(frozen=True)
class Link:
    label: Any
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Card:
    """One member, opened: whom it works with, whom it knows, whom it might meet."""

    member: Member
    name: str
    order: int
    sector: str
    region: str
    works: list[tuple[ShownTie, int, str, Any]]
    knows: list[tuple[ShownTie, int, str, Any]]
    confirmed_works: int
    confirmed_knows: int
    of: int


def frame(door: Door, asked: Asked, view: str) -> dict[str, Any]:
    """All that the four views share. ``scene`` is None when nothing may be drawn; then ``empty`` says why."""
    scene = seen(door.reports, asked, door.mine)
    context: dict[str, Any] = {
        "door": door,
        "asked": asked,
        "scene": scene,
        "view": view,
        "watermark": files.WATERMARK,
        "views": [Link(label, door.url(name, asked), name == view) for name, label in VIEWS],
        "introductions": _introductions(door),
        "links_url": "" if door.is_public or not door.may_share else door.url("links", asked),
    }
    if scene is None:
        return context | {"empty": _empty(door)}
    names = words.names_of(scene)
    return context | {
        "names": names,
        "wave_words": words.wave_words(scene),
        "filter_words": ", ".join(words.filter_words(scene, names)),
        "answer": summary.answer(door.reports, scene),
        "asks": _asks(door, asked),
        "waves": [
            Link(report, door.url(view, asked.but(wave=report.number)), report is scene.report)
            for report in door.reports
            if may_draw(report)
        ],
        "choices": _choices(door, scene, names),
        "kept": _kept(asked),
        "toggles": _toggles(door, asked, view),
        "files": _files(door, asked, scene),
        "path_ends": (names.get(asked.start, ""), names.get(asked.end, "")),
        "path_steps": summary.path_sentences(scene) if scene.path is not None else [],
        "reset": door.url(view, Asked(wave=asked.wave)),
        "everything": door.url(view, words.whole(asked)) if scene.centre else "",
    }


def _introductions(door: Door) -> str:
    """The page of the room beside this one, where there is one."""
    try:
        return "" if door.is_public else reverse("introductions:introductions", args=[door.network.slug])
    except NoReverseMatch:
        return ""


def _empty(door: Door) -> str:
    """Why there is nothing to draw: a code for the page's words."""
    if door.reports:
        return "too_few"
    return "open" if door.is_open else "none"


def _asks(door: Door, asked: Asked) -> list[Link]:
    found = []
    for question in QUESTIONS:
        if door.mine or question in OPEN_ASKS:
            if asked.question == question:
                found.append(Link(ASKS[question], door.url("map", Asked(wave=asked.wave)), True))
            else:
                usual = Asked(wave=asked.wave, question=question, colour=asked.colour, large=asked.large)
                found.append(Link(ASKS[question], _plain(door, usual)))
    return found


def _plain(door: Door, asked: Asked) -> str:
    """A question's own filter is said by its name alone."""
    return door.url("map", asked.but(**PRESETS[asked.question]))


def _choices(door: Door, scene: Scene, names: dict[int, str]) -> list[dict[str, Any]]:
    """The fields of the filter: name, label, options with what is chosen."""
    asked, report = scene.asked, scene.report
    ordered = sorted(names, key=lambda seat: names[seat].casefold())
    around = [(WHOLE, gettext("the whole network"))]
    if door.mine in names:
        around.insert(0, ("", gettext("my organisation: %(name)s") % {"name": names[door.mine]}))
    if len(ordered) <= CHOOSABLE:
        around += [(str(seat), names[seat]) for seat in ordered if seat != door.mine]
    elif scene.centre and scene.centre != door.mine:
        around.append((str(scene.centre), names[scene.centre]))
    at = str(scene.centre) if scene.centre and scene.centre != door.mine else "" if scene.centre else WHOLE
    sectors = sorted({member.sector for member in report.members if member.sector})
    regions = sorted({member.region for member in report.members if member.region}, key=words.region_words)
    fields: list[tuple[str, Any, list[tuple[str, Any]], str]] = [
        ("around", _("Around whom"), [*around], at),
        ("step", _("How far"), STEPS, str(asked.step)),
        ("relation", _("Which ties"), TIES, asked.relation),
        ("evidence", _("Who says so"), SIDES, asked.evidence),
    ]
    if len(sectors) > 1:
        some = [("", _("all sectors")), *((code, words.sector_words(code)) for code in sectors)]
        fields.append(("sector", _("Sector"), some, asked.sector))
    if len(regions) > 1:
        some = [("", _("all regions")), *((code, words.region_words(code)) for code in regions)]
        fields.append(("region", _("Region"), some, asked.region))
        fields.append(("colour", _("Shapes and colours by"), COLOURS, asked.colour))
    return [
        {"name": name, "label": label, "options": [(value, text, value == now) for value, text in options]}
        for name, label, options, now in fields
    ]


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """What a filter form carries along unseen."""
    found = [
        ("wave", str(asked.wave) if asked.wave else ""),
        ("layout", asked.layout if asked.layout != "force" else ""),
    ]
    found += [("large", "1" if asked.large else ""), ("nameless", "1" if asked.nameless else "")]
    return [(name, value) for name, value in found if value]


def _toggles(door: Door, asked: Asked, view: str) -> list[Link]:
    rings = asked.layout == "rings"
    changes = [
        (_("Rings by confirmed ties"), asked.but(layout="force" if rings else "rings"), rings),
        (_("Large for a workshop"), asked.but(large=not asked.large), asked.large),
        (_("Hide names"), asked.but(nameless=not asked.nameless), asked.nameless),
    ]
    return [Link(label, door.url(view, changed), is_on) for label, changed, is_on in changes]


def _files(door: Door, asked: Asked, scene: Scene) -> list[tuple[Any, list[Link]]]:
    """The files by what they hold; only those that can be made."""
    members = len(scene.members)
    groups: list[tuple[Any, list[str]]] = [
        (_("Picture"), ["map.svg", "map.png"] if members <= drawing.FILE_MOST else []),
        (_("Members"), ["members.xlsx", "members.csv"]),
        (_("Ties"), ["ties.xlsx", "ties.csv"]),
        (_("Matrix"), ["matrix.xlsx", "matrix.csv"] if members <= files.MATRIX_MOST else []),
        (_("In words"), ["sentences.txt"]),
        (_("For other programs"), list(files.GRAPHS)),
    ]
    labels = {
        "xlsx": "Excel",
        "kumu.json": "Kumu",
        "net": "Pajek",
        "dl": "UCINET DL",
        "gexf": "GEXF",
        "graphml": "GraphML",
    }
    return [
        (
            label,
            [
                Link(
                    labels.get(name.partition(".")[2], name.partition(".")[2].upper()),
                    door.url("file", asked, name=name),
                )
                for name in names
            ],
        )
        for label, names in groups
        if names
    ]


def card(door: Door, scene: Scene, seat: int) -> Card | None:
    """The card of ``seat`` under the scene's filter; None when it is not shown."""
    member = next((one for one in scene.members if one.seat == seat), None)
    if member is None:
        return None
    names = words.names_of(scene)
    near = words.partners(scene, seat, names)
    works = [(tie, far, name, words.cell_words(tie)) for tie, far, name in near if tie.relation == "works"]
    knows = [(tie, far, name, words.cell_words(tie)) for tie, far, name in near if tie.relation == "knows"]
    return Card(
        member,
        names[seat],
        scene.report.members.index(member) + 1,
        words.sector_words(member.sector),
        words.region_words(member.region),
        works,
        knows,
        sum(row[0].evidence == "both" for row in works),
        sum(row[0].evidence == "both" for row in knows),
        len(scene.report.members) - 1,
    )


def map_context(door: Door, asked: Asked) -> dict[str, Any]:
    """The map: two drawings up to 150 members, above that what the browser needs to draw."""
    context = frame(door, asked, "map")
    scene: Scene | None = context["scene"]
    if scene is None:
        return context
    opened = asked.pick or scene.centre
    found = card(door, scene, opened) if opened else None
    context |= {"card": found, "card_links": _card_links(door, asked, scene, found)}
    context |= _ends(door, asked, scene, context["names"])
    if len(scene.members) > drawing.SVG_MOST:
        rows = sorted(scene.members, key=lambda member: context["names"][member.seat].casefold())
        return context | {
            "is_big": True,
            "legend": pictures.legend(door.reports, scene),
            "data_url": door.url("data", asked),
            "pick_url": door.url("map", asked.but(pick=PICKED)).replace(str(PICKED), ""),
            "members_url": door.url("members", asked),
            "finding": pictures.finding(scene),
            "rows": [(member.seat, context["names"][member.seat]) for member in rows[:LISTED]],
            "more_rows": max(0, len(rows) - LISTED),
        }
    wide, narrow = pictures.boxes(scene)
    shown = pictures.picture(door.reports, scene, wide, door, "wide")
    return context | {
        "is_big": False,
        "pictures": [shown, pictures.picture(door.reports, scene, narrow, door, "narrow")],
        "legend": pictures.legend(door.reports, scene, shown.drawn),
        "finding": shown.desc,
    }


def _ends(door: Door, asked: Asked, scene: Scene, names: dict[int, str]) -> dict[str, Any]:
    """What the search and the question of a path choose from; nothing when there are too many for a list."""
    seats = sorted(names, key=lambda seat: names[seat].casefold())
    start = asked.start or asked.pick or scene.centre or door.mine or (seats[0] if seats else 0)
    return {
        "search_url": door.url("members"),
        "ends": [(seat, names[seat]) for seat in seats] if len(seats) <= CHOOSABLE else [],
        "start_seat": start,
        "end_seat": asked.end or next((seat for seat in seats if seat != start), 0),
    }


PICKED = 987654321987654321  # stands in an address where the browser puts a seat
LISTED = 1000  # members in the list beside a large map; the member list pages through all


def _card_links(door: Door, asked: Asked, scene: Scene, found: Card | None) -> dict[str, Any]:
    if found is None:
        return {}
    seat = found.member.seat
    return {
        "member": door.url("member", asked.but(pick=0), seat=seat),
        "around": door.url("map", asked.but(around=str(seat), step=1, start=0, end=0, pick=0, question="", page=1)),
        "close": door.url("map", asked.but(pick=0)) if asked.pick else "",
        "partners": [
            (door.url("map", asked.but(pick=far)), name, said)
            for _tie, far, name, said in (*found.works, *found.knows)
        ],
    }  # fmt: skip


def members_context(door: Door, asked: Asked) -> dict[str, Any]:
    """The list: members in alphabetical order, or by sector or region. Never by ties: it is no ranking."""
    context = frame(door, asked, "members")
    scene: Scene | None = context["scene"]
    if scene is None:
        return context
    names = context["names"]
    known = looks.looks(door.reports, asked.colour)

    def order(member: Member) -> tuple[str, str]:
        first = {"sector": words.sector_words(member.sector), "region": words.region_words(member.region)}
        return first.get(asked.sort, ""), names[member.seat].casefold()

    rows = sorted(scene.members, key=order)
    for word in asked.find.casefold().split()[:5]:
        rows = [member for member in rows if word in names[member.seat].casefold()]
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(asked.page)
    sorts = [
        Link(label, door.url("members", asked.but(sort=code)), asked.sort == code)
        for code, label in (("", _("Name")), ("sector", _("Sector")), ("region", _("Region")))
    ]
    return context | {
        "page": page,
        "sorts": sorts,
        "carried": parse_qsl(asked.but(find="").query()),
        "members": [_row(door, asked, scene, names, known, member) for member in page],
        "total": len(rows),
    }


def _row(
    door: Door, asked: Asked, scene: Scene, names: dict[int, str], known: dict[str, looks.Look], member: Member
) -> dict[str, Any]:
    near = scene.near.get(member.seat, [])
    look = looks.look_of(member, known, asked.colour)

    def far(relation: str, evidence: str) -> list[str]:
        ties = (tie for tie in near if (tie.relation, tie.evidence) == (relation, evidence))
        return [names[other(tie, member.seat)] for tie in ties]

    return {
        "seat": member.seat,
        "name": names[member.seat],
        "url": door.url("member", asked.but(pick=0), seat=member.seat),
        "on_map": door.url("map", asked.but(pick=member.seat, find="")),
        "sector": words.sector_words(member.sector) if member.sector else "",
        "region": words.region_words(member.region) if member.region else "",
        "look": look,
        "outline": looks.outline(look.shape, 10, 10, 7),
        "works": far("works", "both"),
        "works_one": far("works", "one"),
        "knows": far("knows", "both"),
        "knows_one": far("knows", "one"),
        "answered": member.answered,
        "is_marked": member.seat in scene.marked,
        "is_new": member.seat in scene.newcomers,
    }  # fmt: skip


def matrix_context(door: Door, asked: Asked) -> dict[str, Any]:
    """The matrix in blocks of forty by forty."""
    context = frame(door, asked, "matrix")
    scene: Scene | None = context["scene"]
    if scene is None:
        return context
    names, ordered = context["names"], files.matrix_order(scene)
    last = max(1, -(-len(ordered) // BLOCK))
    at_row, at_column = min(asked.rows, last), min(asked.columns, last)
    down = ordered[(at_row - 1) * BLOCK : at_row * BLOCK]
    across = ordered[(at_column - 1) * BLOCK : at_column * BLOCK]
    ties = {(tie.a, tie.b): tie for tie in scene.ties}
    rows = [
        (
            seat,
            names[seat],
            door.url("member", asked.but(pick=0), seat=seat),
            [_cell(ties.get((min(seat, far), max(seat, far))), seat, far, names) for far in across],
        )
        for seat in down
    ]
    blocks = [
        (number, names[ordered[(number - 1) * BLOCK]], names[ordered[min(number * BLOCK, len(ordered)) - 1]])
        for number in range(1, last + 1)
        if ordered
    ]
    return context | {
        "across": [(seat, drawing.short(names[seat])) for seat in across],
        "matrix": rows,
        "blocks": blocks if last > 1 else [],
        "carried": parse_qsl(asked.but(page=1).query()),
        "at_row": at_row,
        "at_column": at_column,
        "legend": pictures.legend(door.reports, scene),
        "count": len(ordered),
    }


def _cell(tie: ShownTie | None, seat: int, far: int, names: dict[int, str]) -> dict[str, Any]:
    if seat == far:
        return {"kind": "self"}
    if tie is None:
        return {"kind": ""}
    said = gettext("%(a)s and %(b)s: %(what)s") % {"a": names[seat], "b": names[far], "what": words.cell_words(tie)}
    return {"kind": tie.relation, "evidence": tie.evidence, "level": tie.level, "words": said}


def text_context(door: Door, asked: Asked) -> dict[str, Any]:
    """The sentences, then every tie as one."""
    context = frame(door, asked, "text")
    scene: Scene | None = context["scene"]
    if scene is None:
        return context
    said = []
    for sentence in summary.sentences(door.reports, scene):
        view = "map" if sentence.view == "path" else sentence.view
        said.append((sentence.text, door.url(view, sentence.asked) if view and sentence.asked else ""))
    return context | {
        "said": said,
        "ties": summary.tie_sentences(scene, SENTENCES),
        "more_ties": max(0, len(scene.ties) - SENTENCES),
    }


def member_context(door: Door, asked: Asked, seat: int) -> dict[str, Any]:
    """One member's own page: works with, knows, might be introduced to. NotFound when it is not on the map."""
    whole = Asked(wave=asked.wave, nameless=asked.nameless, around=WHOLE)
    scene = seen(door.reports, whole, door.mine)
    found = card(door, scene, seat) if scene else None
    if scene is None or found is None:
        raise NotFound(_("This member is not on the map."))
    names = words.names_of(scene)

    def page_of(far: int) -> str:
        return door.url("member", asked.but(pick=0), seat=far)

    return {
        "door": door,
        "asked": asked,
        "scene": scene,
        "card": found,
        "works": [(page_of(far), name, said) for _tie, far, name, said in found.works],
        "knows": [(page_of(far), name, said) for _tie, far, name, said in found.knows],
        "meet": [_meet(pair, seat, names, page_of) for pair in could_meet(scene.report, seat)],
        "back": door.url("members", asked),
        "on_map": door.url("map", asked.but(around=str(seat), step=1, pick=0, start=0, end=0, question="")),
        "wave_words": words.wave_words(scene),
        "watermark": files.WATERMARK,
        "connect": door.url("map", Asked(wave=asked.wave)),
        "mine": door.mine if door.mine in names and door.mine != seat else 0,
    }


def _meet(pair: Pair, seat: int, names: dict[int, str], page_of: Callable[[int], str]) -> tuple[str, str, str]:
    far = pair.b if pair.a == seat else pair.a
    said = ngettext("%(count)s shared contact", "%(count)s shared contacts", pair.shared) % {"count": pair.shared}
    return page_of(far), names[far], said


def file_of(door: Door, asked: Asked, name: str) -> files.File:
    """A file of what is shown. NotFound for an unknown name, or when nothing may be drawn."""
    scene = seen(door.reports, asked, door.mine)
    if scene is None:
        raise NotFound(_("There is no map to take a file from yet."))
    return files.made(name, door.reports, scene)


def data_of(door: Door, asked: Asked) -> dict[str, Any]:
    """What the browser draws a large map from. NotFound when nothing may be drawn."""
    scene = seen(door.reports, asked, door.mine)
    if scene is None:
        raise NotFound(_("There is no map to take a file from yet."))
    return pictures.big(door.reports, scene)
