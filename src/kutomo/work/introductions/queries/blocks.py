"""The strip of the three building blocks: what is read from where, and in which words it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Network
from kutomo.core.promises import queries as promises
from kutomo.ground.clock import today
from kutomo.work.commitments import queries as commitments
from kutomo.work.relations.rules.shape import Report

from ..models import KeptStrip
from ..rules import blocks
from ..rules.blocks import Block, Reading, Strength, Strip
from .material import Material

NAMES = {
    Block.KNOWING: _("Knowing"),
    Block.TRUSTING: _("Trusting"),
    Block.COMMITTING: _("Committing"),
}
LABELS = {
    "mk": _("pairs of members that both know what the other does and whom to call"),
    "rwl": _("pairs that reach each other in two steps without the leader"),
    "trust": _("answers about those one works with that rely on them, mostly or fully"),
    "kept": _("promises kept, as their receivers say, or moved in time"),
    "cards": _("organisations with a confirmed commitment card"),
    "commit": _("pairs working together that both rely on each other and are ready for more"),
}
RULES = {
    "mk": _("Both sides say it in the survey or have ticked it after talking in pairs. It does not tell how well."),
    "rwl": _("Counted on pairs that know each other, when the leader's organisation is taken away."),
    "trust": _("Given without names, told only roughly and from at least five. It does not tell whom anybody trusts."),
    "kept": _("Counts only when the receiver has confirmed it. It does not tell how large the promises were."),
    "cards": _("An organisation's own confirmed card. It does not tell how much anybody gives."),
    "commit": _("From the survey, told only roughly and from at least five. It names nobody."),
}
BOUNDS = _("Weak below %(low)s %%, strong from %(high)s %%. The bounds are ours; they order what to talk about.")
STRENGTHS = {
    Strength.STRONG: (_("strong"), "check", "kuusi"),
    Strength.GROWING: (_("growing"), "sprout", "sauramo"),
    Strength.WEAK: (_("strengthen this"), "circle-alert", "matara"),
    Strength.UNKNOWN: (_("not enough yet"), "clock", "sini"),
}
WORDS = {
    "few": _("few"),
    "some": _("some"),
    "half": _("about half"),
    "most": _("most"),
    "nearly_all": _("nearly all"),
    "third_at_most": _("a third at most"),
    "about_half": _("about half"),
    "two_thirds_or_more": _("two thirds or more"),
    "less_than_half": _("less than half"),
    "half_or_more": _("half or more"),
}
NEXT = {
    Block.KNOWING: _("Introduce two who do not know each other, or hold a round of pairs."),
    Block.TRUSTING: _("Begin meetings with what was promised. Let two try a small task together."),
    Block.COMMITTING: _("Ask for small, dated commitments, and have them confirmed."),
}

Source = Callable[[Material], dict[Block, list[Reading]]]


@dataclass(frozen=True)
class Told:
    """One reading in words."""

    reading: Reading
    value: str
    label: Any
    rule: Any
    bounds: str
    before: str
    strength: tuple[Any, str, str]


@dataclass(frozen=True)
class BlockShown:
    """One block of the strip. ``mark`` names the figure drawn: one to three threads across."""

    block: Block
    name: Any
    readings: list[Told]
    strength: tuple[Any, str, str]
    is_first: bool
    next: Any


def from_survey(material: Material) -> dict[Block, list[Reading]]:
    """Figures of the newest report; trust and commitment only as everybody may see them."""
    reports = material.reports
    if not reports:
        return {Block.KNOWING: [Reading("mk", why="no_wave"), Reading("rwl", why="no_wave")]}
    last, earlier = reports[-1], reports[-2] if len(reports) > 1 else None
    return {
        Block.KNOWING: [_of(last, earlier, "mk", "mk"), _of(last, earlier, "rwl", "rwl")],
        Block.TRUSTING: [_of(last, earlier, "trust", "trust_given")],
        Block.COMMITTING: [_of(last, earlier, "commit", "commit_both")],
    }


def _of(report: Report, earlier: Report | None, key: str, figure: str) -> Reading:
    found = report.figures.get(figure)
    if found is None:
        return Reading(key, on=report.closed_on, why="no_figure")
    past = earlier.figures.get(figure) if earlier else None
    before = past.value if past and past.told and key in ("mk", "rwl") else None
    return Reading(
        key, found.value, found.n, found.of, report.closed_on, found.word, found.low, found.high, found.why, before
    )


def from_cards(material: Material) -> dict[Block, list[Reading]]:
    """Organisations with a confirmed commitment card, of those that sit here."""
    cover = commitments.coverage(material.network, material.cards, material.seats.values())
    if cover.seated < 3 or not (cover.confirmed or cover.waiting or cover.following):
        return {Block.COMMITTING: [Reading("cards", on=today(), why="no_cards")]}
    share = cover.confirmed / cover.seated
    return {Block.COMMITTING: [Reading("cards", share, cover.confirmed, cover.seated, today())]}


def from_promises(material: Material) -> dict[Block, list[Reading]]:
    """Promises kept, as those who were promised say; only when enough have been due."""
    found = promises.kept(material.network)
    why = "" if found.is_shown else "few_due"
    return {Block.TRUSTING: [Reading("kept", found.share, found.kept, found.due, today(), why=why)]}


# A room that knows of own resources put in or of asks made in public adds its source here.
SOURCES: list[Source] = [from_survey, from_promises, from_cards]


def strip(material: Material) -> Strip:
    """The readings of all sources, block by block."""
    found: dict[Block, list[Reading]] = {}
    for source in SOURCES:
        for block, readings in source(material).items():
            found.setdefault(block, []).extend(readings)
    return blocks.strip(found)


def shown(material: Material) -> list[BlockShown]:
    """The three blocks as the strip shows them; no query besides the material."""
    return _shown(strip(material))


def _shown(whole: Strip) -> list[BlockShown]:
    return [
        BlockShown(
            block,
            NAMES[block],
            [_told(reading) for reading in whole.readings[block]],
            STRENGTHS[whole.strength(block)],
            whole.first == block,
            NEXT[block],
        )
        for block in Block
    ]


def kept_strip(network: Network) -> list[BlockShown]:
    """The strip as it was read last night, for a page with much else; empty while nothing is known. One query."""
    row = KeptStrip.objects.filter(network=network).only("readings").first()
    whole = blocks.from_json(row.readings) if row else None
    return _shown(whole) if whole is not None and whole.is_known else []


def to_read() -> list[Network]:
    """The networks whose strip is read at night: those that live."""
    return list(Network.objects.exclude(stage=Network.Stage.ARCHIVE))


def _told(reading: Reading) -> Told:
    low, high = blocks.BOUNDS[reading.key]
    return Told(
        reading=reading,
        value=_value(reading),
        label=LABELS[reading.key],
        rule=RULES[reading.key],
        bounds=str(BOUNDS) % {"low": round(low * 100), "high": round(high * 100)},
        before=_percent(reading.before) if reading.before is not None else "",
        strength=STRENGTHS[reading.strength],
    )


def _value(reading: Reading) -> str:
    if reading.strength == Strength.UNKNOWN:
        return ""
    if reading.word:
        return str(WORDS[reading.word])
    if reading.key in ("trust", "commit") and reading.low is not None and reading.high is not None:
        return f"{round(reading.low * 100)}–{round(reading.high * 100)} %"
    return _percent(reading.value or 0.0)


def _percent(value: float) -> str:
    return f"{round(value * 100)} %"
