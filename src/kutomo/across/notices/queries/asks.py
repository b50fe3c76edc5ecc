"""What each room has waiting for a person, over many networks; one query a room, however much waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from kutomo.core.access import Can, gate
from kutomo.core.consent import queries as consent
from kutomo.core.networks.models import Network
from kutomo.core.promises import queries as promises
from kutomo.core.talk import queries as talk
from kutomo.ground.clock import moment
from kutomo.ground.ui.dates import day, when
from kutomo.work.candidates import queries as candidates
from kutomo.work.commitments import queries as commitments
from kutomo.work.decisions import queries as decisions
from kutomo.work.exchange import queries as exchange
from kutomo.work.founding import queries as founding
from kutomo.work.introductions import queries as introductions
from kutomo.work.meetings import queries as meetings
from kutomo.work.results import queries as results

MINUTES_A_QUESTION = 1


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the reader.

    ``key`` names the thing and what is asked of it, so that "never this" says nothing about a later question;
    ``why``: the reason why it is shown to this reader; ``minutes``: about how long it takes;
    ``closes_at``: when it can no longer be answered, or None.
    """

    key: str
    title: str
    note: str
    why: str
    verb: str
    url: str
    icon: str
    tone: str
    minutes: int
    closes_at: dt.datetime | None = None


Nets = dict[int, Network]  # by the network's key
Found = Iterator[tuple[int, Waiting]]  # the network's key, and what waits there


def ask_all(person: Any, nets: Nets) -> Found:
    """Everything that waits for ``person`` in ``nets``, room by room."""
    for ask in ASKS:
        yield from ask(person, nets)


def _end_of(last: dt.date | None) -> dt.datetime | None:
    """The moment when the day ``last`` is over."""
    return moment(last + dt.timedelta(days=1)) if last else None


def _meetings(person: Any, nets: Nets) -> Found:
    for meeting in meetings.going_on(nets.values()):
        yield (
            meeting.network_id,
            Waiting(
                key=f"meetings.join:{meeting.pk}",
                title=meeting.title,
                note=_("The meeting is going on now."),
                why=_("You belong to the network that meets."),
                verb=_("Join"),
                url=reverse("meetings:phone", args=[meeting.code]),
                icon="presentation",
                tone="matara",
                minutes=0,
            ),
        )


def _questions(person: Any, nets: Nets) -> Found:
    turns: dict[Any, list[int]] = {}
    for question in founding.waiting_questions(person, nets.values()):
        turns.setdefault(question.canvas, []).append(question.number)
    for canvas, left in turns.items():
        yield (
            canvas.network_id,
            Waiting(
                key=f"founding.answer:{canvas.pk}",
                title=_("The founding canvas asks what you think"),
                note=ngettext("%(n)s question waits.", "%(n)s questions wait.", len(left)) % {"n": len(left)},
                why=_("You sit in the network, and everybody who sits is asked."),
                verb=_("Answer"),
                url=reverse("founding:answer", args=[nets[canvas.network_id].slug, left[0]]),
                icon="pencil-line",
                tone="sini",
                minutes=len(left) * MINUTES_A_QUESTION,
            ),
        )


def _consent(person: Any, nets: Nets) -> Found:
    for item in consent.waiting_in(person, nets.values()):
        yield (
            item.network_id,
            Waiting(
                key=f"consent.round:{item.pk}",
                title=item.title,
                note=_("A consent round. It closes %(time)s.") % {"time": when(item.closes_at)},
                why=_("You sit in the network, and everybody who sits is asked."),
                verb=_("Take a stance"),
                url=reverse("consent:round", args=[nets[item.network_id].slug, item.pk]),
                icon="scale",
                tone="kuusi",
                minutes=3,
                closes_at=item.closes_at,
            ),
        )


def _decisions(person: Any, nets: Nets) -> Found:
    for item, asked in decisions.waiting_in(person, nets.values()):
        note, why, verb, minutes = {
            "answer": (
                _("Your answer is asked for."),
                _("You sit in the network, and everybody who sits is asked."),
                _("Answer"),
                2,
            ),
            "advise": (_("Your advice is asked for."), _("You were asked by name."), _("Answer"), 5),
            "decide": (_("You are asked whether you would decide this."), _("You were asked by name."), _("Answer"), 1),
            "publish": (
                _("All have been asked. Write what was decided and why."),
                _("You brought this question or decide it."),
                _("Write"),
                10,
            ),
            "review": (
                _("It is time to look at this decision again."),
                _("You brought this question or decide it."),
                _("Open"),
                5,
            ),
        }[asked]
        yield (
            item.network_id,
            Waiting(
                key=f"decisions.{asked}:{item.pk}",
                title=item.shown["title"],
                note=note,
                why=why,
                verb=verb,
                url=reverse("decisions:decision", args=[nets[item.network_id].slug, item.pk]),
                icon="scale",
                tone="kuusi",
                minutes=minutes,
                closes_at=item.closes_at if asked in ("answer", "advise") else None,
            ),
        )


def _promises(person: Any, nets: Nets) -> Found:
    for item in promises.waiting_in(person, nets.values()):
        note, why = {
            "proposed": (
                _("A promise waits for your answer."),
                _("It is proposed to you; it binds only with your yes."),
            ),
            "done": (
                _("%(name)s says that it is done. Did it come?") % {"name": item.doer_name},
                _("You are the one who can say whether it came."),
            ),
        }.get(item.state, (_("You promised this by %(day)s.") % {"day": day(item.by_on)}, _("The promise is yours.")))
        yield (
            item.network_id,
            Waiting(
                key=f"promises.{item.state}:{item.pk}",
                title=item.what,
                note=note,
                why=why,
                verb=_("Answer"),
                url=reverse("promises:promise", args=[nets[item.network_id].slug, item.pk]),
                icon="handshake",
                tone="sauramo",
                minutes=1,
                closes_at=_end_of(item.by_on if item.state == "accepted" else None),
            ),
        )


