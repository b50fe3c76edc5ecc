"""A report as it is read: chapters, rows, sentences, a chart of the ladder; and the same as a file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy as _

from kutomo.ground.errors import NotFound
from kutomo.ground.tables.written import CSV, XLSX, Cells, write_csv, write_xlsx

from ..models import Wave
from ..rules import floors, phrases, wording
from ..rules.asking import PULSE_ITEMS
from ..rules.phrases import Phrase
from ..rules.shape import Figure, Report
from .report import progress, received, reports

WATERMARK = _("For developing the network together. Not for personnel decisions or for ranking anybody.")
FILES = {"report.csv": CSV, "report.xlsx": XLSX}
LADDER = ("ladder_1", "ladder_2", "step_3", "commit_both")


@dataclass(frozen=True)
class Row:
    """One figure as it is read. ``value`` is words already; ``over`` says what it was counted over."""

    key: str
    label: str
    value: str
    over: str
    rule: str
    figure: Figure

    @property
    def is_told(self) -> bool:
        return self.figure.told


@dataclass(frozen=True)
class Bar:
    """A step of the ladder as it is drawn: full until ``sure``, pale for ``width`` more (per cent, as attributes)."""

    label: str
    value: str
    over: str
    sure: str
    width: str
    is_told: bool


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    lead: str
    rows: list[Row]
    shown: int = 0
    sentence: str = ""

    @property
    def first(self) -> list[Row]:
        return self.rows if len(self.rows) < self.shown + 2 else self.rows[: self.shown]

    @property
    def rest(self) -> list[Row]:
        return self.rows[len(self.first) :]

    @property
    def untold(self) -> str:
        """The one reason when nothing of the chapter can be told."""
        reasons = {row.value for row in self.rows}
        return reasons.pop() if self.rows and len(reasons) == 1 and not any(row.is_told for row in self.rows) else ""


@dataclass(frozen=True)
class ReportPage:
    """What the page of a report shows; ``report`` None while it is being made (``done`` of ``steps``)."""

    report: Report | None
    done: int = 0
    steps: int = 1
    gate: str = ""
    sentence: str = ""
    bars: list[Bar] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    others: list[Report] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)

    @property
    def percent(self) -> int:
        told = self.report
        return round(100 * told.answered / told.n) if told and told.n else 0


def report_page(person: Any, wave: Wave) -> ReportPage:
    """The report of ``wave`` in the language of the day, the same for all; NotFound while the wave is open."""
    if not wave.is_closed:
        raise NotFound(_("There is no report yet. It is made when the survey has closed."))
    every = reports(person, wave.network)
    found = next((report for report in every if report.wave == wave.pk), None)
    if found is None:
        done, steps = progress(wave) or (0, 1)
        return ReportPage(None, done, steps)
    language = get_language() or "en"
    chapters = _chapters(found, language)
    return ReportPage(
        report=found,
        gate=phrases.text("gate", found.gate, language),
        sentence=_ladder_sentence(found, language),
        bars=_bars(found, language),
        chapters=chapters,
        others=[report for report in every if report.wave != wave.pk],
        contents=[(chapter.key, chapter.title) for chapter in chapters],
    )


def _chapters(report: Report, language: str) -> list[Chapter]:
    found = []
    for chapter in phrases.chapters(language):
        told = chapter.phrases if chapter.key != "pulse" else _pulse(language)
        rows = [_row(phrase, report, language) for phrase in told if phrase.key in report.figures]
        if rows:
            sentence = _leader_sentence(report, language) if chapter.key == "leader" else ""
            found.append(Chapter(chapter.key, chapter.title, chapter.lead, rows, chapter.shown, sentence))
    return found


def _pulse(language: str) -> tuple[Phrase, ...]:
    items = zip(PULSE_ITEMS, wording.pulse(language), strict=True)
    return tuple(Phrase(f"pulse_{item}", "band", asked.text, "", "persons") for item, asked in items)


def _row(phrase: Phrase, report: Report, language: str) -> Row:
    figure = report.figures[phrase.key]
    over = phrases.text("over", phrase.over, language).format(n=_whole(figure.n), of=_whole(figure.of))
    rule = phrase.rule
    if phrase.key.startswith("density") and figure.low is not None and figure.high is not None:
        ends = {"low": _share(figure.low), "high": _share(figure.high)}
        rule = f"{rule} {phrases.text('sentence', 'bounds', language).format(**ends)}"
    return Row(
        phrase.key, phrase.label, value_of(figure, phrase.kind, language), over if figure.n else "", rule, figure
    )


def value_of(figure: Figure, kind: str, language: str) -> str:
    """A figure's value in words: a share, a band, a count, a word, or why there is none."""
    if figure.why:
        return phrases.text("why", figure.why, language)
    if figure.word:
        return phrases.text("word", figure.word, language)
    if kind == "band" and figure.low is not None and figure.high is not None:
        return f"{math.floor(figure.low * 100 + 1e-9)}–{math.ceil(figure.high * 100 - 1e-9)} %"
    value = figure.value or 0.0
    if kind in ("share", "band"):
        return _share(value)
    if kind == "count":
        return _whole(round(value))
    text = number_format(abs(round(value, 2)), decimal_pos=2)
    sign = ("−" if value < 0 else "+") if kind == "index" and round(value, 2) else ""
    return sign + text


