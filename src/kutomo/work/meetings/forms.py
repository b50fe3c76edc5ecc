"""What is asked of people about meetings: shape and words only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import Choices, CodeField, DayInput, MomentInput

from .models import KIND_LABELS, Meeting, Participant, Step
from .rules import agenda


class FactsForm(forms.ModelForm):
    """When and where."""

    class Meta:
        model = Meeting
        fields = ["title", "starts_at", "place", "link"]
        widgets = {"starts_at": MomentInput()}

    link = forms.URLField(label=_("Remote link"), max_length=400, required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Title")
        self.fields["starts_at"].label = _("Starts")
        self.fields["starts_at"].help_text = _("Time in Finland.")
        self.fields["place"].label = _("Place")


class ConveneForm(FactsForm):
    """A new meeting, with an agenda ready to run or an empty one."""

    template = forms.ChoiceField(
        label=_("Agenda"),
        required=False,
        choices=[
            ("full", _("First meeting, three hours")),
            ("short", _("First meeting, an hour and a half")),
            ("", _("Empty: I lay it myself")),
        ],
        initial="full",
        widget=Choices(
            hints={
                "full": _("Getting to know each other, five questions, ground rules, promises."),
                "short": _("The same without know-how and ground rules, which follow later without a meeting."),
            }
        ),
    )


class StepForm(forms.ModelForm):
    """One point of the agenda."""

    class Meta:
        model = Step
        fields = ["title", "minutes", "text", "how"]
        widgets = {"text": forms.Textarea({"rows": 3}), "how": forms.Textarea({"rows": 3})}

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=agenda.LONGEST)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Title")
        self.fields["text"].label = _("Words for everybody")
        self.fields["how"].label = _("Words for the host")
        self.fields["how"].help_text = _("Only the host sees these.")


class AddStepForm(StepForm):
    """A new point: what happens in it, and for a canvas point which question."""

    class Meta(StepForm.Meta):
        fields = ["kind", "question", "title", "minutes", "text"]

    kind = forms.ChoiceField(
        label=_("What happens"), choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    question = forms.TypedChoiceField(
        label=_("Question of the canvas"),
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know words only
        required=False,
        choices=[("", "–"), *((n, str(n)) for n in range(1, 6))],
        help_text=_("Only when the point asks one of the five questions."),
    )
    how = None

    def __init__(self, *args: Any, **kwargs: Any):
        forms.ModelForm.__init__(self, *args, **kwargs)
        self.fields["title"].label = _("Title")
        self.fields["title"].help_text = _("Leave empty to use ready words.")
        self.fields["text"].label = _("Words for everybody")


class EnterForm(forms.Form):
    """The code on the big screen."""

    code = CodeField(label=_("Six-digit code"))


class JoinForm(forms.Form):
    """First name and organisation; no account."""

    name = forms.CharField(
        label=_("Your first name"), max_length=60, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
        help_text=_("Leave empty if you come as yourself."),
    )


class PaperForm(forms.Form):
    """Somebody in the room without a phone."""

    name = forms.CharField(label=_("First name"), max_length=60)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)


class PromiseForm(forms.Form):
    """Who does what, by when."""

    doer = forms.ModelChoiceField(label=_("Who does it"), queryset=Participant.objects.none(), empty_label=None)
    what = forms.CharField(label=_("What"), max_length=240, widget=forms.TextInput())
    by_on = forms.DateField(label=_("By when"), required=False, widget=DayInput())
    code = forms.CharField(max_length=100, widget=forms.HiddenInput())

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["doer"].queryset = meeting.participants.all()


class NotesForm(forms.ModelForm):
    """What is remembered of the meeting."""

    class Meta:
        model = Meeting
        fields = ["notes", "goal_rung", "goal_enough", "small_win"]
        widgets = {"notes": forms.Textarea({"rows": 16})}

    goal_rung = forms.TypedChoiceField(
        label=_("The goal's step on the ladder"), coerce=int, empty_value=None, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, language: str = "fi", **kwargs: Any):
        super().__init__(*args, **kwargs)
        rungs = [(number, name) for number, (name, _text) in agenda.rungs(language).items()]
        self.fields["goal_rung"].choices = [("", _("Not placed yet")), *rungs]
        self.fields["notes"].label = _("Notes")
        self.fields["notes"].help_text = _("You can use headings with ## and lists with a hyphen.")
        self.fields["goal_enough"].label = _("We will say it was enough when")
        self.fields["small_win"].label = _("A small win within 60 days")
        self.fields["small_win"].required = self.fields["goal_enough"].required = False
