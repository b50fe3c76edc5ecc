"""What is asked of people while founding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.ground.ui.forms import Choices, DayInput, ManyChoices

from .models import Sign
from .rules.canvas import LONGEST_ANSWER, MOST_ANSWERS, QUESTIONS
from .rules.wording import Prompted


def _area(rows: int, longest: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": longest})


class DraftForm(forms.Form):
    """The leader's draft of one question, with the version that it was read at."""

    text = forms.CharField(label=_("Draft"), max_length=2000, required=False, widget=_area(7, 2000))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChallengeForm(forms.Form):
    text = forms.CharField(
        label=_("The original challenge"),
        help_text=_("One or two sentences. At opening the words freeze: later evaluations ask about them."),
        max_length=600,
        widget=_area(3, 600),
    )


class SparringForm(forms.Form):
    person = forms.ChoiceField(label=_("Who reads the draft before it opens?"))

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(key, person.name) for key, person in self.people.items()]

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]


class OpenForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day for answers"), widget=DayInput)
    letters = forms.BooleanField(
        label=_("Send every member a letter with a personal link"),
        help_text=_("The link needs no sign-in. Leave this out if you answer together in a meeting."),
        required=False,
        initial=True,
    )


class DeadlineForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day for answers"), widget=DayInput)


class AnswerForm(forms.Form):
    """One to three answers to one question, and what stands beside them."""

    line1 = forms.CharField(
        label=_("Your answer"),
        help_text=_("One thought. Unfinished will do. At most 200 characters."),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=_area(3, LONGEST_ANSWER),
    )
    line2 = forms.CharField(
        label=_("A second answer"), max_length=LONGEST_ANSWER, required=False, widget=_area(2, LONGEST_ANSWER)
    )
    line3 = forms.CharField(
        label=_("A third answer"), max_length=LONGEST_ANSWER, required=False, widget=_area(2, LONGEST_ANSWER)
    )
    sign = forms.ChoiceField(
        label=_("What stands beside your answer?"),
        choices=Sign.choices,
        widget=Choices(
            hints={
                Sign.ANONYMOUS.value: _(
                    "Nobody sees whose it is. After the reveal not even the operator could find out."
                ),
                Sign.ORGANISATION.value: _("Shown when at least three organisations stand in the same theme."),
            }
        ),
        initial=Sign.ANONYMOUS,
    )

    @property
    def texts(self) -> list[str]:
        return [self.cleaned_data[f"line{n}"] for n in range(1, MOST_ANSWERS + 1)]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Twelve letters and figures, for example on your answer card. Small letters do."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PaperForm(forms.Form):
    """An answer card that came on paper or by phone."""

    person = forms.ChoiceField(label=_("Whose answers?"))
    code = CodeForm.base_fields["code"]

    def __init__(self, *args: Any, people: Iterable[Any], asked: Iterable[Prompted], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(key, person.name) for key, person in self.people.items()]
        for question in asked:
            for place in range(1, MOST_ANSWERS + 1):
                self.fields[f"q{question.number}_{place}"] = forms.CharField(
                    label=f"{question.number}. {question.short} ({place})",
                    max_length=LONGEST_ANSWER,
                    required=False,
                    widget=_area(1, LONGEST_ANSWER),
                )

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]

    @property
    def answers(self) -> dict[int, list[str]]:
        return {
            number: [self.cleaned_data.get(f"q{number}_{place}", "") for place in range(1, MOST_ANSWERS + 1)]
            for number in QUESTIONS
        }


class ThemeForm(forms.Form):
    name = forms.CharField(label=_("Name of the theme"), max_length=80)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("What did you say about this?"),
        help_text=_("Where do the answers diverge, and what follows? No names."),
        max_length=2000,
        required=False,
        widget=_area(3, 2000),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SentenceForm(forms.Form):
    """A sentence of the proposal and the answers behind it."""

    text = forms.CharField(label=_("Sentence"), max_length=400, widget=_area(3, 400))
    answers = forms.MultipleChoiceField(label=_("Which answers stand behind it?"), required=False, widget=ManyChoices)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, answers: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [(answer.key, answer.text) for answer in answers]


class ProposeForm(forms.Form):
    closes_on = forms.DateField(label=_("Last day to take a stance"), widget=DayInput)
    silent = forms.BooleanField(
        label=_("Objections are written first in silence"),
        help_text=_("For two days nobody sees what others say, leaders included."),
        required=False,
        initial=True,
    )
    note = forms.CharField(
        label=_("What has changed since the last round, and why?"),
        max_length=1000,
        required=False,
        widget=_area(3, 1000),
    )

    def __init__(self, *args: Any, is_again: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_again:
            self.fields["note"].required = True
        else:
            del self.fields["note"]


class AgreeForm(forms.Form):
    what_changed = forms.CharField(
        label=_("What changed from the draft, and why?"),
        help_text=_("All members see this beside the agreed text."),
        max_length=2000,
        widget=_area(4, 2000),
    )
    review_on = forms.DateField(label=_("When do you look at this again?"), widget=DayInput)
