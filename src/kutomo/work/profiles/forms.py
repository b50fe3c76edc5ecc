"""What is asked of people about the form of their collaboration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import DayInput

from .rules.form import READINGS
from .rules.wording import Reading


class ProfileForm(forms.Form):
    """Seven readings, each now and wanted."""

    def __init__(self, *args: Any, readings: Iterable[Reading], is_own: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for reading in readings:
            for when, label in (("now", _("Now")), ("wanted", _("In a year"))):
                self.fields[f"{when}_{reading.code}"] = forms.TypedChoiceField(
                    label=label,
                    choices=reading.choices,
                    coerce=int,
                    widget=forms.Select,
                    error_messages={"required": _("Choose one.")},
                )
        if is_own:
            self.fields["is_shared"] = forms.BooleanField(
                label=_("Show this to the members as one person's view"), required=False
            )

    def readings(self, when: str) -> dict[str, int]:
        return {code: self.cleaned_data[f"{when}_{code}"] for code in READINGS}


class OpenForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day for answers"), widget=DayInput)
    fewest = forms.TypedChoiceField(
        label=_("Show results from how many answers?"),
        help_text=_("Five is the least. A network may ask for more."),
        choices=[(n, str(n)) for n in range(5, 9)],
        coerce=int,
        initial=5,
    )
