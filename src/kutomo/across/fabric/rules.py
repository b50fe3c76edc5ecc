"""How cloth is drawn: geometry in, SVG text out. Knows no Django, no database, no language.

A row is a week (or a month) with two picks; where somebody took part, the coloured weft floats over the warp. The
kind of float tells the kind of taking part even in grey; colour is the second cue. Floats are SVG patterns, and
neighbours with the same float are one rectangle, so ten years of two hundred organisations stay small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from itertools import count

BITS = {"deed": 1, "help": 2, "meeting": 4, "discussion": 8}
"""The kinds of taking part and their bit in a cell; in this order the rarer wins when a week has more than two."""

PICK = 7  # px, half a row
ROW = 2 * PICK
BAND = 4 * PICK  # whole picks, so that the patterns below a band stay in step
GUTTER = 74  # px at the left, for the rows' names
BARE = 38  # px of bare warp above the cloth
FRINGE = 32
NARROW = 12  # px; a narrower column has no room for floats, only for colour: decoration
LABELS = 190  # px above the reed, for the columns' names

MOTIFS = {  # point-paper drafts, 11 × 11, one bit a crossing; the motif and its ground
    "agreement": (
        "sini",
        ".....x.....\n....xxx....\n...xx.xx...\n..xx...xx..\n.xx..x..xx.\nxx..xxx..xx\n"
        ".xx..x..xx.\n..xx...xx..\n...xx.xx...\n....xxx....\n.....x.....",
    ),
    "service": (
        "kuusi",
        "...........\nx....x....x\nxx..xxx..xx\n.xxxx.xxxx.\n..xx...xx..\n...........\n"
        "x....x....x\nxx..xxx..xx\n.xxxx.xxxx.\n..xx...xx..\n...........",
    ),
    "goal": (
        "matara",
        "...x...x...\n...xx.xx...\n...xx.xx...\nxxx.x.x.xxx\n.xxx...xxx.\n...........\n"
        ".xxx...xxx.\nxxx.x.x.xxx\n...xx.xx...\n...xx.xx...\n...x...x...",
    ),
    "growth": (
        "kuusi",
        ".....x.....\n....xxx....\n...xxxxx...\n.....x.....\n...xxxxx...\n..xxxxxxx..\n"
        ".....x.....\n..xxxxxxx..\n.xxxxxxxxx.\n.....x.....\n....xxx....",
    ),
}
CLASSES = {"deed": "k-teko", "help": "k-apu", "meeting": "k-tapaaminen", "discussion": "k-keskustelu"}

_number = count()


@dataclass(frozen=True)
class Band:
    """An achievement: its ``motif`` and the columns (indices) of those who made it."""

    motif: str
    columns: frozenset[int]


@dataclass(frozen=True)
class Row:
    """One week or month: the cells by column index (bits of BITS), the bands woven after it, its name at the left."""

    cells: Mapping[int, int] = field(default_factory=dict)
    bands: Sequence[Band] = ()
    label: str = ""
    url: str = ""


def monday(day: date) -> date:
    """The first day of the week that ``day`` is in."""
    return day - timedelta(days=day.weekday())


def picks(bits: int) -> tuple[str, str] | None:
    """The kinds of the two picks of a cell, or None where nobody took part."""
    kinds = [kind for kind, bit in BITS.items() if bits & bit][:2]
    return (kinds[0], kinds[-1]) if kinds else None


def joined(rows: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Several weeks laid over each other: each kind that occurs in any of them."""
    cells: dict[int, int] = {}
    for row in rows:
        for column, bits in row.items():
            cells[column] = cells.get(column, 0) | bits
    return cells


