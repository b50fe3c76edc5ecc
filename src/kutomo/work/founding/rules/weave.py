"""The picture of answers weaving into themes, as plain figures for an SVG template.

Coordinates are units of the drawing (860 wide). Long answers are cut; the text twin beside the
picture holds them whole. At most ``rows`` answers get a thread of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 860
ROW = 36
TEXT_X, LINE_X, TURN_X, BOX_X, BOX_W = 286, 300, 430, 560, 300
THREAD = 32  # between threads where they enter a theme
PAD = 23
GAP = 16
SHORTEST_BOX = 92
LONGEST_LABEL = 30
TONES = ("kuusi", "sini", "matara")


@dataclass(frozen=True)
class Strand:
    """One answer: ``theme`` is the position of its theme, or None while it is loose."""

    label: str
    theme: int | None
    is_new: bool = False


@dataclass
class Bundle:
    """A theme with its box and the path of its threads."""

    name: str
    count: int
    tone: str
    y: int = 0
    height: int = SHORTEST_BOX
    path: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def placed(self) -> list[tuple[int, str]]:
        """The lines of the name with their heights."""
        return [(self.y + 44 + 30 * n, line) for n, line in enumerate(self.lines)]

    @property
    def count_y(self) -> int:
        return self.y + 42 + 30 * len(self.lines)


@dataclass(frozen=True)
class Label:
    text: str
    y: int
    is_new: bool
    is_loose: bool
    line_y: int


@dataclass(frozen=True)
class Weave:
    width: int
    height: int
    labels: tuple[Label, ...]
    bundles: tuple[Bundle, ...]
    unseen: int  # answers without a thread of their own


def cut(text: str, longest: int = LONGEST_LABEL) -> str:
    """The beginning of a text, at a word's end, with an ellipsis if something was left out."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head).rstrip(" ,.;:–-") + "…"


def break_name(name: str, longest: int = 20) -> list[str]:
    """A theme's name on one or two lines."""
    if len(name) <= longest:
        return [name]
    head, _, _ = name[: longest + 1].rpartition(" ")
    if not head:
        return [cut(name, longest)]
    return [head, cut(name[len(head) + 1 :], longest)]


def weave(strands: Sequence[Strand], themes: Sequence[str], *, rows: int = 16) -> Weave:
    """Places answers on the left, themes on the right and draws the threads between them."""
    counts = [sum(1 for s in strands if s.theme == n) for n in range(len(themes))]
    seen = _choose(strands, rows)
    bundles = _boxes(themes, counts, seen)
    labels = []
    entered = [0] * len(themes)
    for place, strand in enumerate(seen):
        y = 18 + place * ROW
        labels.append(Label(cut(strand.label), y + 6, strand.is_new, strand.theme is None, y))
        if strand.theme is None:
            continue
        bundle = bundles[strand.theme]
        end = bundle.y + PAD + entered[strand.theme] * THREAD
        entered[strand.theme] += 1
        bundle.path += f"M{LINE_X} {y}C{TURN_X} {y} {TURN_X} {end} {BOX_X} {end}"
    bottom = max((b.y + b.height for b in bundles), default=0)
    height = max(len(seen) * ROW, bottom, ROW)
    return Weave(WIDTH, height, tuple(labels), tuple(bundles), len(strands) - len(seen))


def _boxes(themes: Sequence[str], counts: Sequence[int], seen: Sequence[Strand]) -> list[Bundle]:
    bundles = []
    y = 10
    for n, name in enumerate(themes):
        threads = sum(1 for s in seen if s.theme == n)
        lines = break_name(name)
        height = max(SHORTEST_BOX + 30 * (len(lines) - 1), 2 * PAD + THREAD * max(threads - 1, 0))
        bundles.append(Bundle(name, counts[n], TONES[n % len(TONES)], y, height, lines=lines))
        y += height + GAP
    return bundles


def _choose(strands: Sequence[Strand], rows: int) -> list[Strand]:
    """All when they fit; else the loose ones and an even pick of each theme, in the given order."""
    if len(strands) <= rows:
        return list(strands)
    queues: dict[int | None, list[int]] = {}
    for place, strand in enumerate(strands):
        queues.setdefault(strand.theme, []).append(place)
    picked: list[int] = []
    while len(picked) < rows:
        for queue in sorted(queues.values(), key=len, reverse=True):
            if queue and len(picked) < rows:
                picked.append(queue.pop(0))
    return [strands[place] for place in sorted(picked)]
