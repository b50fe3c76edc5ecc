from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    """Where the test letter goes."""

    send_to = forms.CharField(
        label=_("Send the test letter to"),
        help_text=_("Leave this empty to check only the way to the server."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
