"""The list, imports, and letters of invitation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kutomo.core.organisations.forms import MunicipalityField
from kutomo.core.people.models import Language, Reach
from kutomo.ground.tables import MAX_BYTES

from .. import queries
from ..models import Candidate, Import
from ..rules.columns import Column

_MAIL = {"inputmode": "email", "autocomplete": "off", "autocapitalize": "off"}


class FindForm(forms.Form):
    """Narrowing the list."""

    q = forms.CharField(label=_("Name of a person or an organisation"), required=False, max_length=100)
    show = forms.ChoiceField(required=False, choices=queries.FILTERS, widget=forms.HiddenInput)


class CandidateForm(forms.Form):
    """One candidate: an organisation, a person, or both."""

    organisation_name = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    name = forms.CharField(label=_("Person"), required=False, max_length=120)
    email = forms.CharField(
        label=_("E-mail address"), required=False, max_length=254, widget=forms.TextInput(attrs=_MAIL)
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    reach = forms.ChoiceField(
        label=_("How to reach them"), required=False, choices=[("", _("as the facts tell")), *Reach.choices]
    )
    business_id = forms.CharField(label=_("Business ID"), required=False, max_length=20)
    municipality = MunicipalityField()
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Seen by those who invite. Write nothing that the person should not read."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def initial_of(candidate: Candidate) -> dict[str, Any]:
        """The present facts for the form."""
        names = (
            "organisation_name",
            "name",
            "email",
            "phone",
            "language",
            "reach",
            "business_id",
            "municipality",
            "note",
        )
        return {name: getattr(candidate, name) for name in names}


class TableForm(forms.Form):
    """A file, or pasted text."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods) or CSV, at most 5,000 rows."),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv"}),
    )
    text = forms.CharField(
        label=_("Or pasted text"),
        help_text=_("Cells copied from a sheet, addresses out of a mail, or one name on each line."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.either = True  # one of the two is needed: neither is "optional"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(
                _("It is larger than %(limit)s megabytes. Keep only the sheet with the names."),
                params={"limit": MAX_BYTES // (1024 * 1024)},
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            raise ValidationError(_("Choose a file, or paste the list."))
        return data

    def table(self) -> dict[str, Any]:
        """The arguments of ``actions.read``."""
        if file := self.cleaned_data.get("file"):
            return {"data": file.read(), "name": file.name}
        return {"text": self.cleaned_data["text"]}


class MappingForm(forms.Form):
    """What each column of the table holds."""

    has_header = forms.BooleanField(label=_("The first row has headings"), required=False)

    def __init__(self, *args: Any, source: Import, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.width = len(source.mapping)
        choices = [(column.value, queries.COLUMNS[column]) for column in Column]
        for index, meaning in enumerate(source.mapping):
            self.fields[f"column_{index}"] = forms.ChoiceField(choices=choices, initial=meaning, required=False)
        self.fields["has_header"].initial = source.header >= 0

    @property
    def selects(self) -> list[Any]:
        return [self[f"column_{index}"] for index in range(self.width)]

    def mapping(self) -> list[str]:
        return [self.cleaned_data[f"column_{index}"] for index in range(self.width)]


class MendForm(forms.Form):
    """Better values for cells with faults; the fields are named cell_<row>_<column>."""

    def cells(self) -> dict[tuple[int, int], str]:
        """(row, column) → text, of all that was sent."""
        found = {}
        for name, value in self.data.items():
            if place := re.fullmatch(r"cell_(\d{1,5})_(\d{1,2})", name):
                found[int(place[1]), int(place[2])] = str(value)
        return found


class ConfirmForm(forms.Form):
    """All or nothing; rows with faults stay out only by choice."""

    leave_out_bad = forms.BooleanField(required=False, label=_("Leave the rows with faults out"))


class InviterForm(forms.Form):
    """Who could invite."""

    person = forms.ChoiceField(label=_("Who could invite?"))

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(pk, person.name) for pk, person in self.people.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]


class InviteForm(forms.Form):
    """The inviter's own words, one text a language that is needed."""

    def __init__(self, *args: Any, network: Any, languages: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        labels = {
            "fi": _("Your words in Finnish"),
            "sv": _("Your words in Swedish"),
            "en": _("Your words in English"),
        }
        for code in self.languages:
            self.fields[f"words_{code}"] = forms.CharField(
                label=labels[code],
                help_text=_("Say why just they. The greeting, the button and your name come by themselves."),
                initial=queries.draft_words(network, code),
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
            )

    def words(self) -> dict[str, str]:
        """The texts by language."""
        return {code: self.cleaned_data[f"words_{code}"] for code in self.languages}

    def written(self) -> dict[str, str]:
        """The texts as they stand, sent or not."""
        return {code: self[f"words_{code}"].value() or "" for code in self.languages}
