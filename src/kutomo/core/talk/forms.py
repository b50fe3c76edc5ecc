from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language

from .rules import LONGEST


def new_key() -> str:
    """A form's one-time key, so that a form sent twice is one post."""
    return secrets.token_urlsafe(24)


class PostForm(forms.Form):
    body = forms.CharField(
        label=_("Your post"),
        help_text=_("An unfinished thought will do. Write @ and a whole name to mention somebody."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, language: str = "fi", **kwargs: Any):
        kwargs.setdefault("initial", {}).update({"language": language, "key": new_key()})
        super().__init__(*args, **kwargs)


class ThreadForm(PostForm):
    title = forms.CharField(label=_("What is it about?"), max_length=200)
    field_order = ["title", "body", "language", "key"]


class EditForm(forms.Form):
    body = forms.CharField(
        label=_("Your post"),
        help_text=_("After two minutes the earlier wording stays readable."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class RemoveForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), help_text=_("Every member sees the reason."), max_length=500)

    def __init__(self, *args: Any, own: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["reason"]
