"""Leaving the house: one press, and the sentence before it says what stays."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest

from kutomo.core.activity import actions as activity
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import key_of

from ..models import Code, Person
from ..rules import BELONGINGS
from .account import sign_out_everywhere


@transaction.atomic
def erase(*, by: Person, request: HttpRequest | None = None) -> None:
    """Remove one's own account (methods § A14).

    Every room first does what it promised on the page (seats are given back, promises released). Then name,
    addresses, phone, passkeys, sign-ons, sessions and letters are erased. An empty row stays, so that agreed
    texts and decisions keep their meaning without naming anybody.
    """
    for belonging in BELONGINGS.values():
        belonging.leave(by)
    activity.forget(by=by)
    emails = [by.email, *EmailAddress.objects.filter(user=by).values_list("email", flat=True)]
    outbox.forget([key_of("", by), *(key_of(email) for email in emails if email)])
    outbox.unname(str(by.name))
    Code.objects.filter(person=by).delete()
    Code.objects.filter(email__in=[email for email in emails if email]).delete()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model._default_manager.filter(user=by).delete()
    sign_out_everywhere(by=by, request=request)
    Person.objects.filter(pk=by.pk).update(name="", email=None, phone="", is_active=False, is_operator=False, part="")
