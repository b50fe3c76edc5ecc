from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import Choices


class LinkForm(forms.Form):
    purpose = forms.CharField(
        label=_("For whom, and why"),
        max_length=300,
        help_text=_("Every member sees this in the log, for example: for the town's board, 3 December."),
    )
    days = forms.TypedChoiceField(
        label=_("Open for"),
        coerce=int,
        choices=[(7, _("one week")), (14, _("two weeks")), (30, _("a month")), (90, _("three months"))],
        initial=14,
        widget=Choices,
    )
    names = forms.BooleanField(
        label=_("Organisations with their names"),
        required=False,
        initial=True,
        help_text=_("Private persons' names are never shown through a link."),
    )
