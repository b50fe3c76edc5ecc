from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    FINNISH = "fi", "Suomi"
    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"


class Reach(models.TextChoices):
    """How a person wants to be reached (methods § A13)."""

    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by phone")
    PAPER = "paper", _("on paper")


class Part(models.TextChoices):
    """Whose eyes a visitor of the demo may look with."""

    LEADER = "leader", _("leader")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    OPERATOR = "operator", _("operator")


class People(BaseUserManager["Person"]):
    """Django asks for this class; rooms use people.actions.meet."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in, or who takes part by phone and paper only (then without an address)."""

    password = None  # type: ignore[assignment]  # a code by mail or a passkey; there is no password to lose
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FINNISH)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    reach = models.CharField(max_length=5, choices=Reach.choices, default=Reach.MAIL)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)  # a person of the demo network
    part = models.CharField(max_length=8, choices=Part.choices, blank=True)  # may be entered as, in the demo
    joined_at = models.DateTimeField(default=timezone.now)
    # Part of every mailed link; a new value makes all earlier links and tokens dead.
    token_version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = People()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Whoever has left is named so wherever a deed of theirs is told, in the reader's language."""
        person = super().from_db(*args, **kwargs)
        loaded = person.__dict__
        if loaded.get("name") == "" and loaded.get("is_active") is False:
            loaded["name"] = _("somebody who has left")
        return person

    @property
    def initials(self) -> str:
        """Two letters for the round avatar: "Marjut Oinosvaara" -> "MO"."""
        words = [word for word in str(self.name).replace("-", " ").split() if word[0].isalpha()]
        if not words:
            return "?"
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def is_staff(self) -> bool:
        return self.is_operator

    def has_usable_password(self) -> bool:
        return False

    def check_password(self, raw_password: str | None) -> bool:
        return False

    def set_unusable_password(self) -> None:
        """allauth asks for it; there is nothing to unset."""

    def get_session_auth_hash(self) -> str:
        """A new token_version ends every session, as a new password would."""
        return salted_hmac("kutomo.people.session", f"{self.pk}:{self.token_version}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The hashes under earlier secret keys."""
        for key in settings.SECRET_KEY_FALLBACKS:
            plain = f"{self.pk}:{self.token_version}"
            yield salted_hmac("kutomo.people.session", plain, secret=key, algorithm="sha256").hexdigest()


class Code(models.Model):
    """Six digits sent by mail. Belongs to one browser session, lives ten minutes, allows five tries."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("signing in")
        ADDRESS = "address", _("a new address")
        LINK = "link", _("a link from the terminal")

    handle = models.CharField(max_length=43, unique=True)  # kept in the session, never shown
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    email = models.EmailField(max_length=254)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True)  # who adds the address
    digest = models.CharField(max_length=64)  # empty: no code was sent, because nobody may sign in with it
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%F %T}"


class Tally(models.Model):
    """How often something was tried in a window of time. ``key`` is a digest, never an address."""

    key = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="one_tally_a_window")]

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%F %T}"