def _share(value: float) -> str:
    percent = value * 100
    places = 0 if percent >= 10 or percent == 0 or round(percent, 1) == round(percent) else 1
    return f"{number_format(round(percent, places), decimal_pos=places)} %"


def _whole(value: int) -> str:
    return number_format(value, decimal_pos=0, force_grouping=value >= 10_000)


def _bars(report: Report, language: str) -> list[Bar]:
    """The four steps over the same pairs, so that a step is never longer than the one before."""
    known = {phrase.key: phrase for chapter in phrases.chapters(language) for phrase in chapter.phrases}
    bars = []
    for rung in (1, 2, 3, 4):
        key = f"ladder_{rung}"
        figure = report.figures.get(key)
        if figure is None:
            return []
        row = _row(known[key], report, language)
        low, high = _ends(report, rung, figure)
        ends = f"{low:.1%}"[:-1], f"{high - low:.1%}"[:-1]
        bars.append(Bar(known[key].label, row.value, row.over, *ends, figure.told))
    return bars


def _ends(report: Report, rung: int, figure: Figure) -> tuple[float, float]:
    """Between what the bar ends. A word stands for a band of the pairs that work together."""
    if figure.value is not None and rung <= 2:
        return figure.value, figure.value
    if figure.low is not None and figure.high is not None:
        return figure.low, figure.high
    low, high = floors.band_of(figure.word)
    works = report.figures["ladder_2"].value or 0.0
    return low * works, high * works


def _ladder_sentence(report: Report, language: str) -> str:
    told = [report.figures.get(key) for key in LADDER]
    if any(figure is None or (figure.why and number < 2) for number, figure in enumerate(told)):
        return ""
    kinds = ("share", "share", "band", "band")
    words = [
        phrases.text("sentence", "untold", language) if figure.why else value_of(figure, kind, language)
        for figure, kind in zip(told, kinds, strict=True)
        if figure is not None
    ]
    names = ("knows", "works", "trusts", "commits")
    return phrases.text("sentence", "ladder", language).format(**dict(zip(names, words, strict=True)))


def _leader_sentence(report: Report, language: str) -> str:
    after, cut, only = (report.figures.get(key) for key in ("largest_after", "pairs_cut", "only_leader"))
    if after is None or cut is None or only is None or after.value is None:
        return ""
    numbers = {
        "x": _whole(round(after.value * after.n)),
        "y": _whole(after.n),
        "z": _whole(round(cut.value or 0)),
        "w": _whole(round(only.value or 0)),
    }
    return phrases.text("sentence", "leader", language).format(**numbers)


def relied_words(person: Any, wave: Wave) -> str:
    """How many of its raters rely on the seat of ``person``, in words, for that seat alone; "" when nothing is told."""
    found, language = received(person, wave), get_language() or "en"
    if found is None or not found.told:
        return ""
    over = phrases.text("over", "facet", language).format(n=found.n)
    return f"{value_of(found, 'band', language)} ({over})"


def report_file(person: Any, wave: Wave, name: str) -> tuple[bytes, str, str]:
    """The report as a file (bytes, kind, the name to keep it under): the figures of the page, no more.

    NotFound for another name than those of FILES, or before there is a report.
    """
    shown = report_page(person, wave)
    if name not in FILES or shown.report is None:
        raise NotFound(_("There is no such file of the report."))
    rule = gettext("How it is counted, and what it does not tell")
    names = (
        gettext("Chapter"),
        gettext("Figure"),
        gettext("Value"),
        gettext("As a number"),
        gettext("At least"),
        gettext("At most"),
    )
    rows: list[list[object]] = [[*names, gettext("Counted over"), rule]]
    for chapter in shown.chapters:
        for row in chapter.rows:
            told = row.figure
            rows.append([chapter.title, row.label, row.value, told.value, told.low, told.high, row.over, row.rule])
    kept = f"kutomo-report-{wave.number}.{name.partition('.')[2]}"
    about = [[line] for line in _head(shown.report, shown)]
    if name == "report.csv":
        return write_csv([*rows, [], *about]), CSV, kept
    sheets: dict[str, Cells] = {gettext("Report"): rows, gettext("About"): about}
    return write_xlsx(sheets, (26, 44, 24, 10, 10, 10, 40, 70)), XLSX, kept


def _head(report: Report, shown: ReportPage) -> list[str]:
    """What every file says of itself."""
    facts = {"number": report.number, "day": report.closed_on.isoformat(), "n": report.answered, "of": report.n}
    return [
        gettext("Relationship survey %(number)s, closed %(day)s; %(n)s of %(of)s seats answered.") % facts,
        shown.gate,
        str(WATERMARK),
    ]
