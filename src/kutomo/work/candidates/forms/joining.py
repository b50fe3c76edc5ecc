"""The public join link and the requests that come through it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.organisations.forms import MunicipalityField
from kutomo.core.people.models import Language

from ..models import JoinLink

_MAIL = {"inputmode": "email", "autocomplete": "email", "autocapitalize": "off"}


class ReasonForm(forms.Form):
    """A leader's power is used with a reason that every member sees."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Every member sees the reason."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class JoinLinkForm(ReasonForm):
    """What the public page says and asks."""

    words = forms.CharField(
        label=_("Words of welcome"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    question_1 = forms.CharField(label=_("First question"), required=False, max_length=160)
    question_2 = forms.CharField(label=_("Second question"), required=False, max_length=160)
    question_3 = forms.CharField(label=_("Third question"), required=False, max_length=160)

    field_order = ["words", "question_1", "question_2", "question_3", "reason"]

    @staticmethod
    def initial_of(link: JoinLink | None) -> dict[str, Any]:
        """The present words, or questions to begin with."""
        if link is None:
            return {"question_1": _("What draws you to this network?")}
        return {"words": link.welcome} | {
            f"question_{number}": question for number, question in enumerate(link.questions, start=1)
        }

    def facts(self) -> dict[str, Any]:
        """The arguments of ``actions.open_link``."""
        data = self.cleaned_data
        questions = [data[f"question_{number}"] for number in (1, 2, 3)]
        return {"questions": questions, "words": data["words"], "reason": data["reason"]}


class JoinForm(forms.Form):
    """Asking to join; the network's own questions come last."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes to it."),
        max_length=254,
        widget=forms.TextInput(attrs=_MAIL),
    )
    organisation_name = forms.CharField(
        label=_("Your organisation"),
        help_text=_("Leave empty if you come as yourself."),
        required=False,
        max_length=200,
    )
    municipality = MunicipalityField()
    language = forms.ChoiceField(label=_("Your language"), choices=Language.choices)
    words = forms.CharField(
        label=_("Something else you want to say"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, link: JoinLink, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.count = len(link.questions)
        for number, question in enumerate(link.questions):
            # The network's own words stand in its own language and are not translated.
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
            )
        words = self.fields.pop("words")
        self.fields["words"] = words

    def facts(self) -> dict[str, Any]:
        """The arguments of ``actions.ask``."""
        data = dict(self.cleaned_data)
        data["answers"] = [data.pop(f"answer_{number}") for number in range(self.count)]
        return data


class DeclineForm(ReasonForm):
    """Declining with kind words."""

    words = forms.CharField(
        label=_("Words to the one who asked"),
        help_text=_("They get these by e-mail."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["words", "reason"]