def svg(
    names: Sequence[str],
    rows: Sequence[Row],
    *,
    title: str = "",
    desc: str = "",
    column: int = 22,
    rolled: bool = False,
    coming: str = "",
    decorative: bool = False,
) -> str:
    """The cloth as an SVG element. Widths are px; ``rows`` come newest first, as the weaver sees them.

    ``names``: of the columns; empty texts for cloth without names; ``rolled``: older cloth lies on the beam below,
    otherwise the founding week ends in a fringe; ``coming``: the name of the next row, where the shuttle waits;
    ``decorative``: hidden from screen readers, because words beside it say the same.
    """
    mark = f"k{next(_number)}"
    is_named = any(names)
    left = GUTTER if any(row.label for row in rows) or coming else 4
    head = LABELS if is_named else 8
    bare = BARE if coming else 12
    top = head + bare
    wide = len(names) * column
    weft, drawn, bands, words, bottom = _weave(rows, left, top, wide, column)
    height = bottom + (14 if rolled else FRINGE) + 2
    width = left + wide + 8
    # A picture with links in it is no image to a screen reader; the words and the table beside it say the same.
    hidden = decorative or any(row.url for row in rows)
    named = ' aria-hidden="true"' if hidden else f' role="img" aria-labelledby="{mark}-t {mark}-d"'
    parts = [
        f'<svg class="kangas" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{named}>',
        "" if hidden else f'<title id="{mark}-t">{escape(title)}</title><desc id="{mark}-d">{escape(desc)}</desc>',
        f"<defs>{_patterns(mark, column)}</defs>",
        f'<path class="k-cloth" d="M{left - 3} {top}h{wide + 6}V{bottom}h-{wide + 6}z"/>',
        f'<path transform="translate({left} {head})" fill="url(#{mark}-warp)" ',
        f'd="M0 0h{wide}v{bottom - head}h-{wide}z"/>',
        f'<path class="k-weft" d="{weft}"/>',
        f'<g transform="translate({left} {top})">',
        *(
            f'<path stroke="url(#{mark}-{kind})" stroke-width="{tall}" d="{path}"/>'
            for (kind, tall), path in drawn.items()
        ),
        "</g>",
        bands,
        f'<path class="k-selvage" d="M{left - 2} {top}V{bottom}M{left + wide + 2} {top}V{bottom}"/>',
        _lower_end(left, bottom, wide, column, len(names), rolled),
        f'<path class="k-reed" d="M{left - 8} {head - 5}h{wide + 16}v5h-{wide + 16}z"/>',
        _shuttle(left, head, wide, coming),
        words,
        _columns(names, left, head, column) if is_named else "",
        "</svg>",
    ]
    return "".join(parts)


def _weave(
    rows: Sequence[Row], left: int, top: int, wide: int, column: int
) -> tuple[str, dict[tuple[str, int], str], str, str, int]:
    """Rows from the top down: the weft's line, one path a kind and height, the bands, the names, and where it ends."""
    weft: list[str] = []
    drawn: dict[tuple[str, int], list[str]] = {}
    bands: list[str] = []
    words: list[str] = []
    y = top
    for row in rows:
        for band in row.bands:
            bands.append(_band(band, left, y, wide, column))
            y += BAND
        weft.append(f"M{left} {y + PICK}h{wide}v1h-{wide}z")
        _floats(row.cells, y - top, column, drawn)
        if row.label:
            text = (
                f'<text class="k-text" x="{left - 10}" y="{y + PICK + 4}" text-anchor="end">{escape(row.label)}</text>'
            )
            # The mouse's short cut; keyboards and screen readers have the same links in the table beside the cloth.
            words.append(f'<a href="{escape(row.url)}" tabindex="-1">{text}</a>' if row.url else text)
        y += ROW
    return "".join(weft), {key: "".join(path) for key, path in drawn.items()}, "".join(bands), "".join(words), y


