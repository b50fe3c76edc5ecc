"""What promises ask of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent.forms import offer
from kutomo.core.people.models import Person
from kutomo.ground.ui.forms import Choices, DayInput

from . import queries, rules
from .models import StateWord
from .rules import Deed

DEEDS: dict[Deed, Any] = {
    Deed.ACCEPT: _("I promise"),
    Deed.DECLINE: _("I do not promise"),
    Deed.DONE: _("It is done"),
    Deed.MOVE: _("I need more time: a new day"),
    Deed.RELEASE: _("I release it"),
    Deed.CONFIRM: _("Yes, it came"),
    Deed.MISS: _("Not yet"),
}
HINTS: dict[Deed, Any] = {
    Deed.DECLINE: _("No reason is asked."),
    Deed.DONE: _("The receiver is asked whether it came."),
    Deed.MOVE: _("Told before the day, a move is as good as keeping it."),
    Deed.RELEASE: _("Told in time, it is nobody's failure."),
    Deed.MISS: _("The promise is open again."),
}


class GiveForm(forms.Form):
    """A promise: one's own, or a proposal to somebody else."""

    what = forms.CharField(
        label=_("What is promised"),
        max_length=rules.LONGEST,
        help_text=_("One deed that can be seen to be done."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    by_on = forms.DateField(
        label=_("By when"), required=False, widget=DayInput, help_text=_("It can be moved later. Tell it in time.")
    )
    doer = forms.TypedChoiceField(
        label=_("Who does it"), help_text=_("For somebody else it is a proposal until they accept.")
    )
    receiver = forms.TypedChoiceField(
        label=_("Promised to"),
        required=False,
        empty_value=None,
        help_text=_("They are asked whether it came. Leave empty if it is for the whole network."),
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["doer"], people)
        offer(self.fields["receiver"], people)


class AnswerForm(forms.Form):
    """What one says of a promise now; only what this person may say is offered."""

    deed = forms.ChoiceField(label=_("What do you say?"), error_messages={"required": _("Choose one of these.")})
    by_on = forms.DateField(label=_("The new day"), required=False, widget=DayInput)
    words = forms.CharField(
        label=_("A word to the other side"),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The members of the network see it on the promise's page."),
    )

    def __init__(self, *args: Any, acts: queries.Acts, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = [(deed, DEEDS[deed]) for deed in allowed(acts)]
        self.fields["deed"].choices = rows
        self.fields["deed"].widget = Choices(choices=rows, hints=HINTS)
        if not acts.may_move:
            del self.fields["by_on"]
        if acts.may_accept and not acts.may_done:
            del self.fields["words"]


def allowed(acts: queries.Acts) -> list[Deed]:
    """The deeds that ``acts`` allows, in the order in which they are shown."""
    flags = [
        (Deed.ACCEPT, acts.may_accept),
        (Deed.DECLINE, acts.may_decline),
        (Deed.DONE, acts.may_done),
        (Deed.MOVE, acts.may_move),
        (Deed.RELEASE, acts.may_release),
        (Deed.CONFIRM, acts.may_confirm),
        (Deed.MISS, acts.may_confirm),
    ]
    return [deed for deed, may in flags if may]


class HandOverForm(forms.Form):
    to = forms.TypedChoiceField(label=_("To whom"), help_text=_("It stays yours until they accept."))
    words = forms.CharField(
        label=_("What should they know?"),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["to"], people)


class FilterForm(forms.Form):
    """Which promises the list shows."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("open", _("open")), ("", _("all")), *StateWord.choices]
    )
