"""Wishes about letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import ManyChoices

from .models import Weekday


class WishForm(forms.Form):
    """The day for reminders, and what is not wanted at all."""

    no_nudges = forms.BooleanField(
        label=_("No automatic letters"),
        help_text=_("Letters that somebody sends to you yourself still come."),
        required=False,
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the weekly letter and of reminders"),
        help_text=_("At most one a week, never in July, at Christmas, in the evening or on a weekend."),
        choices=Weekday.choices,
        coerce=int,
    )
    stopped = forms.MultipleChoiceField(label=_("Never these"), required=False, widget=ManyChoices)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stopped"].choices = kinds
        if not kinds:
            del self.fields["stopped"]
