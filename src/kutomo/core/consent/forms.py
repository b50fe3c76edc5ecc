"""What a consent round asks of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Person
from kutomo.ground.ui.forms import Choices, MomentInput

from . import rules
from .models import StanceWord, Voice

HINTS = {
    StanceWord.SUPPORT: _("This takes us in the right direction."),
    StanceWord.CAN_LIVE: _("I would have written it otherwise, but it is good enough for now."),
    StanceWord.OBJECT: _("The text would do harm, and I say what would mend it."),
    StanceWord.ABSTAIN: _("I leave this to the others. It counts as an answer."),
}


class StanceForm(forms.Form):
    """Four choices, and the two questions of an objection."""

    stance = forms.ChoiceField(
        label=_("What do you say?"),
        choices=StanceWord.choices,
        widget=Choices(hints=HINTS),
        error_messages={"required": _("Choose one of the four.")},
    )
    harm = forms.CharField(
        label=_("What harm would this text cause to the core task or to those concerned?"),
        required=False,
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    change = forms.CharField(
        label=_("What change would make it good enough?"),
        required=False,
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without an answer to either question your objection is noted as a concern and does not block."),
    )
    speaks = forms.BooleanField(required=False)
    seat = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, must_speak_for: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        if must_speak_for:
            self.fields["speaks"].label = _("I may speak for %(name)s in this network") % {"name": must_speak_for}
        else:
            del self.fields["speaks"]


def of_voice(voice: Voice | None, seat: int | None, chosen: str = "") -> dict[str, Any]:
    """The form's first values: what one's seat has said so far; ``chosen``: the stance tapped in a letter."""
    said = {"seat": seat, "seen": voice.version if voice else 0, "stance": chosen}
    if voice is None:
        return said
    return said | {"stance": chosen or voice.stance, "harm": voice.harm, "change": voice.change}


def offer(field: Any, people: list[Person]) -> None:
    """Make a TypedChoiceField one of ``people``; its value is the Person."""
    known = {str(person.pk): person for person in people}
    field.choices = [("", "–"), *((key, person.name) for key, person in known.items())]
    field.coerce = known.__getitem__


class OnBehalfForm(StanceForm):
    """The same, entered by a recorder from paper or a phone call."""

    person = forms.TypedChoiceField(label=_("Whose stance is this?"))
    field_order = ["person", "stance", "harm", "change"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["person"], people)
        for name in ("seat", "seen"):
            del self.fields[name]


class ProlongForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("Open until"), widget=MomentInput, help_text=_("A later time than now set. It cannot be shortened.")
    )


class RestForm(forms.Form):
    """The author takes an objection back, or says what has met it."""

    words = forms.CharField(
        label=_("What has answered your objection?"),
        required=False,
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
