"""What is asked of people about introductions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Seat
from kutomo.ground.ui.forms import Choices

from .models import ReplyWord
from .rules import course

HINTS = {
    ReplyWord.YES.value: _("When they say yes too, you both get each other's name and address."),
    ReplyWord.LATER.value: _("Nobody is told. You can still say yes while the question is open."),
    ReplyWord.NEVER.value: _("Nobody is told. These two are not suggested to each other again."),
}


class WriteForm(forms.Form):
    """The words that go to both."""

    words = forms.CharField(
        label=_("Your words to both"),
        help_text=_("Both read the same text. Names and the link to answer are added by themselves."),
        max_length=course.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a few words to both: why should they know each other?")},
    )


class ReplyForm(forms.Form):
    """Yes, not now, never this."""

    says = forms.ChoiceField(
        label=_("Would you like to know each other?"),
        choices=ReplyWord.choices,
        widget=Choices(hints=HINTS),
        error_messages={"required": _("Choose one of the answers.")},
    )


class TellForm(forms.Form):
    """What came of it: one step contains those before it."""

    came = forms.ChoiceField(
        label=_("What has come of it?"),
        choices=[
            ("no", _("We have not talked yet")),
            ("talked", _("We have talked")),
            ("knows", _("We have talked, and I know whom to call there")),
            ("did", _("We have done something together")),
            ("both", _("We have done something together, and I know whom to call there")),
        ],
        widget=Choices(),
        error_messages={"required": _("Choose one of the answers.")},
    )

    def facts(self) -> dict[str, bool]:
        """What the answer says: talked, knows whom to call, did something."""
        came = self.cleaned_data["came"]
        return {"talked": came != "no", "knows": came in ("knows", "both"), "did": came in ("did", "both")}


class WishForm(forms.Form):
    """Whom one would like to meet, and why."""

    seat = forms.TypedChoiceField(label=_("To whom would you like to be introduced?"), coerce=int)
    words = forms.CharField(
        label=_("Why? One sentence helps whoever introduces you (optional)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *sorted(((seat.pk, seat.name) for seat in seats), key=lambda row: row[1].casefold()),
        ]
