"""What goals ask of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent.forms import offer
from kutomo.core.people.models import Language, Person
from kutomo.core.talk.forms import PostForm
from kutomo.ground.ui.forms import Choices, DayInput, Segmented

from . import rules
from .models import ChoiceWord, GradeWord, RungWord, TypeWord
from .rules import Choice

__all__ = ["PostForm"]

RUNG_HINTS = {
    "1": _("Enough when people know each other's work and whom to call, also without the leader."),
    "2": _("Enough when questions are answered and what is shared is used."),
    "3a": _("Enough when what was done twice is settled by both sides."),
    "3b": _("Enough when a weak signal has changed an agenda, a plan or a position."),
    "4": _("Enough when two organisations put in hours, space or money, and people confirm that it was used."),
}


class GoalForm(forms.Form):
    """A goal that can be judged: whose benefit, when it is enough, by when, and what shows it."""

    title = forms.CharField(label=_("The goal"), max_length=rules.LONGEST)
    rung = forms.ChoiceField(label=_("What kind of enough"), choices=RungWord.choices, widget=Choices(hints=RUNG_HINTS))
    type = forms.ChoiceField(label=_("What is it about"), choices=TypeWord.choices, widget=Segmented)
    enough = forms.CharField(
        label=_("It is enough when …"),
        max_length=rules.LONGEST_ENOUGH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that everybody can look at later and say yes or no to."),
    )
    benefit = forms.CharField(label=_("Whose benefit"), max_length=rules.LONGEST)
    rule = forms.CharField(
        label=_("What shows it"), max_length=rules.LONGEST_ENOUGH, help_text=_("What one would count, see or hear.")
    )
    due_on = forms.DateField(label=_("By when"), widget=DayInput)
    partner = forms.TypedChoiceField(
        label=_("Who owns it with you"),
        help_text=_("Somebody from another organisation. They are asked, and may say no."),
    )
    capacity = forms.CharField(
        label=_("What is new for it"),
        max_length=rules.LONGEST,
        help_text=_("A goal is raised only with new hours, people, space or money: whose?"),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)

    def __init__(self, *args: Any, people: list[Person], raises: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["partner"], people)
        if not raises:
            del self.fields["capacity"]


class PartnerForm(forms.Form):
    """Whom to ask to own it too."""

    partner = forms.TypedChoiceField(label=_("Who owns it with you"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["partner"], people)


class EvidenceForm(forms.Form):
    """What shows it."""

    text = forms.CharField(
        label=_("What has happened"), max_length=rules.LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    claimed = forms.TypedChoiceField(
        label=_("What stands behind it"), choices=GradeWord.choices, coerce=int, initial=0, widget=Choices
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("The document, the count, or whom one may ask. Every figure needs one."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("auto_id", "evidence_%s")  # the page has another form with a language
        super().__init__(*args, **kwargs)


class WordsForm(forms.Form):
    """What the owners see at half-time."""

    words = forms.CharField(
        label=_("Where are we, and what do we shift?"),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChoiceForm(forms.Form):
    """What follows, and why."""

    choice = forms.ChoiceField(label=_("What follows?"), widget=Choices)
    why = forms.CharField(label=_("Why"), max_length=rules.LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    learnt = forms.CharField(
        label=_("What was learnt"),
        required=False,
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(one.value, ChoiceWord(one).label) for one in choices]
