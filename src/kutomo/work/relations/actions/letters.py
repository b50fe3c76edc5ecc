"""The letters of a wave: the invitation with the personal link, and the system's reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.ground.mail import outbox
from kutomo.ground.mail.models import Letter

from ..models import Wave
from ..queries.survey import LINK, still_silent
from ..rules.asking import Form
from ..rules.keeping import reminder_days

INVITATION = "relations/letters/invitation.md"
REMINDER = "relations/letters/reminder.md"
AFTER = 14  # days that the link lives on after the last day, for the own result


def invite(wave: Wave, persons: Iterable[Person]) -> int:
    """Write to ``persons``, once a wave each. Returns to how many."""
    return sum(_write(INVITATION, wave, person, "") is not None for person in persons)


@transaction.atomic
def remind(*, by: None, wave: Wave, on: date) -> int:
    """The house reminds those who have not finished, if ``on`` is a day for it; within everybody's nudge budget.

    Returns to how many. No person learns who was reminded.
    """
    if not wave.is_open or on not in reminder_days(wave.opens_on, wave.closes_on):
        return 0
    which = reminder_days(wave.opens_on, wave.closes_on).index(on) + 1
    return sum(_write(REMINDER, wave, person, f":{which}") is not None for person in still_silent(wave))


def call_off(wave: Wave, person: Person) -> None:
    """Drop reminders that wait for their day: the person has answered."""
    keys = [_key(REMINDER, wave, person, f":{which}") for which in (1, 2)]
    for waiting in Letter.objects.filter(key__in=keys, state__in=outbox.WAITING):
        outbox.drop(waiting)


def _key(letter: str, wave: Wave, person: Person, which: str) -> str:
    return f"{letter.removesuffix('.md')}{which}:{wave.pk}:{person.pk}"


def _write(letter: str, wave: Wave, person: Person, which: str) -> Any:
    days = max(1, (wave.closes_on - today()).days) + AFTER
    token = people.token_for(person, purpose=LINK, target=str(wave.pk), days=days)
    return letters.send(
        letter=letter,
        to=letters.Addressee.of(person),
        network=wave.network,
        context={"wave": wave, "token": token},
        key=_key(letter, wave, person, which),
        nudge=letter == REMINDER,
    )


def _example() -> dict[str, Any]:
    wave = Wave(
        pk=1,
        network=Network(name="Kynnyksen yli", slug="kynnyksen-yli"),
        number=1,
        purpose="Näemme, ketkä tuntevat toisensa ja keiden kannattaisi tavata.",
        language="fi",
        form=Form.ORGANISATION.value,
        asks_trust=True,
        shows_answered=True,
        opens_on=today(),
        closes_on=today() + timedelta(days=14),
    )
    return {"wave": wave, "token": "nayte"}


preview(INVITATION, _example, title=_("Relationship survey: invitation"))
preview(REMINDER, _example, title=_("Relationship survey: reminder"))
