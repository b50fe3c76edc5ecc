"""What is asked of those who lead a wave, and of those who enter paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import Choices, DayInput

from ..models import FormWord

TRUST = [
    ("", _("As usual: yes for organisations, no for persons")),
    ("yes", _("Ask about trust")),
    ("no", _("Do not ask about trust")),
]


class WaveForm(forms.Form):
    """A plan: what for, when, and the settings that people consent to."""

    purpose = forms.CharField(
        label=_("What is the survey for?"),
        help_text=_("Two sentences. Everybody reads them before the first question."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    opens_on = forms.DateField(
        label=_("First day"), help_text=_("It opens by itself in the morning, or earlier by hand."), widget=DayInput
    )
    closes_on = forms.DateField(label=_("Last day"), help_text=_("Two weeks suit most networks."), widget=DayInput)
    form = forms.ChoiceField(
        label=_("Who speaks?"),
        choices=FormWord.choices,
        widget=Choices(hints={"organisation": _("We and our organisation."), "person": _("I and the other person.")}),
    )
    asks_trust = forms.ChoiceField(
        label=_("Trust"),
        help_text=_("Nobody ever sees another's answer about trust. The network sees an average of at least five."),
        choices=TRUST,
        widget=Choices,
        required=False,
    )
    asks_pulse = forms.BooleanField(label=_("Ask the six questions about the network itself"), required=False)
    shows_answered = forms.BooleanField(
        label=_("All see which organisations have answered"),
        help_text=_("The invitation says so. Persons are never named."),
        required=False,
    )

    def clean_asks_trust(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["asks_trust"])


class LastDayForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day"), widget=DayInput)


class MapForm(forms.Form):
    """On the map or not; nothing is chosen beforehand."""

    on_map = forms.TypedChoiceField(
        label=_("May you be shown on the network's map?"),
        choices=[
            ("yes", _("Yes, show us when both sides agree")),
            ("no", _("No, leave us out")),
        ],
        coerce=lambda value: value == "yes",
        widget=Choices(
            hints={
                "yes": _("Knowing and working together are drawn if both have agreed and nobody says otherwise."),
                "no": _("The place is removed, not hidden. You can change your mind at any time."),
            }
        ),
        error_messages={"required": _("Choose one. You can change it later.")},
    )


class PaperForm(forms.Form):
    """Whose paper form is entered."""

    person = forms.TypedChoiceField(label=_("Whose form is it?"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose")), *((person.pk, person.name) for person in people)]
        self.people = {person.pk: person for person in people}

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]
