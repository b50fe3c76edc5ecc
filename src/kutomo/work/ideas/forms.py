"""What ideas ask of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.ui.forms import Choices, ManyChoices, Segmented

from . import rules
from .models import Idea, MaturityWord, SignedWord, WantWord
from .rules import Maturity, Reply, Signed

GROWN = [choice for choice in MaturityWord.choices if choice[0] != Maturity.RESTING]
SIGNED_HINTS = {
    Signed.HOUSE.value: _("Others see the organisation. The house knows you, so that you can change the words."),
    Signed.ANONYMOUS.value: _(
        "Nothing is stored by which you could be known. You get a code; without it nobody, not even you, can change "
        "the idea."
    ),
}
REPLIES = {
    Reply.ASK: _("I ask"),
    Reply.ADD: _("I add"),
    Reply.CONNECT: _("I connect: who or what else belongs here"),
    Reply.JUDGE: _("I evaluate, since it is wished for"),
}


class _WordsForm(forms.Form):
    title = forms.CharField(label=_("The idea in a few words"), max_length=rules.LONGEST_TITLE)
    text = forms.CharField(
        label=_("As far as you have thought"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("At most 600 characters. Unfinished is right here."),
    )
    wants = forms.MultipleChoiceField(
        label=_("What do you wish from others?"),
        choices=WantWord.choices,
        required=False,
        widget=ManyChoices(hints={"evaluation": _("Only then may others judge the idea.")}),
    )
    code = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


class PlantForm(_WordsForm):
    """A new idea, or one that grows from another."""

    maturity = forms.ChoiceField(label=_("How far is it?"), choices=GROWN, initial=Maturity.SPARK, widget=Segmented)
    credit = forms.CharField(
        label=_("What do you owe to the first idea?"),
        max_length=rules.LONGEST_CREDIT,
        help_text=_("One line. It stands with your idea."),
    )
    signed = forms.ChoiceField(
        label=_("How do you sign?"),
        choices=SignedWord.choices,
        initial=Signed.NAMED,
        widget=Choices(hints=SIGNED_HINTS),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)
    field_order = ["title", "text", "credit", "maturity", "wants", "signed", "language"]

    def __init__(self, *args: Any, builds: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not builds:
            del self.fields["credit"]


class ChangeForm(_WordsForm):
    """The author's own: words, how far, what is wished; with the code when it is anonymous."""

    maturity = forms.ChoiceField(label=_("How far is it?"), choices=MaturityWord.choices, widget=Segmented)
    show_name = forms.BooleanField(
        label=_("Show my name with it from now on"), required=False, help_text=_("This cannot be taken back.")
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["code", "title", "text", "maturity", "wants", "show_name"]

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if idea.is_anonymous:
            help_text = _("You got it when you shared the idea.")
            self.fields["code"] = forms.CharField(label=_("The code of the idea"), max_length=100, help_text=help_text)
            self.order_fields(self.field_order)
        else:
            del self.fields["show_name"], self.fields["code"]

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        return {**self.cleaned_data, "seen": self.cleaned_data["seen"] or 0}


class ReplyForm(forms.Form):
    """What somebody gives to an idea."""

    kind = forms.ChoiceField(label=_("What do you do for it?"), widget=Choices)
    text = forms.CharField(
        label=_("In your words"), max_length=rules.LONGEST_REPLY, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(reply.value, REPLIES[reply]) for reply in rules.replies(idea.wants)]


class HarmForm(forms.Form):
    """What harm an idea does."""

    reason = forms.CharField(
        label=_("What harm does it do?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every member sees the reason."),
    )  # fmt: skip


class FilterForm(forms.Form):
    """Which ideas the shelf shows."""

    words = forms.CharField(label=_("Words"), required=False, max_length=80)
    maturity = forms.ChoiceField(
        label=_("How far it has grown"), required=False, choices=[("", _("all but the resting")), *MaturityWord.choices]
    )
