"""Coming to know a person by an address."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from kutomo.ground.mail.address import one_line, tidy

from .. import queries
from ..models import Language, Person


@transaction.atomic
def meet(*, by: Any = None, email: str, name: str = "", language: str = "fi") -> Person:
    """The person behind ``email``, made when there is none yet; no letter is sent.

    ``name`` and ``language`` only count for a new person. Raises RuleBroken (field "email") for a broken
    address. The address counts as confirmed only once its owner has signed in with it.
    """
    email = tidy(email)
    if (known := queries.by_email(email)) is not None:
        return known
    language = language if language in Language.values else Language.FINNISH
    try:
        with transaction.atomic():
            person = Person.objects.create(email=email, name=one_line(name.strip())[:120], language=language)
            EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    except IntegrityError:  # somebody met the same person in this very moment
        return Person.objects.get(email__iexact=email)
    return person
