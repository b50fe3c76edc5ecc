"""What is asked about an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from . import queries, rules
from .models import Organisation


class MunicipalityField(forms.CharField):
    """A municipality by name in Finnish or Swedish, with suggestions; cleaned to its code."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Home municipality"))
        super().__init__(required=kwargs.pop("required", False), max_length=60, **kwargs)
        self.widget.attrs["list"] = "municipalities"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if (town := rules.municipality(text)) is None:
            raise ValidationError(_("There is no municipality of this name in Finland today. Check the spelling."))
        return town.code

    def prepare_value(self, value: Any) -> Any:
        town = rules.municipalities().get(value)
        return town.name(get_language() or "fi") if town else value


def municipality_names() -> list[str]:
    """The names for the list of suggestions, in the reader's language."""
    language = get_language() or "fi"
    return [town.name(language) for town in rules.sorted_by_name(rules.municipalities().values(), language)]


def county_choices(empty: Any) -> list[tuple[str, Any]]:
    """All counties in the reader's language, after the empty choice."""
    language = get_language() or "fi"
    found = rules.sorted_by_name(rules.counties().values(), language)
    return [("", empty), *((county.code, county.name(language)) for county in found)]


class FindForm(forms.Form):
    """Narrowing the list of organisations."""

    q = forms.CharField(label=_("Name, business ID or theme"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    county = forms.ChoiceField(label=_("Wellbeing services county"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *Organisation.Kind.choices]  # type: ignore[attr-defined]
        self.fields["county"].choices = county_choices(_("All counties"))  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """The facts of an organisation's page."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    business_id = forms.CharField(
        label=_("Business ID"), help_text=_("For example 0201256-6."), required=False, max_length=20
    )
    municipality = MunicipalityField()
    county = forms.ChoiceField(
        label=_("Wellbeing services county"),
        help_text=_("Filled in from the municipality when left empty."),
        required=False,
    )
    parent = forms.CharField(
        label=_("Parent organisation"),
        help_text=_("The central organisation or union to which it belongs."),
        required=False,
        max_length=200,
    )
    themes = forms.CharField(label=_("Themes"), help_text=_("Words divided by commas."), required=False, max_length=300)
    web = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")
    is_economic = forms.BooleanField(
        label=_("Has economic activity"),
        help_text=_("It sells services in a market. Then prices, bids and customers are not discussed with others."),
        required=False,
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["county"].choices = county_choices(_("not chosen"))  # type: ignore[attr-defined]
        self.fields["parent"].widget.attrs["list"] = "organisations"

    def clean_parent(self) -> Organisation | None:
        name = self.cleaned_data["parent"].strip()
        if not name:
            return None
        if (found := queries.same(name)) is None:
            raise ValidationError(_("No organisation of this name is here yet. Add it first, or leave this empty."))
        return found

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """The present facts for the form."""
        return {
            "name": organisation.name,
            "kind": organisation.kind,
            "business_id": organisation.business_id,
            "municipality": organisation.municipality,
            "county": organisation.county,
            "parent": organisation.parent.name if organisation.parent else "",
            "themes": organisation.themes,
            "web": organisation.web,
            "is_economic": organisation.is_economic,
        }


class AddForm(forms.Form):
    """A new organisation; the rest is told on its page."""

    name = forms.CharField(label=_("Name"), max_length=200)
    business_id = forms.CharField(
        label=_("Business ID"), help_text=_("For example 0201256-6."), required=False, max_length=20
    )
    municipality = MunicipalityField()


class ContactForm(forms.Form):
    """Where the organisation can be reached about something."""

    about = forms.CharField(label=_("About what"), help_text=_("For example: volunteers, press."), max_length=120)
    name = forms.CharField(label=_("Name or title"), required=False, max_length=120)
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
