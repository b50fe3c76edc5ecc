"""What the home pages show, asked of the rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext as _, ngettext

from kutomo.across.fabric import queries as fabric
from kutomo.core.access import ROLES, Can, Role, gate
from kutomo.core.activity import queries as activity
from kutomo.core.consent import queries as consent
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import CAN_LABELS, ROLE_LABELS, Network
from kutomo.core.promises import queries as promises
from kutomo.core.talk import queries as talk
from kutomo.ground.errors import NotFound
from kutomo.ground.ui.dates import day, when
from kutomo.work.candidates import queries as candidates
from kutomo.work.commitments import queries as commitments
from kutomo.work.decisions import queries as decisions
from kutomo.work.exchange import queries as exchange
from kutomo.work.founding import queries as founding
from kutomo.work.introductions import queries as introductions
from kutomo.work.meetings import queries as meetings

LAST_LINES = 6
LINES_LOOKED_AT = 60
MINUTES_A_QUESTION = 1


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
class Waiting:
    """One thing that waits for the reader; ``minutes`` is about how long it takes."""

    title: str
    note: str
    verb: str
    url: str
    icon: str
    tone: str
    minutes: int


@dataclass(frozen=True)
class Card:
    """One of my networks, with what waits for me there."""

    network: Network
    waiting: list[Waiting]
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
    waiting = _waiting(person, nets, meetings.going_on(nets))
    pieces = fabric.pieces(nets)
    return [Card(network, waiting.get(network.pk, []), pieces.get(network.pk, "")) for network in nets]


def _waiting(person: Any, nets: list[Network], going_on: list[Any]) -> dict[int, list[Waiting]]:
    """What waits for ``person``, by the network's key."""
    by_key = {network.pk: network for network in nets}
    found: dict[int, list[Waiting]] = {meeting.network_id: [_to_join(meeting)] for meeting in going_on}
    for ask in (_questions, _consent, _decisions, _promises, _help, _rules, _cards, _introductions, _mentions):
        for key, item in ask(person, by_key):
            found.setdefault(key, []).append(item)
    return found


Found = Iterator[tuple[int, Waiting]]


def _to_join(meeting: Any) -> Waiting:
    return Waiting(
        title=meeting.title,
        note=_("The meeting is going on now."),
        verb=_("Join"),
        url=reverse("meetings:phone", args=[meeting.code]),
        icon="presentation",
        tone="matara",
        minutes=0,
    )


def _questions(person: Any, nets: dict[int, Network]) -> Found:
    turns: dict[int, list[int]] = {}
    for question in founding.waiting_questions(person, nets.values()):
        turns.setdefault(question.canvas.network_id, []).append(question.number)
    for key, left in turns.items():
        note = ngettext("%(n)s question waits.", "%(n)s questions wait.", len(left)) % {"n": len(left)}
        yield (
            key,
            Waiting(
                title=_("The founding canvas asks what you think"),
                note=note,
                verb=_("Answer"),
                url=reverse("founding:answer", args=[nets[key].slug, left[0]]),
                icon="pencil-line",
                tone="sini",
                minutes=len(left) * MINUTES_A_QUESTION,
            ),
        )


def _consent(person: Any, nets: dict[int, Network]) -> Found:
    for item in consent.waiting_in(person, nets.values()):
        yield (
            item.network_id,
            Waiting(
                title=item.title,
                note=_("A consent round. It closes %(time)s.") % {"time": when(item.closes_at)},
                verb=_("Take a stance"),
                url=reverse("consent:round", args=[nets[item.network_id].slug, item.pk]),
                icon="scale",
                tone="kuusi",
                minutes=3,
            ),
        )


def _decisions(person: Any, nets: dict[int, Network]) -> Found:
    for item, why in decisions.waiting_in(person, nets.values()):
        note, verb, minutes = {
            "answer": (_("Your answer is asked for."), _("Answer"), 2),
            "advise": (_("Your advice is asked for."), _("Answer"), 5),
            "decide": (_("You are asked whether you would decide this."), _("Answer"), 1),
            "publish": (_("All have been asked. Write what was decided and why."), _("Write"), 10),
            "review": (_("It is time to look at this decision again."), _("Open"), 5),
        }[why]
        yield (
            item.network_id,
            Waiting(
                title=item.shown["title"],
                note=note,
                verb=verb,
                url=reverse("decisions:decision", args=[nets[item.network_id].slug, item.pk]),
                icon="scale",
                tone="kuusi",
                minutes=minutes,
            ),
        )


