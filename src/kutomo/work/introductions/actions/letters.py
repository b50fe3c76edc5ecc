"""The letters of this room. Each is sent by the deed that needs it, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network, Seat
from kutomo.core.organisations.models import Organisation
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person

from ..models import Introduction, Side
from ..queries.page import ASKED, question

ANSWER = "introductions.answer"  # what the token in the letter is for; its target is "side:version"
MADE = "introductions/letters/made.md"
OUTCOME = "introductions/letters/outcome.md"
WISHED = "introductions/letters/wished.md"
LINK_DAYS = 90


def target_of(side: Side) -> str:
    """What a link is bound to: this side of an introduction as it was sent."""
    return f"{side.pk}:{side.introduction.version}"


def _token(side: Side, person: Person) -> str:
    return people.token_for(person, purpose=ANSWER, target=target_of(side), days=LINK_DAYS)


def asked(side: Side, other: Side) -> None:
    """Ask one side. Counts against the week's budget and waits out quiet times: nobody has asked for it."""
    row = side.introduction
    if side.person is None:
        return
    letters.send(
        letter=ASKED,
        to=letters.Addressee.of(side.person),
        network=side.introduction.network,
        context=question(row.by, side.seat, other.seat, row.words, row.closes_on)
        | {"token": _token(side, side.person)},
        key=f"introductions.asked:{side.pk}:{side.introduction.version}",
        nudge=True,
    )


def made(side: Side, other: Side) -> None:
    """Both have said yes: here is how to reach the other. Asked for, so it leaves at once."""
    if side.person is None or other.person is None:
        return
    letters.send(
        letter=MADE,
        to=letters.Addressee.of(side.person),
        network=side.introduction.network,
        context={"other": other.seat, "person": other.person, "introduction": side.introduction},
        key=f"introductions.made:{side.pk}",
    )


def outcome(side: Side, other: Side) -> None:
    """Thirty days later: what came of it? Within the nudge budget."""
    if side.person is None:
        return
    letters.send(
        letter=OUTCOME,
        to=letters.Addressee.of(side.person),
        network=side.introduction.network,
        context={"other": other.seat, "token": _token(side, side.person)},
        key=f"introductions.outcome:{side.pk}",
        nudge=True,
    )


def wished(introduction: Introduction, mine: Seat, other: Seat, person: Person) -> None:
    """Tell somebody who introduces people that a member would like to meet another. Within the nudge budget."""
    letters.send(
        letter=WISHED,
        to=letters.Addressee.of(person),
        network=introduction.network,
        context={"seat": mine, "other": other, "wish": introduction.wish},
        key=f"introductions.wished:{introduction.pk}:{person.pk}",
        nudge=True,
    )


def _example() -> dict[str, Any]:
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    weaver = Person(name="Nea Koivuniitty", language="fi")
    met = Person(
        pk=1, name="Eila Kontiovaara", email="eila@vaaranseudunnaapuriapu.example", phone="040 123 4567", language="fi"
    )
    other = Seat(pk=1, network=network, organisation=Organisation(name="Vaaranseudun Naapuriapu ry"))
    seat = Seat(pk=2, network=network, organisation=Organisation(name="Kaikukortteli ry"))
    return {
        "network": network,
        "by": weaver,
        "other": other,
        "seat": seat,
        "person": met,
        "introduction": Introduction(pk=1, network=network),
        "paragraphs": ["Teillä on soittajia ja heillä ajajia. Vartin puhelu riittää alkuun."],
        "wish": "Etsimme ajajia torstaille.",
        "token": "example",
        "closes_on": None,
    }


preview(ASKED, _example, title=_("would you like to know them"))
preview(MADE, _example, title=_("an introduction that both wished"))
preview(OUTCOME, _example, title=_("what came of an introduction"))
preview(WISHED, _example, title=_("a wish to be introduced"))
