"""What can be asked about people, and the signed links that speak for one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from kutomo.ground import clock
from kutomo.ground.errors import NotFound, RuleBroken

from .models import Person

SALT = "people.token."


def get(pk: int) -> Person:
    """The person; NotFound when the account was removed."""
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        raise NotFound(_("There is no such person."))
    return person


def by_email(email: str) -> Person | None:
    """The person behind an address, primary or confirmed, in any case of letters."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is not None:
        return person
    row = (
        EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return row.user if row else None


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


def sessions(person: Person) -> list[UserSession]:
    """Where the person is signed in, the latest first."""
    return sorted(UserSession.objects.filter(user=person), key=lambda one: one.created_at, reverse=True)


def demo_people() -> list[Person]:
    """Whom one may enter as in demo mode."""
    return list(Person.objects.filter(is_example=True, is_active=True).order_by("pk")) if settings.DEMO else []


def providers() -> list[dict[str, Any]]:
    """The organisations' sign-ons of this installation: their ids and names."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [{"id": app["provider_id"], "name": app["name"]} for app in apps]
