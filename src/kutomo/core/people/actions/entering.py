"""The ways in: a code by mail, a passkey, the organisation's own sign-on; and out."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.ground.mail.address import tidy

from .. import queries, rules
from ..models import Code, Person
from . import codes
from .meeting import meet

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONTH = 60 * 60 * 24 * 30


def ask_code(*, by: Any = None, email: str, language: str, client: str) -> Code:
    """Send a code to ``email``; the answer is the same whether or not the address is known.

    ``client``: the address on the net that asks. Raises RuleBroken (field "email") for a broken address,
    TooMany beyond five codes an address and a hundred a client in a quarter of an hour.
    """
    email = tidy(email)
    codes.count("code from", client, rules.CODES_A_CLIENT)
    codes.count("code for", email.lower(), rules.CODES_AN_ADDRESS)
    person = queries.by_email(email)
    is_known = person is not None or queries.may_sign_up()
    return codes.make(
        purpose=Code.Purpose.SIGN_IN,
        email=email,
        to=codes.addressee(email, person, language),
        letter="people/letters/code.md" if is_known else "people/letters/unknown.md",
        is_known=is_known,
    )


def take_code(*, by: Any = None, handle: str, typed: str, client: str, language: str) -> Person:
    """The person who proved the address; a new one where anybody may sign up.

    Raises RuleBroken (field "code") for a code that is wrong, old or used, TooMany beyond the limits.
    """
    code = codes.check(handle=handle, purpose=Code.Purpose.SIGN_IN, typed=typed, client=client)
    with transaction.atomic():
        person = meet(email=code.email, language=language)
        _confirm(person, code.email)
    return person


@transaction.atomic
def make_link(*, by: Any = None, email: str) -> str:
    """A token for the page "link" that signs an operator in once, within ten minutes; for the terminal only.

    Raises RuleBroken for an address that is neither an operator's nor in KUTOMO_OPERATORS: whoever sits at the
    terminal helps operators in when letters do not go out yet, and nobody else.
    """
    email = tidy(email)
    person = queries.by_email(email)
    is_listed = email.lower() in {address.lower() for address in settings.OPERATORS}
    if not is_listed and not (person is not None and person.is_operator):
        raise RuleBroken(_("This is no operator's address. Put it into KUTOMO_OPERATORS first."))
    token, moment = secrets.token_urlsafe(32), now()
    Code.objects.filter(purpose=Code.Purpose.LINK, email__iexact=email).delete()
    Code.objects.create(
        handle=_handle(token),
        purpose=Code.Purpose.LINK,
        email=email,
        person=person,
        made_at=moment,
        expires_at=moment + rules.CODE_LIVES,
    )
    return token


def _handle(token: str) -> str:
    """What is kept of a link's token, as long as a handle: a copy of the database opens nothing."""
    return salted_hmac("kutomo.people.link", token, algorithm="sha256").hexdigest()[:43]


def take_link(*, by: Any = None, token: str, client: str, language: str) -> Person:
    """The operator whose link this is; it works once. Raises RuleBroken for an old or used one, TooMany."""
    codes.count("try from", client, rules.TRIES_A_CLIENT)
    with transaction.atomic():
        rows = Code.objects.filter(handle=_handle(token), purpose=Code.Purpose.LINK, expires_at__gt=now())
        code = rows.first()
        if code is None or not Code.objects.filter(pk=code.pk).delete()[0]:
            raise RuleBroken(_("This link has been used or is too old. Make a new one in the terminal."))
        person = meet(email=code.email, language=language)
        _confirm(person, code.email)
    return person


def _confirm(person: Person, email: str) -> None:
    """The address is proven to be the person's."""
    row, _made = EmailAddress.objects.get_or_create(
        user=person, email__iexact=email, defaults={"email": email, "primary": person.email == email}
    )
    if not row.verified:
        row.verified = True
        row.save(update_fields=["verified"])
    _keep_operator(person)


def _keep_operator(person: Person) -> None:
    """Operators are those whose confirmed address stands in KUTOMO_OPERATORS. Looked at at each sign-in."""
    if person.is_example:
        return
    listed = {address.lower() for address in settings.OPERATORS}
    mine = {row.email.lower() for row in EmailAddress.objects.filter(user=person, verified=True)}
    if person.is_operator != bool(listed & mine):
        person.is_operator = bool(listed & mine)
        person.save(update_fields=["is_operator"])


def enter(*, by: Person, request: HttpRequest, remember: bool = True) -> None:
    """Open a session: for 30 days, or until the browser is closed."""
    if not by.is_active:
        raise NotFound(_("There is no such person."))
    login(request, by, backend=BACKEND)
    request.session.set_expiry(MONTH if remember else 0)
    UserSession.objects.create_from_request(request)


def leave_house(*, by: Any, request: HttpRequest) -> None:
    """Sign out here."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def _webauthn() -> Any:
    """What speaks with passkeys. It brings ten megabytes of cryptography, so it waits for the first one who asks."""
    from allauth.mfa.webauthn.internal import auth

    return auth


def begin_passkey_entry(*, by: Any = None, client: str) -> dict[str, Any]:
    """What the browser needs to ask for a passkey; the challenge stays in the session."""
    codes.count("passkey from", client, rules.TRIES_A_CLIENT)
    return _webauthn().begin_authentication(None)


def enter_by_passkey(*, by: Any = None, credential: Any, client: str) -> Person:
    """The person whose passkey signed the challenge. Raises RuleBroken when it is not known here."""
    codes.count("passkey from", client, rules.TRIES_A_CLIENT)
    unknown = RuleBroken(_("This passkey is not known here. Sign in with a code instead."))
    webauthn = _webauthn()
    try:
        webauthn.parse_authentication_response(credential)
        person = webauthn.extract_user_from_response(credential)
        key: Authenticator = webauthn.complete_authentication(person, credential)
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError):
        raise unknown from None
    if not person.is_active:
        raise unknown
    key.record_usage()
    _keep_operator(person)
    return person


@transaction.atomic
def enter_by_sign_on(
    *, by: Any = None, provider: str, uid: str, email: str, is_verified: bool, name: str, language: str
) -> Person:
    """The person whom the organisation's sign-on vouches for.

    Known by ``uid`` first, then by an address that the sign-on has verified; otherwise a new person where
    anybody may sign up. Raises RuleBroken when the sign-on says no address that may be believed.
    """
    known = SocialAccount.objects.filter(provider=provider, uid=uid).select_related("user").first()
    if known is not None:
        if not known.user.is_active:
            raise RuleBroken(_("This account has been removed."))
        _keep_operator(known.user)
        return known.user
    if not email or not is_verified:
        raise RuleBroken(_("Your organisation's sign-on did not confirm an e-mail address. Sign in with a code."))
    if queries.by_email(email) is None and not queries.may_sign_up():
        raise RuleBroken(_("There is no account for this address here. Ask your network's leader for an invitation."))
    person = meet(email=email, name=name, language=language)
    _confirm(person, tidy(email))
    SocialAccount.objects.create(user=person, provider=provider, uid=uid, extra_data={})
    return person


def enter_as(*, by: Any = None, part: str) -> Person:
    """The example person of that part. Raises NotFound outside the demo."""
    for entrance in queries.entrances():
        if entrance.part == part:
            return entrance.person
    raise NotFound(_("This is no demonstration, or it has no such person."))
