"""One's own account: facts, addresses, passkeys, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _now, gettext_lazy as _

from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.ground.mail.address import one_line, tidy

from .. import queries, rules
from ..models import Code, Language, Person
from . import codes
from .entering import _confirm, _webauthn

MOST_ADDRESSES = 10
MOST_PASSKEYS = 20


@transaction.atomic
def change(*, by: Person, **facts: Any) -> None:
    """Change one's own facts: name, language, phone, reach. Raises RuleBroken for an empty name."""
    allowed = {"name", "language", "phone", "reach"}
    if "name" in facts and not one_line(facts["name"]).strip():
        raise RuleBroken(_("Write your name, so that others know who you are."), field="name")
    for key in allowed & set(facts):
        setattr(by, key, str(facts[key]).strip())
    by.save(update_fields=sorted(allowed & set(facts)))


@transaction.atomic
def speak(*, by: Any, language: str) -> str:
    """The language that a reader chose, kept for a person; anybody else's stays in the cookie."""
    if language not in Language.values:
        raise NotFound(_("Kutomo does not speak this language yet."))
    if by is not None and by.is_authenticated:
        Person.objects.filter(pk=by.pk).update(language=language)
    return language


def add_address(*, by: Person, email: str, client: str) -> Code:
    """Send a code to a further address; it is the person's own once the code comes back.

    Raises RuleBroken (field "email") for a broken address or one's own, or beyond ten addresses.
    """
    email = tidy(email)
    if EmailAddress.objects.filter(user=by, email__iexact=email, verified=True).exists():
        raise RuleBroken(_("This address is yours already."), field="email")
    if EmailAddress.objects.filter(user=by).count() >= MOST_ADDRESSES:
        raise RuleBroken(_("You have ten addresses already. Remove one first."), field="email")
    codes.count("code from", client, rules.CODES_A_CLIENT)
    codes.count("code for", email.lower(), rules.CODES_AN_ADDRESS)
    return codes.make(
        purpose=Code.Purpose.ADDRESS,
        email=email,
        to=codes.addressee(email, by, by.language),
        letter="people/letters/address.md",
        is_known=True,
        person=by,
    )


def confirm_address(*, by: Person, handle: str, typed: str, client: str) -> str:
    """The address becomes the person's. Raises RuleBroken (field "code"), also when another account has it."""
    code = codes.check(handle=handle, purpose=Code.Purpose.ADDRESS, typed=typed, client=client)
    if code.person_id != by.pk:
        raise RuleBroken(codes.GONE, field="code")
    with transaction.atomic():
        other = queries.by_email(code.email)
        if other is not None and other.pk != by.pk:
            raise RuleBroken(
                _("Another account has this address. Sign in with it and remove that account first."), field="code"
            )
        _confirm(by, code.email)
        if not by.email:
            _make_primary(by, code.email)
    return code.email


@transaction.atomic
def make_primary(*, by: Person, pk: int) -> str:
    """Letters go to this address from now on. Raises RuleBroken for one that is not confirmed."""
    row = _own_address(by, pk)
    if not row.verified:
        raise RuleBroken(_("Confirm the address first."))
    _make_primary(by, row.email)
    return row.email


def _make_primary(person: Person, email: str) -> None:
    EmailAddress.objects.filter(user=person, primary=True).update(primary=False)
    EmailAddress.objects.filter(user=person, email__iexact=email).update(primary=True)
    person.email = email
    person.save(update_fields=["email"])


@transaction.atomic
def remove_address(*, by: Person, pk: int) -> str:
    """Take an address away. Raises RuleBroken for the primary one."""
    row = _own_address(by, pk)
    if row.primary:
        raise RuleBroken(_("Letters go to this address. Choose another one for letters first."))
    row.delete()
    return row.email


def _own_address(person: Person, pk: int) -> EmailAddress:
    row = EmailAddress.objects.filter(user=person, pk=pk).first()
    if row is None:
        raise NotFound(_("There is no such address."))
    return row


def begin_passkey(*, by: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge stays in the session."""
    if Authenticator.objects.filter(user=by).count() >= MOST_PASSKEYS:
        raise RuleBroken(_("You have twenty passkeys already. Remove one first."))
    return _webauthn().begin_registration(by, True)


@transaction.atomic
def add_passkey(*, by: Person, credential: Any, name: str) -> None:
    """Keep a new passkey. Raises RuleBroken when the browser's answer does not fit the question."""
    webauthn = _webauthn()
    try:
        webauthn.parse_registration_response(credential)
        binding = webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError):
        raise RuleBroken(_("The passkey could not be saved. Try once more.")) from None
    if not binding.is_user_verified():
        raise RuleBroken(_("The passkey needs a fingerprint, a face or a PIN. Choose another kind."))
    webauthn.WebAuthn.add(by, one_line(name).strip()[:60] or _now("Passkey"), credential)


@transaction.atomic
def drop_passkey(*, by: Person, pk: int) -> None:
    """Remove one of one's passkeys; the code by mail stays as a way in."""
    found, _rows = Authenticator.objects.filter(user=by, pk=pk).delete()
    if not found:
        raise NotFound(_("There is no such passkey."))


@transaction.atomic
def end_session(*, by: Person, pk: int) -> None:
    """Sign out on one device."""
    session = UserSession.objects.filter(user=by, pk=pk).first()
    if session is None:
        raise NotFound(_("There is no such session."))
    session.end()


@transaction.atomic
def sign_out_everywhere(*, by: Person, request: HttpRequest | None = None) -> None:
    """End every session, this one too, and make every link in earlier letters dead."""
    Person.objects.filter(pk=by.pk).update(token_version=F("token_version") + 1)
    for session in UserSession.objects.filter(user=by):
        session.end()
    if request is not None:
        logout(request)