def _promises(person: Any, nets: dict[int, Network]) -> Found:
    for item in promises.waiting_in(person, nets.values()):
        note = {
            "proposed": _("A promise waits for your answer."),
            "done": _("%(name)s says that it is done. Did it come?") % {"name": item.doer_name},
        }.get(item.state, _("You promised this by %(day)s.") % {"day": day(item.by_on)})
        yield (
            item.network_id,
            Waiting(
                title=item.what,
                note=note,
                verb=_("Answer"),
                url=reverse("promises:promise", args=[nets[item.network_id].slug, item.pk]),
                icon="handshake",
                tone="sauramo",
                minutes=1,
            ),
        )


def _help(person: Any, nets: dict[int, Network]) -> Found:
    for item, why in exchange.waiting_in(person, nets.values()):
        network = nets[item.listing.network_id]
        yield (
            network.pk,
            Waiting(
                title=item.listing.title,
                note=_("Did the help come?") if why == "confirm" else _("Somebody waits for your answer about help."),
                verb=_("Answer"),
                url=reverse("exchange:task", args=[network.slug, item.pk]),
                icon="hand-heart",
                tone="sauramo",
                minutes=1,
            ),
        )


def _rules(person: Any, nets: dict[int, Network]) -> Found:
    for rule_set in commitments.to_accept_in(person, nets.values()):
        yield (
            rule_set.network_id,
            Waiting(
                title=_("The ground rules have been agreed"),
                note=_("Read them and say whether you accept them."),
                verb=_("Read"),
                url=reverse("commitments:rules", args=[nets[rule_set.network_id].slug]),
                icon="book-open",
                tone="kuusi",
                minutes=2,
            ),
        )


def _cards(person: Any, nets: dict[int, Network]) -> Found:
    for card in commitments.waiting_cards(person, nets.values()):
        yield (
            card.network_id,
            Waiting(
                title=_("A commitment card waits for you"),
                note=card.person.name,
                verb=_("Open"),
                url=reverse("commitments:card", args=[nets[card.network_id].slug, card.pk]),
                icon="handshake",
                tone="sauramo",
                minutes=2,
            ),
        )


def _introductions(person: Any, nets: dict[int, Network]) -> Found:
    for side in introductions.waiting_for(person, nets.values()):
        row = side.introduction
        yield (
            row.network_id,
            Waiting(
                title=_("What came of an introduction?") if row.has_met else _("Would you like to know somebody?"),
                note=_("An introduction"),
                verb=_("Answer"),
                url=row.get_absolute_url(),
                icon="handshake",
                tone="sauramo",
                minutes=1,
            ),
        )


def _mentions(person: Any, nets: dict[int, Network]) -> Found:
    for post in talk.mentions_of(person, nets.values()):
        key = post.thread.network_id
        yield (
            key,
            Waiting(
                title=post.thread.title,
                note=_("You are mentioned in a conversation."),
                verb=_("Read"),
                url=reverse("talk:thread", args=[nets[key].slug, post.thread_id]) + f"#post-{post.pk}",
                icon="messages-square",
                tone="sauramo",
                minutes=1,
            ),
        )


def _joining(person: Any, network: Network) -> Iterator[Waiting]:
    """What waits of those who might join: candidates to invite, and requests for those who decide on them."""
    decides = gate.may(person, Can.MANAGE_CANDIDATES, network)
    asked, asks = candidates.waiting_in(person, network, decides=decides)
    if asked:
        yield Waiting(
            title=_("You were asked to invite"),
            note=ngettext("%(n)s potential member", "%(n)s potential members", asked) % {"n": asked},
            verb=_("Answer"),
            url=reverse("candidates:candidates", args=[network.slug]),
            icon="user-plus",
            tone="sini",
            minutes=1,
        )
    if asks:
        words = ngettext("%(n)s request waits for an answer.", "%(n)s requests wait for an answer.", asks)
        yield Waiting(
            title=_("Somebody asks to join"),
            note=words % {"n": asks},
            verb=_("Answer"),
            url=reverse("candidates:requests", args=[network.slug]),
            icon="door-open",
            tone="sini",
            minutes=2 * asks,
        )


def today_in(network: Network, person: Any) -> dict[str, Any]:
    """The network's day: what waits for the person, the next meeting, the last deeds, a leader's next steps."""
    meeting = meetings.next_of(network)
    going_on = [meeting] if meeting and meeting.is_open else []
    waiting = _waiting(person, [network], going_on).get(network.pk, [])
    leads = gate.may(person, Can.LEAD_FOUNDING, network)
    if gate.may(person, Can.INVITE, network):
        waiting = [*waiting, *_joining(person, network)]
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
