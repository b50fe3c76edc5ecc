"""What people are asked about themselves."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import Choices, CodeField

from .models import Language, Reach


class AddressForm(forms.Form):
    """An address; checked by ground/mail, which can say what is wrong with it."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "inputmode": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )


class FurtherAddressForm(AddressForm):
    email = forms.CharField(
        label=_("New address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Write the new address.")},
    )


class ConfirmForm(forms.Form):
    """Six digits."""

    code = CodeField(
        help_text=_("The code is valid for 10 minutes. You can paste it as it is."),
        error_messages={"required": _("Write the code from the message.")},
    )


class EntryForm(ConfirmForm):
    remember = forms.BooleanField(label=_("Remember me on this device for 30 days"), required=False, initial=True)


class WelcomeForm(forms.Form):
    """Asked once, after the first sign-in."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As you want other members to see it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that others know who you are.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=Choices)


class DetailsForm(WelcomeForm):
    """One's own facts, at any time."""

    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    reach = forms.ChoiceField(
        label=_("How do you want to be reached?"),
        help_text=_("By phone or on paper means that the network's recorder writes your answers for you."),
        choices=Reach.choices,
        widget=Choices,
    )
    field_order = ["name", "language", "reach", "phone"]


class PasskeyForm(forms.Form):
    """What the browser answers after the finger or the face."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you recognise it later: My phone, Work laptop."),
        max_length=60,
        required=False,
    )

    def clean_credential(self) -> Any:
        """The browser's JSON; what is in it the action checks."""
        try:
            return json.loads(self.cleaned_data["credential"])
        except ValueError:
            raise forms.ValidationError(_("The passkey could not be read. Try once more.")) from None


class LeaveForm(forms.Form):
    """The confirmation before an account is removed."""

    sure = forms.BooleanField(
        label=_("I want to remove my account"),
        error_messages={"required": _("Tick the box if you want to remove your account.")},
    )
