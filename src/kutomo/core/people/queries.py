"""What can be asked about people, and the signed links that speak for one of them."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kutomo.ground import clock
from kutomo.ground.errors import NotFound, RuleBroken

from .models import Code, Part, Person
from .rules import BELONGINGS, device_of

SALT = "people.token."


def get(pk: int) -> Person:
    """The person; NotFound when the account was removed."""
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        raise NotFound(_("There is no such person."))
    return person


def by_email(email: str) -> Person | None:
    """The person behind an address, primary or confirmed, in any case of letters.

    One query for known and unknown alike: sign-in must take the same time for both.
    """
    low = email.lower()
    confirmed = EmailAddress.objects.alias(low=Lower("email")).filter(low=low, verified=True).values("user")
    found = (
        Person.objects.alias(low=Lower("email"))
        .filter(Q(low=low) | Q(pk__in=confirmed), is_active=True)
        .annotate(is_primary=Case(When(low=low, then=Value(0)), default=Value(1)))
    )
    return found.order_by("is_primary").first()


def token_for(person: Person, *, purpose: str, target: str = "", days: int = 30) -> str:
    """A signed word for a mailed link: this person may do ``purpose`` to ``target`` for ``days`` days.

    It dies when the person signs out everywhere or leaves. It signs nobody in.
    """
    ends = int((clock.now() + dt.timedelta(days=days)).timestamp())
    return signing.dumps([person.pk, person.token_version, target, ends], salt=SALT + purpose)


def person_by(token: str, *, purpose: str, target: str = "") -> Person:
    """The person whom the token speaks for.

    Raises NotFound for a broken token or one made for another purpose or target, RuleBroken when it has
    expired or the person has signed out everywhere since.
    """
    pk, version, meant, ends = _open(token, purpose)
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None or meant != target:
        raise NotFound(_("This link is broken. Open it once more from the letter."))
    if clock.now().timestamp() > ends:
        raise RuleBroken(_("This link is too old. Sign in instead, or ask for a new letter."))
    if person.token_version != version:
        raise RuleBroken(_("This link no longer works, because you signed out everywhere. Sign in instead."))
    return person


def target_of(token: str, *, purpose: str) -> str:
    """What the token is about, for links whose address holds nothing else. Check with person_by after it."""
    return _open(token, purpose)[2]


def _open(token: str, purpose: str) -> tuple[int, int, str, int]:
    try:
        pk, version, meant, ends = signing.loads(token, salt=SALT + purpose)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(_("This link is broken. Open it once more from the letter.")) from None
    return pk, version, meant, ends


def addresses(person: Person) -> list[EmailAddress]:
    """The person's addresses, the primary first."""
    return list(EmailAddress.objects.filter(user=person).order_by("-primary", "email"))


def passkeys(person: Person) -> list[Authenticator]:
    """The person's passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("created_at"))


def sign_ons(person: Person) -> list[SocialAccount]:
    """The organisations' sign-ons that open this account."""
    return list(SocialAccount.objects.filter(user=person).order_by("date_joined"))


@dataclass(frozen=True)
class Entrance:
    """One way into the demo."""

    part: str
    label: Any
    person: Person


def entrances() -> list[Entrance]:
    """Whose eyes one may look with; none outside the demo."""
    if not settings.DEMO:
        return []
    found = {person.part: person for person in Person.objects.filter(is_example=True, is_active=True).exclude(part="")}
    return [Entrance(part.value, part.label, found[part.value]) for part in Part if part.value in found]


def providers() -> list[dict[str, Any]]:
    """The organisations' sign-ons of this installation: their ids and names."""
    apps: list[dict[str, Any]] = dict[str, Any](settings.SOCIALACCOUNT_PROVIDERS)["openid_connect"]["APPS"]
    return [
        {"id": app["provider_id"], "name": app["name"], "trust_email": app["settings"]["trust_email"]} for app in apps
    ]


def code_of(handle: str) -> Code | None:
    """The code that this browser session asked for, if it still lives."""
    return Code.objects.filter(handle=handle, expires_at__gt=clock.now()).first() if handle else None


def own_data(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that the house keeps about the person, by room and noun; the rooms above add theirs."""
    return {name: one.export(person) for name, one in sorted(BELONGINGS.items())}


def staying() -> list[Any]:
    """What stays when a person leaves: one sentence each."""
    return [one.stays for one in BELONGINGS.values() if one.stays]


def may_sign_up() -> bool:
    """May anybody with an address open an account?"""
    return settings.OPEN_SIGN_UP


def as_zip(data: dict[str, list[dict[str, Any]]]) -> bytes:
    """The person's own data as one JSON file a noun, readable without Kutomo."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in data.items():
            words = json.dumps(rows, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
            archive.writestr(f"{name}.json", words + "\n")
    return packed.getvalue()


@dataclass(frozen=True)
class OpenSession:
    """One device on which a person is signed in."""

    pk: int
    device: str
    ip: str
    since: dt.datetime
    is_current: bool


def sessions(person: Person, *, current: str = "") -> list[OpenSession]:
    """Where the person is signed in, this device first, then the latest."""
    rows = UserSession.objects.filter(user=person, session_key__in=Session.objects.values("session_key"))
    found = [
        OpenSession(row.pk, device_of(row.user_agent), row.ip, row.created_at, row.session_key == current)
        for row in rows.order_by("-created_at")
    ]
    return sorted(found, key=lambda one: not one.is_current)