def _floats(cells: Mapping[int, int], y: int, column: int, drawn: dict[tuple[str, int], list[str]]) -> None:
    """The floats of a row as thick lines: over both picks where they are one kind, else one a pick.

    Neighbours with the same floats are one line.
    """
    start, long, pair = 0, 0, None
    for place in [*sorted(cells), -1]:
        found = picks(cells[place]) if place >= 0 else None
        if long and found == pair and place == start + long:
            long += 1
            continue
        if pair and pair[0] == pair[1]:
            drawn.setdefault((pair[0], ROW), []).append(f"M{start * column} {y + PICK}h{long * column}")
        elif pair:
            for kind, middle in zip(pair, (y + PICK / 2, y + PICK * 1.5), strict=True):
                drawn.setdefault((kind, PICK), []).append(f"M{start * column} {middle}h{long * column}")
        start, long, pair = place, 1, found


def _patterns(mark: str, column: int) -> str:
    """The floats of the four kinds and the warp, one tile a column and pick."""
    tiles = _tiles(column)
    place = f'patternUnits="userSpaceOnUse" width="{column}" height="{PICK}"'
    found = [
        f'<pattern id="{mark}-{kind}" {place}><path class="{CLASSES[kind]}" d="{tiles[kind]}"/></pattern>'
        for kind in BITS
    ]
    threads = "".join(f"M{end * column:.1f} 0v{PICK}" for end in (0.17, 0.39, 0.61, 0.83))
    found.append(f'<pattern id="{mark}-warp" {place}><path class="k-warp" d="{threads}"/></pattern>')
    return "".join(found)


def _tiles(column: int) -> dict[str, str]:
    """One pick of each kind in a column: one long float, two, four short ones, a step."""
    if column < NARROW:
        return dict.fromkeys(BITS, f"M0 .5h{column}v6h-{column}z")
    w, gap = column - 2, 1.2
    two = (w - gap) / 2
    four = (w - 6) / 4
    return {
        "meeting": f"M1 .5h{w}v6h-{w}z",
        "discussion": f"M1 .5h{two:.1f}v6h-{two:.1f}zM{1 + two + gap:.1f} .5h{two:.1f}v6h-{two:.1f}z",
        "help": "".join(f"M{1 + place * (four + 2):.1f} .5h{four:.1f}v6h-{four:.1f}z" for place in range(4)),
        "deed": f"M{column * 0.32:.1f} .5h{column * 0.36:.1f}v3h-{column * 0.36:.1f}zM1 3.5h{w}v3h-{w}z",
    }


def motif_path(motif: str, side: float, x: float = 0, y: float = 0) -> str:
    """The motif's crossings as a path, ``side`` px wide, one rectangle a run."""
    draft, px, pieces = MOTIFS[motif][1].split("\n"), side / 11, []
    for down, line in enumerate(draft):
        start = 0
        for run in line.replace(".", " ").split():
            start = line.index(run, start)
            w = len(run) * px
            pieces.append(f"M{x + start * px:.1f} {y + down * px:.1f}h{w:.1f}v{px:.1f}h-{w:.1f}z")
            start += len(run)
    return "".join(pieces)


PAPER = {  # the colours of the light theme, for a picture that stands alone
    "k-cloth": "fill:#ece8de",
    "k-warp": "stroke:#c9c2b2;stroke-width:1.6;fill:none",
    "k-fringe": "stroke:#a79d88;stroke-width:1.6;fill:none",
    "k-weft": "fill:#d9d3c5",
    "k-tapaaminen": "fill:#1f5480",
    "k-keskustelu": "fill:#e0a32a;stroke:#8f6400;stroke-width:.8",
    "k-apu": "fill:#b5402b",
    "k-teko": "fill:#2a6852",
    "k-ground-sini": "fill:#1f5480",
    "k-ground-matara": "fill:#b5402b",
    "k-ground-kuusi": "fill:#2a6852",
    "k-motif": "fill:#f6f3ec",
    "k-selvage": "stroke:#a79d88;stroke-width:2",
    "k-knot": "fill:#a79d88",
    "k-reed": "fill:#48555d",
    "k-next": "stroke:#48555d;stroke-width:1.5;stroke-dasharray:3 4",
    "k-shuttle": "fill:#16222a",
    "k-text": "font:500 13px sans-serif;fill:#48555d",
    "k-text-strong": "font-weight:650;fill:#16222a",
}


