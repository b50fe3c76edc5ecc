"""Answers to an invitation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Representation
from kutomo.core.people.models import Language
from kutomo.ground.clock import today
from kutomo.ground.ui.forms import Choices

from ..models import Candidate

AGAIN = (("30", _("in a month")), ("90", _("in three months")), ("180", _("in half a year")))
_MAIL = {"inputmode": "email", "autocomplete": "email", "autocapitalize": "off"}


class ReplyForm(forms.Form):
    """Yes, later, no, or somebody else."""

    reply = forms.ChoiceField(
        label=_("Your answer"),
        choices=Candidate.Reply.choices,
        widget=Choices(
            hints={
                "yes": _("Next, three short questions. You need no account yet."),
                "later": _("We ask you again when you say."),
                "no": _("That is a good answer too. Nobody asks for a reason, and you are not asked again."),
                "someone_else": _("Next you may tell who."),
            }
        ),
        error_messages={"required": _("Choose one of the answers.")},
    )
    again = forms.ChoiceField(
        label=_("If later: when may we ask again?"), choices=AGAIN, required=False, widget=Choices
    )
    words = forms.CharField(
        label=_("Greetings to the one who invited you"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def answer(self) -> dict[str, Any]:
        """The arguments of ``actions.reply``."""
        data = self.cleaned_data
        return {"reply": data["reply"], "words": data["words"], "ask_again_on": self._day()}

    def _day(self) -> date | None:
        if self.cleaned_data["reply"] != "later":
            return None
        return today() + timedelta(days=int(self.cleaned_data["again"] or 90))


class RecordForm(ReplyForm):
    """The same, entered on behalf of somebody who answered by phone or on paper."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reply"].label = _("What did they answer?")
        self.fields["reply"].widget.hints = {}  # type: ignore[attr-defined]
        self.fields["words"].label = _("What else did they say?")


class SitForm(forms.Form):
    """Three lines before the first meeting, and on whose behalf one comes (methods § 2)."""

    worth = forms.CharField(
        label=_("What would make this worth my time?"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    need = forms.CharField(label=_("One thing I need"), required=False, max_length=200)
    offer = forms.CharField(label=_("One thing I can offer"), required=False, max_length=200)
    access_needs = forms.CharField(
        label=_("Access and language needs"),
        help_text=_(
            "For example an induction loop, large print, an interpreter. Only those who arrange the meetings see this."
        ),
        required=False,
        max_length=200,
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with a code sent to it. There is no password."),
        max_length=254,
        widget=forms.TextInput(attrs=_MAIL),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=Language.choices)
    behalf = forms.ChoiceField(
        label=_("I come"),
        choices=[("organisation", _("for an organisation")), ("self", _("as myself"))],
        widget=Choices,
    )
    organisation_name = forms.CharField(label=_("The organisation"), required=False, max_length=200)
    mandate = forms.ChoiceField(
        label=_("What may you do for it?"),
        choices=[
            (Representation.Mandate.SELF, _("I speak for myself")),
            (Representation.Mandate.SPEAK, _("I can speak for the organisation")),
        ],
        required=False,
        widget=Choices,
    )

    def __init__(self, *args: Any, candidate: Candidate, on_behalf: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = candidate.reach == "mail" and not on_behalf
        if on_behalf:
            self.fields["name"].label = _("Their name")
            self.fields["email"].label = _("Their e-mail address")
            self.fields["email"].help_text = _("Leave empty if they take part by phone and on paper.")
            self.fields["language"].label = _("Their language")
            self.fields["behalf"].label = _("They come")
            self.fields["worth"].label = _("What would make this worth their time?")
            self.fields["need"].label = _("One thing they need")
            self.fields["offer"].label = _("One thing they can offer")
            self.fields["behalf"].choices = [  # type: ignore[attr-defined]
                ("organisation", _("for an organisation")),
                ("self", _("as themselves")),
            ]
            self.fields["mandate"].label = _("What may they do for it?")
            self.fields["mandate"].choices = [  # type: ignore[attr-defined]
                (Representation.Mandate.SELF, _("speaks for self")),
                (Representation.Mandate.SPEAK, _("can speak for the organisation")),
            ]

    @staticmethod
    def initial_of(candidate: Candidate) -> dict[str, Any]:
        """What is known already."""
        return {
            "name": candidate.name,
            "email": candidate.email,
            "language": candidate.language,
            "behalf": "organisation" if candidate.organisation_name else "self",
            "organisation_name": candidate.organisation_name,
            "mandate": Representation.Mandate.SELF,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("behalf") == "organisation" and not (data.get("organisation_name") or "").strip():
            self.add_error("organisation_name", _("Tell the organisation's name, or come as yourself."))
        return data

    def facts(self) -> dict[str, Any]:
        """The arguments of ``actions.sit``."""
        data = dict(self.cleaned_data)
        data["as_oneself"] = data.pop("behalf") == "self"
        data["mandate"] = data["mandate"] or Representation.Mandate.SELF
        return data


class SuggestForm(forms.Form):
    """Who would be right for this?"""

    name = forms.CharField(label=_("Who?"), max_length=120)
    organisation_name = forms.CharField(label=_("From which organisation?"), required=False, max_length=200)
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs=_MAIL | {"autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    words = forms.CharField(
        label=_("Why just they?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
