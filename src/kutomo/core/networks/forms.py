from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Role
from kutomo.core.people.models import Language

from .models import ROLE_LABELS, Network, Representation


class FactsForm(forms.Form):
    """What a network is, in its leader's words."""

    name = forms.CharField(label=_("Name of the network"), max_length=120)
    challenge = forms.CharField(
        label=_("The challenge"),
        help_text=_("Which problem brings you together? One or two sentences."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theme = forms.CharField(
        label=_("Theme"), help_text=_("For example: older people living alone."), max_length=200, required=False
    )
    working_languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    yarn = forms.ChoiceField(label=_("Colour of the masthead"), choices=Network.Yarn.choices, widget=forms.RadioSelect)

    def facts(self) -> dict[str, Any]:
        """The cleaned data as arguments of the actions."""
        data = dict(self.cleaned_data)
        data["languages"] = ",".join(data.pop("working_languages"))
        return data


class StartForm(FactsForm):
    """A new network; the one who starts it sits for an organisation or as oneself."""

    organisation = forms.CharField(
        label=_("Your organisation"),
        help_text=_("Leave this empty if you take part as yourself."),
        max_length=200,
        required=False,
    )
    field_order = ["name", "challenge", "organisation", "theme", "working_languages", "yarn"]


class ChangeForm(FactsForm):
    stage = forms.ChoiceField(label=_("Stage of life"), choices=Network.Stage.choices)
    reason = forms.CharField(
        label=_("Why do you change this?"), help_text=_("Every member sees the reason."), max_length=500
    )

    def facts(self) -> dict[str, Any]:
        data = super().facts()
        data.pop("reason")
        return data


class MandateForm(forms.Form):
    mandate = forms.ChoiceField(label=_("Mandate"), choices=Representation.Mandate.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Sits as"), choices=Representation.Kind.choices, widget=forms.RadioSelect)


class StandUpForm(forms.Form):
    hand_over = forms.CharField(
        label=_("Hand-over note"),
        help_text=_("What should the next person know? Those who sit here and the leader see it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class LeaveForm(forms.Form):
    words = forms.CharField(
        label=_("A few words as you leave"),
        help_text=_("You need not give a reason. All members see what you write."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(forms.Form):
    contact = forms.CharField(
        label=_("How to reach this seat"),
        help_text=_("A shared address or phone number that stays when people change. All members see it."),
        max_length=300,
        required=False,
    )


OFFERED_ROLES = [role for role in Role if role not in (Role.MEMBER,)]


class OfferForm(forms.Form):
    person = forms.ChoiceField(label=_("To whom"))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, ROLE_LABELS[role]) for role in OFFERED_ROLES])
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Empty means one year."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(label=_("A word to the person"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Why this person and this role?"), help_text=_("Every member sees the reason."), max_length=500
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(key, person.name) for key, person in self.people.items()]

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