def alone(drawn: str) -> str:
    """The same picture, drawn without links, as a file of its own: name space and colours within."""
    style = "".join(f".{name}{{{value}}}" for name, value in PAPER.items())
    head, _sep, rest = drawn.partition(">")
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{paper}{rest}'


def key(kind: str) -> str:
    """A legend's small picture of one kind, drawn with the same floats."""
    tile = _tiles(22)[kind]
    drawn = f'<path class="{CLASSES[kind]}" d="{tile}"/>'
    return (
        '<svg viewBox="0 0 22 15" width="29" height="20" aria-hidden="true"><path class="k-cloth" d="M0 0h22v15H0z"/>'
        f'{drawn}<g transform="translate(0 7)">{drawn}</g></svg>'
    )


def motif_key(motif: str) -> str:
    """A legend's small picture of one motif on its ground."""
    return (
        '<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">'
        f'<path class="k-ground-{MOTIFS[motif][0]}" d="M0 0h32v32H0z"/>'
        f'<path class="k-motif" d="{motif_path(motif, 22, 5, 5)}"/></svg>'
    )


def _band(band: Band, left: int, y: int, wide: int, column: int) -> str:
    ground = MOTIFS[band.motif][0]
    side = min(column, BAND - 4)
    inset = (column - side) / 2
    drawn = "".join(
        motif_path(band.motif, side, left + place * column + inset, y + (BAND - side) / 2)
        for place in sorted(band.columns)
    )
    below = f'<path class="k-ground-{ground}" d="M{left} {y + 1}h{wide}v{BAND - 2}h-{wide}z"/>'
    return f'{below}<path class="k-motif" d="{drawn}"/>'


def _lower_end(left: int, bottom: int, wide: int, column: int, columns: int, rolled: bool) -> str:
    if rolled:
        return f'<path class="k-reed" d="M{left - 8} {bottom}h{wide + 16}v10h-{wide + 16}z"/>'
    tassels, knots = [], []
    for place in range(columns):
        middle = left + place * column + column / 2
        for end in (0.17, 0.39, 0.61, 0.83):
            thread = left + (place + end) * column
            near, far = middle + (thread - middle) * 0.25, middle + (thread - middle) * 0.8
            tassels.append(f"M{thread:.1f} {bottom}L{near:.1f} {bottom + 8}")
            tassels.append(f"M{near:.1f} {bottom + 12}L{far:.1f} {bottom + FRINGE}")
        knots.append(f"M{middle - 3.5:.1f} {bottom + 7}h7v6h-7z")
    return f'<path class="k-fringe" d="{"".join(tassels)}"/><path class="k-knot" d="{"".join(knots)}"/>'


def _shuttle(left: int, head: int, wide: int, coming: str) -> str:
    if not coming:
        return ""
    y = head + BARE // 2 + 2
    return (
        f'<path class="k-next" d="M{left} {y}h{wide}"/>'
        f'<path class="k-shuttle" d="M{left} {y}l10-5h20l10 5-10 5h-20z"/>'
        f'<text class="k-text k-text-strong" x="{left - 10}" y="{y + 4}" text-anchor="end">{escape(coming)}</text>'
    )


def _columns(names: Sequence[str], left: int, head: int, column: int) -> str:
    """The columns' names, upright; a long one is cut, the list beside the cloth has it whole."""
    found = []
    for place, name in enumerate(names):
        short = name if len(name) <= 26 else f"{name[:25].rstrip()}…"
        x = left + place * column + column / 2 + 4.5
        found.append(
            f'<text class="k-text" transform="translate({x:.1f} {head - 12}) rotate(-90)">{escape(short)}</text>'
        )
    return "".join(found)
