"""What this room keeps about a person, for the person's own export and for leaving."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.activity import queries as activity
from kutomo.core.things import actions as things, queries as trails
from kutomo.ground.mail.address import key_of
from kutomo.ground.mail.models import Letter

from . import queries
from .models import Person
from .rules import Belonging, belonging


def _person(person: Person) -> list[dict[str, Any]]:
    names = ("name", "email", "language", "phone", "reach", "joined_at", "last_login")
    return [{name: getattr(person, name) for name in names}]


def _addresses(person: Person) -> list[dict[str, Any]]:
    return [
        {"email": row.email, "primary": row.primary, "confirmed": row.verified} for row in queries.addresses(person)
    ]


def _entrances(person: Person) -> list[dict[str, Any]]:
    keys = [{"passkey": str(row), "made_at": row.created_at} for row in queries.passkeys(person)]
    return keys + [{"sign_on": row.provider, "since": row.date_joined} for row in queries.sign_ons(person)]


def _sessions(person: Person) -> list[dict[str, Any]]:
    return [{"device": one.device, "ip": one.ip, "since": one.since} for one in queries.sessions(person)]


def _letters(person: Person) -> list[dict[str, Any]]:
    names = ("created_at", "sent_at", "subject", "body", "state")
    keys = [key_of("", person), *(key_of(row.email) for row in queries.addresses(person))]
    return list(Letter.objects.filter(recipient__in=keys, erased_at=None).values(*names))


belonging(Belonging("people.person", _("my details"), _person))
belonging(Belonging("people.addresses", _("my addresses"), _addresses))
belonging(Belonging("people.entrances", _("my ways to sign in"), _entrances))
belonging(Belonging("people.sessions", _("where I am signed in"), _sessions))
belonging(Belonging("people.letters", _("letters to me"), _letters))
# The rooms below cannot name people; what they keep is entered here. erase() empties the log after all rooms.
belonging(
    Belonging(
        "activity.deeds",
        _("what I have done"),
        activity.own_rows,
        stays=_("The networks' logs keep what was done, without your name."),
    )
)
belonging(
    Belonging("things.trails", _("trails that I laid"), trails.own_rows, leave=lambda person: things.forget(by=person))
)