def _help(person: Any, nets: Nets) -> Found:
    for item, asked in exchange.waiting_in(person, nets.values()):
        came = asked == "confirm"
        yield (
            item.listing.network_id,
            Waiting(
                key=f"exchange.{asked}:{item.pk}",
                title=item.listing.title,
                note=_("Did the help come?") if came else _("Somebody waits for your answer about help."),
                why=_("You are the one who can say whether it came.")
                if came
                else _("You are one of the two sides of this help."),
                verb=_("Answer"),
                url=reverse("exchange:task", args=[nets[item.listing.network_id].slug, item.pk]),
                icon="hand-heart",
                tone="sauramo",
                minutes=1,
            ),
        )


def _goals(person: Any, nets: Nets) -> Found:
    for item, asked in results.waiting_in(person, nets.values()):
        own = asked == "own"
        yield (
            item.network_id,
            Waiting(
                key=f"results.{asked}:{item.pk}",
                title=item.title,
                note=_("Would you own this goal together?") if own else _("It is enough. Choose what follows."),
                why=_("You were asked to own it.") if own else _("You own it."),
                verb=_("Answer") if own else _("Open"),
                url=reverse("results:goal", args=[nets[item.network_id].slug, item.pk]),
                icon="sprout",
                tone="kuusi",
                minutes=2,
            ),
        )


def _rules(person: Any, nets: Nets) -> Found:
    for rule_set in commitments.to_accept_in(person, nets.values()):
        yield (
            rule_set.network_id,
            Waiting(
                key=f"commitments.rules:{rule_set.pk}",
                title=_("The ground rules have been agreed"),
                note=_("Read them and say whether you accept them."),
                why=_("You sit in the network, and everybody who sits is asked."),
                verb=_("Read"),
                url=reverse("commitments:rules", args=[nets[rule_set.network_id].slug]),
                icon="book-open",
                tone="kuusi",
                minutes=2,
            ),
        )


def _cards(person: Any, nets: Nets) -> Found:
    for card in commitments.waiting_cards(person, nets.values()):
        own = card.person_id == person.pk
        yield (
            card.network_id,
            Waiting(
                key=f"commitments.card:{card.pk}:{card.state}",
                title=_("A commitment card waits for you"),
                note=card.person.name,
                why=_("The card is yours.") if own else _("You can bind the organisation that the card speaks for."),
                verb=_("Open"),
                url=reverse("commitments:card", args=[nets[card.network_id].slug, card.pk]),
                icon="handshake",
                tone="sauramo",
                minutes=2,
            ),
        )


def _introductions(person: Any, nets: Nets) -> Found:
    for side in introductions.waiting_for(person, nets.values()):
        row = side.introduction
        yield (
            row.network_id,
            Waiting(
                key=f"introductions.{row.state}:{side.pk}",
                title=_("What came of an introduction?") if row.has_met else _("Would you like to know somebody?"),
                note=_("An introduction"),
                why=_("The question is put to the seat where you sit."),
                verb=_("Answer"),
                url=row.get_absolute_url(),
                icon="handshake",
                tone="sauramo",
                minutes=1,
                closes_at=_end_of(None if row.has_met else row.closes_on),
            ),
        )


def _mentions(person: Any, nets: Nets) -> Found:
    for post in talk.mentions_of(person, nets.values()):
        key = post.thread.network_id
        yield (
            key,
            Waiting(
                key=f"talk.mention:{post.pk}",
                title=post.thread.title,
                note=_("You are mentioned in a conversation."),
                why=_("Somebody wrote your name there, and you have not read it yet."),
                verb=_("Read"),
                url=reverse("talk:thread", args=[nets[key].slug, post.thread_id]) + f"#post-{post.pk}",
                icon="messages-square",
                tone="sauramo",
                minutes=1,
            ),
        )


def _joining(person: Any, nets: Nets) -> Found:
    """What waits of those who might join: candidates to invite, and requests for those who decide on them."""
    invites = [net for net in nets.values() if gate.may(person, Can.INVITE, net)]
    decides = [net for net in invites if gate.may(person, Can.MANAGE_CANDIDATES, net)]
    for key, (asked, asks) in candidates.waiting_in(person, invites, decides=decides).items():
        if asked:
            yield (
                key,
                Waiting(
                    key=f"candidates.invite:{key}:{asked}",
                    title=_("You were asked to invite"),
                    note=ngettext("%(n)s potential member", "%(n)s potential members", asked) % {"n": asked},
                    why=_("You were asked by name."),
                    verb=_("Answer"),
                    url=reverse("candidates:candidates", args=[nets[key].slug]),
                    icon="user-plus",
                    tone="sini",
                    minutes=1,
                ),
            )
        if asks:
            words = ngettext("%(n)s request waits for an answer.", "%(n)s requests wait for an answer.", asks)
            yield (
                key,
                Waiting(
                    key=f"candidates.requests:{key}:{asks}",
                    title=_("Somebody asks to join"),
                    note=words % {"n": asks},
                    why=_("You are among those who answer requests to join."),
                    verb=_("Answer"),
                    url=reverse("candidates:requests", args=[nets[key].slug]),
                    icon="door-open",
                    tone="sini",
                    minutes=2 * asks,
                ),
            )


# A room that has something waiting is asked here; home, the inbox and the weekly letter then show it.
ASKS = (
    _meetings,
    _questions,
    _consent,
    _decisions,
    _promises,
    _help,
    _goals,
    _rules,
    _cards,
    _introductions,
    _mentions,
    _joining,
)
