"""The views as files. Each says in its first lines which wave and filter it shows and what it must not be used for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.ground.graph import formats
from kutomo.work.relations.rules.shape import Report

from ..rules import drawing
from ..rules.scene import Scene, graph
from . import pictures, summary, words

FONT = Path(__file__).resolve().parent.parent / "content" / "atkinson-600.ttf"
MATRIX_MOST = 400  # members in a matrix as a file: 160,000 cells


@dataclass(frozen=True)
class File:
    """One answer: its bytes, their kind, and the name under which it is kept."""

    data: bytes
    kind: str
    name: str


Table = list[list[object]]


def head(scene: Scene) -> list[str]:
    """What every file says first."""
    names = words.names_of(scene)
    return [
        words.wave_words(scene),
        gettext("Shown: %(filter)s.") % {"filter": ", ".join(words.filter_words(scene, names))},
        str(WATERMARK),
    ]


WATERMARK = _("For developing the network together. Not for personnel decisions or for ranking anybody.")


def members_table(scene: Scene) -> Table:
    """One row a member, in alphabetical order."""
    names = words.names_of(scene)
    header: list[object] = [gettext("Member"), gettext("Sector"), gettext("Region")]
    header += [gettext("Works with, both say so"), gettext("Works with, one side says so")]
    header += [gettext("Knows, both say so"), gettext("Knows, one side says so")]
    if scene.tells_answers:
        header.append(gettext("Has answered"))
    rows: Table = [header]
    for member in sorted(scene.members, key=lambda member: names[member.seat].casefold()):
        near = scene.near.get(member.seat, [])
        row: list[object] = [
            names[member.seat],
            words.sector_words(member.sector),
            words.region_words(member.region),
        ]
        row += [
            sum((tie.relation, tie.evidence) == kind for tie in near)
            for kind in (("works", "both"), ("works", "one"), ("knows", "both"), ("knows", "one"))
        ]
        if scene.tells_answers:
            row.append({True: gettext("yes"), False: gettext("not yet")}.get(member.answered, ""))  # type: ignore[arg-type]
        rows.append(row)
    return rows


def ties_table(scene: Scene) -> Table:
    """One row a tie."""
    names = words.names_of(scene)
    header: list[object] = [gettext("Member"), gettext("Other member"), gettext("Relation"), gettext("Level")]
    rows: Table = [[*header, gettext("What"), gettext("Who says so")]]
    for tie in scene.ties:
        rows.append(
            [
                names[tie.a],
                names[tie.b],
                str(words.RELATIONS[tie.relation]),
                tie.level,
                str(words.SHORT[tie.relation, tie.level]),
                str(words.EVIDENCE[tie.evidence]),
            ]
        )
    return rows


def matrix_table(scene: Scene) -> Table:
    """Members against members; the cell says the tie. Refused above 400 members: the list of ties holds the same."""
    if len(scene.members) > MATRIX_MOST:
        raise RuleBroken(_("The matrix has over 400 members. Narrow the filter, or take the list of ties."))
    names = words.names_of(scene)
    ordered = matrix_order(scene)
    cells = {(tie.a, tie.b): words.cell_words(tie) for tie in scene.ties}
    rows: Table = [["", *(names[seat] for seat in ordered)]]
    for a in ordered:
        rows.append([names[a], *(cells.get((min(a, b), max(a, b)), "") if a != b else "–" for b in ordered)])
    return rows


def matrix_order(scene: Scene) -> list[int]:
    """By sector, then by name, so that blocks are seen."""
    names = words.names_of(scene)
    return [
        member.seat
        for member in sorted(
            scene.members, key=lambda member: (member.sector == "", member.sector, names[member.seat].casefold())
        )
    ]


TABLES: dict[str, Callable[[Scene], Table]] = {
    "members": members_table,
    "ties": ties_table,
    "matrix": matrix_table,
}
GRAPHS = {
    "network.graphml": ("graphml", "application/xml"),
    "network.gexf": ("gexf", "application/xml"),
    "network.net": ("pajek", "text/plain; charset=utf-8"),
    "network.dl": ("dl", "text/plain; charset=utf-8"),
    "network.kumu.json": ("kumu-json", "application/json"),
}
NAMES = (
    "map.svg", "map.png", "members.csv", "members.xlsx", "ties.csv", "ties.xlsx", "matrix.csv", "matrix.xlsx",
    "sentences.txt", *GRAPHS,
)  # fmt: skip


def made(name: str, reports: Sequence[Report], scene: Scene) -> File:
    """The file ``name`` (one of NAMES) of what ``scene`` shows. NotFound for another name."""
    stem, _dot, ending = name.partition(".")
    if name not in NAMES:
        raise NotFound(_("There is no such file of the map."))
    kept = f"kutomo-{stem}-{scene.report.number}.{ending}"
    if name in GRAPHS:
        kind, mime = GRAPHS[name]
        return File(_graph(kind, scene), mime, kept)
    if stem in TABLES:
        table = TABLES[stem](scene)
        if ending == "xlsx":
            return File(_sheet(stem, scene, table), XLSX, kept)
        return File(_csv(scene, table), "text/csv; charset=utf-8", kept)
    if name == "sentences.txt":
        lines = [*head(scene), "", *(said.text for said in summary.sentences(reports, scene)), ""]
        text = "\n".join([*lines, *summary.path_sentences(scene), "", *summary.tie_sentences(scene), ""])
        return File(text.encode(), "text/plain; charset=utf-8", kept)
    svg = drawn(reports, scene)
    if ending == "png":
        return File(_png(svg), "image/png", kept)
    return File(svg.encode(), "image/svg+xml; charset=utf-8", kept)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def drawn(reports: Sequence[Report], scene: Scene) -> str:
    """The map as a file of its own: title, legend and the line about its use in it. Refused above 3,000 members."""
    if len(scene.members) > drawing.FILE_MOST:
        raise RuleBroken(_("A picture holds at most 3,000 members. Narrow the filter first."))
    big = len(scene.members) > 60
    box = drawing.Box(1400, 950) if big else pictures.boxes(scene)[0]
    shown = pictures.picture(reports, scene, box, None, "file")
    legend = pictures.legend(reports, scene, shown.drawn)
    said = [f"{what}: {who}" for _relation, _evidence, what, who in legend["lines"]]
    said += [str(label) for _look, label, _outline in legend["shapes"]]
    rows, foot = _legend_rows(said, box.width, shown.drawn.height)
    lines = len(legend["lines"])
    context = {
        "picture": shown,
        "legend_lines": list(zip(legend["lines"], rows[:lines], strict=True)),
        "legend_shapes": list(zip(legend["shapes"], rows[lines:], strict=True)),
        "feet": [(line, foot + 24 * place) for place, line in enumerate(head(scene))],
        "top": 48,
        "height": foot + 24 * 3 + 48,
        "colours": pictures.INK,
    }
    return render_to_string("netmap/map.svg", context)


def _legend_rows(said: list[str], width: float, top: float) -> tuple[list[tuple[float, ...]], float]:
    """Where the lines of the legend stand under the picture, and where it ends: x, y, and places of sign and words."""
    rows: list[tuple[float, ...]] = []
    x, y = 20.0, top + 30.0
    for line in said:
        wide = 70 + len(line) * 7.4
        if x > 20 and x + wide > width:
            x, y = 20.0, y + 28
        rows.append((x, y, x + 42, x + 26, y + 5, y - 10))
        x += wide
    return rows, y + 40


def _png(svg: str) -> bytes:
    import resvg_py  # loads only when a picture is asked for

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=2,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family="Atkinson Hyperlegible Next",
            sans_serif_family="Atkinson Hyperlegible Next",
        )
    )


def _csv(scene: Scene, table: Table) -> bytes:
    """Semicolons and a byte order mark, as a Finnish Excel reads it; what could be a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_plain(cell) for cell in row] for row in table])
    writer.writerow([])
    writer.writerows([[_plain(line)] for line in head(scene)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: object) -> object:
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@\t\r" and text else cell


def _sheet(stem: str, scene: Scene, table: Table) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(
        {"members": gettext("Members"), "ties": gettext("Ties")}.get(stem, gettext("Matrix"))[:31]
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            style = bold if row == 0 or (column == 0 and stem != "ties") else None
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, style)
            else:
                sheet.write_string(row, column, str(cell), style)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 34)
    if stem != "matrix":
        sheet.set_column(1, max(len(table[0]) - 1, 1), 20)
    if stem == "ties":  # no buttons that sort members by their ties
        sheet.autofilter(0, 0, max(len(table) - 1, 0), len(table[0]) - 1)
    about = book.add_worksheet(gettext("About")[:31])
    about.set_column(0, 0, 90)
    for row, line in enumerate(head(scene)):
        about.write_string(row, 0, line)
    book.close()
    return out.getvalue()


def _graph(kind: str, scene: Scene) -> bytes:
    """For other programs, in which one may go on: seats as ids, the names beside them."""
    names = words.names_of(scene)
    drawn_ties = graph((member.seat for member in scene.members), scene.ties)
    by_seat = {str(member.seat): member for member in scene.members}
    attributes = {
        "label": [names[int(node)] for node in drawn_ties.ids],
        "sector": [by_seat[node].sector for node in drawn_ties.ids],
        "region": [by_seat[node].region for node in drawn_ties.ids],
    }
    return formats.write(kind, drawn_ties, attributes)
