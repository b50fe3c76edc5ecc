"""What the home pages show, asked of the rooms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext as _

from kutomo.across.fabric import queries as fabric
from kutomo.across.notices import queries as notices
from kutomo.core.access import ROLES, Can, Role, gate
from kutomo.core.activity import queries as activity
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import CAN_LABELS, ROLE_LABELS, Network
from kutomo.ground.errors import NotFound
from kutomo.ground.ui.dates import day
from kutomo.work.candidates import queries as candidates
from kutomo.work.commitments import queries as commitments
from kutomo.work.founding import queries as founding
from kutomo.work.introductions import queries as introductions
from kutomo.work.meetings import queries as meetings

LAST_LINES = 6
LINES_LOOKED_AT = 60

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Text:
    """A page of plain text: its heading, what stands before the first section, and the sections in Markdown."""

    title: str
    lead: str
    sections: list[tuple[str, str]]


def about(name: str) -> Text:
    """Help, accessibility or privacy in the reader's language; NotFound for another name."""
    place = CONTENT / f"{name}.{(get_language() or 'fi')[:2]}.md"
    if not place.is_file():
        raise NotFound(_("There is no such page."))
    title, _sep, body = place.read_text(encoding="utf-8").partition("\n")
    lead, *parts = body.split("\n### ")
    sections = [tuple(part.split("\n", 1)) for part in parts]
    return Text(title.removeprefix("# "), lead.strip(), [(head, words.strip()) for head, words in sections])


@dataclass(frozen=True)
class Card:
    """One of my networks, with what waits for me there."""

    network: Network
    waiting: list[notices.Waiting]
    cloth: str = ""


@dataclass(frozen=True)
class Step:
    """One step of founding on the leader's list."""

    label: str
    hint: str
    verb: str
    url: str
    is_done: bool
    is_next: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the log, and how many more of its kind there are on the same day among the newest."""

    event: Any
    more: int


def my_networks(person: Any) -> list[Card]:
    """The person's networks by name, each with what waits there; as many queries for one network as for many."""
    nets = list(networks.visible_to(person))
    waiting = notices.waiting(person, nets)
    pieces = fabric.pieces(nets)
    return [Card(network, waiting.get(network.pk, []), pieces.get(network.pk, "")) for network in nets]


def today_in(network: Network, person: Any) -> dict[str, Any]:
    """The network's day: what waits for the person, the next meeting, the last deeds, a leader's next steps."""
    meeting = meetings.next_of(network)
    waiting = notices.waiting(person, [network]).get(network.pk, [])
    leads = gate.may(person, Can.LEAD_FOUNDING, network)
    cloth = fabric.cloth(network)
    return {
        "cloth": cloth,
        "blocks": introductions.kept_strip(network),
        "svg": "" if cloth.is_empty else cloth.svg(coming=day(meeting.starts_at) if meeting else ""),
        "waiting": waiting,
        "minutes": sum(item.minutes for item in waiting),
        "meeting": meeting,
        "lines": _folded(activity.lines(network, person)[:LINES_LOOKED_AT])[:LAST_LINES],
        "steps": _steps(network) if leads else [],
        "may_settle": gate.may(person, Can.SETTLE, network),
    }


def _folded(events: Iterable[Any]) -> list[Line]:
    """The newest of each kind and day, so that thirty invitations are one line; newest first."""
    groups: dict[tuple[str, Any], list[Any]] = {}
    for event in events:
        groups.setdefault((event.kind, localdate(event.at)), []).append(event)
    return [Line(rows[0], len(rows) - 1) for rows in groups.values()]


def _steps(network: Network) -> list[Step]:
    """Founding in the order of the method; the list goes when the canvas has been agreed and rules are in force."""
    canvas = founding.current(network)
    state = canvas.state if canvas else ""
    past_draft = state not in ("", "draft")
    agreed = state == "agreed"
    rules = agreed and commitments.current_rules(network) is not None
    if agreed and rules:
        return []
    drafted = past_draft or (canvas is not None and founding.is_drafted(canvas))
    invited = drafted or candidates.has_invited(network)
    rows = [
        (
            _("Gather and invite members"),
            _("Bring the names from a spreadsheet or a mail. Everybody gets a letter with the own name."),
            _("Gather"),
            "candidates:candidates",
            invited,
        ),
        (
            _("Draft your own answers to the five questions"),
            _("Half an hour on your own. Members see the draft only when they have answered."),
            _("Draft"),
            "founding:canvas",
            drafted,
        ),
        (
            _("Open the questions to the members"),
            _("Everybody gets a link and answers before seeing the draft."),
            _("Open"),
            "founding:canvas",
            past_draft,
        ),
        (
            _("Hold the first meeting, or agree in writing"),
            _("The agenda is ready for 180 or 90 minutes. In writing it takes about three weeks."),
            _("Call a meeting"),
            "meetings:meetings",
            state in ("proposed", "agreed"),
        ),
        (
            _("Agree on the shared wording"),
            _("Group the answers, write the wording from them, and ask for consent."),
            _("Continue"),
            "founding:canvas",
            agreed,
        ),
        (
            _("Agree on the ground rules"),
            _("Choose at most seven, and say what each means in practice."),
            _("Choose"),
            "commitments:rules",
            rules,
        ),
    ]
    first = next((place for place, row in enumerate(rows) if not row[-1]), None)
    return [
        Step(label, hint, verb, reverse(name, args=[network.slug]), done, place == first)
        for place, (label, hint, verb, name, done) in enumerate(rows)
    ]


def role_labels(table: dict[Role, frozenset[Can]]) -> list[tuple[Role, Any]]:
    """The roles of the table with their names."""
    return [(role, ROLE_LABELS[role]) for role in table]


def who_may() -> list[tuple[Any, list[tuple[Any, bool]]]]:
    """One row a capability: its words, and for each role its name and whether it has the capability."""
    return [(CAN_LABELS[can], [(ROLE_LABELS[role], can in allowed) for role, allowed in ROLES.items()]) for can in Can]
