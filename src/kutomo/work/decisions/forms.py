"""What decisions ask of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent.forms import StanceForm, of_voice, offer
from kutomo.core.people.models import Language, Person
from kutomo.core.talk.forms import PostForm
from kutomo.ground.ui.dates import when
from kutomo.ground.ui.forms import Choices, DayInput, ManyChoices, MomentInput, Segmented

from . import rules
from .models import DEGREES, FITS, Decision, MethodWord, Option, StateWord, Who
from .queries import Standing
from .rules import Method

__all__ = ["PostForm"]

METHOD_HINTS: dict[str, Any] = {
    Method.CONSENT: _(
        "Good enough for now? A reasoned objection stops it and makes its author a writer of the next text."
    ),
    Method.CONSENSUS: _("Everybody wants it. Slow, and right for what binds all for long."),
    Method.ADVICE: _(
        "One decides after asking those whom it concerns and those who know. Quick, and right for small matters."
    ),
    Method.GRADIENTS: _("How strongly is each for or against it, from 1 to 5? Shows where to talk more."),
    Method.CHOICE: _("One of a few. Right when all of them will do."),
    Method.DATES: _("Which days suit whom."),
}


def _lines(label: Any, rows: int = 4, help_text: Any = "", required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, help_text=help_text, max_length=rules.LONGEST, required=required)


class ProposeForm(forms.Form):
    """A proposal; what the chosen method does not need is left out."""

    title = forms.CharField(label=_("What is to be decided?"), max_length=160)
    proposal = _lines(_("The proposal"), 5, _("What would be done, so that it can be said yes or no to."))
    options = forms.CharField(
        label=_("What there is to choose from"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, from two to eight."),
    )
    reasons = _lines(_("Why"), 3)
    alternatives = _lines(
        _("What else was weighed"), 3, _("Other ways, and why not those. Members see that you have looked."), False
    )
    decider = forms.TypedChoiceField(label=_("Who decides"), help_text=_("They are asked, and may say no."))
    advisers = forms.TypedMultipleChoiceField(
        label=_("Whom to ask for advice"),
        help_text=_("Those whom this concerns, and those who know."),
        widget=ManyChoices,
    )
    who = forms.ChoiceField(label=_("Whose voice"), choices=Who.choices, initial=Who.SEATS, widget=Choices)
    is_anonymous = forms.BooleanField(
        label=_("Answers are anonymous"),
        required=False,
        help_text=_(
            "Who answered and what was answered are kept apart for good. An answer cannot be changed, and results "
            "are shown in words until fifteen have answered."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, method: str, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["decider"], people)
        known = {str(person.pk): person for person in people}
        self.fields["advisers"].choices = [(key, person.name) for key, person in known.items()]
        self.fields["advisers"].coerce = known.__getitem__
        if method == Method.DATES:
            self._ask_days()
        unneeded = {"options"} if method != Method.CHOICE else set()
        unneeded |= {"decider", "advisers"} if method != Method.ADVICE else {"who"}
        unneeded |= set() if method in rules.MAY_BE_ANONYMOUS else {"is_anonymous"}
        unneeded |= {"who"} if method == Method.DATES else set()
        for name in unneeded:
            del self.fields[name]

    def _ask_days(self) -> None:
        for number in range(1, rules.MOST_OPTIONS + 1):
            self.fields[f"day_{number}"] = forms.DateTimeField(
                label=_("Day %(n)s") % {"n": number}, required=number <= 2, widget=MomentInput
            )
        days = [f"day_{number}" for number in range(1, rules.MOST_OPTIONS + 1)]
        self.order_fields(["title", "proposal", *days, "reasons", "alternatives"])

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith("day_")}
        if "options" in data:
            data["options"] = [line for line in data["options"].splitlines() if line.strip()]
        days = [value for name, value in self.cleaned_data.items() if name.startswith("day_") and value]
        if days:
            data["options"] = days
        data.pop("seen", None)
        return data


def of_decision(decision: Decision, options: Sequence[Option]) -> dict[str, Any]:
    """The form's first values: the draft as it stands."""
    names = ("title", "proposal", "reasons", "alternatives", "language", "who", "is_anonymous")
    first: dict[str, Any] = {name: getattr(decision, name) for name in names}
    first |= {"seen": decision.revision, "decider": decision.decider_id}
    first["advisers"] = [str(row.person_id) for row in decision.advice.all()]
    first["options"] = "\n".join(option.text for option in options)
    return first | {f"day_{number}": option.at for number, option in enumerate(options, 1)}


class OpenForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("Open until"), required=False, widget=MomentInput, help_text=_("Seven days if you leave it empty.")
    )
    silent_until = forms.DateTimeField(
        label=_("Everybody thinks alone until"),
        required=False,
        widget=MomentInput,
        help_text=_("Until then nobody sees what others say. It ends earlier when all have answered."),
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if decision.is_anonymous or decision.method == Method.ADVICE:
            del self.fields["silent_until"]


class ReopenForm(OpenForm):
    reason = forms.CharField(
        label=_("Why is it asked again?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Every member sees the reason."),
    )
    proposal = _lines(_("The proposal now"), 5, _("Change it here, or leave it as it was."))
    field_order = ["reason", "proposal", "closes_at", "silent_until"]


class DegreeForm(forms.Form):
    """Gradients of agreement."""

    degree = forms.ChoiceField(
        label=_("How strongly are you for it?"),
        choices=[(int(degree), label) for degree, label in DEGREES.items()],
        widget=Choices,
    )


class OptionForm(forms.Form):
    """One of a few."""

    option = forms.ChoiceField(label=_("Which one?"), widget=Choices)

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [(option.key, option.text) for option in options]
        self.fields["option"].widget.choices = self.fields["option"].choices


class FitForm(forms.Form):
    """How each day suits."""

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for option in options:
            self.fields[f"fit_{option.key}"] = forms.ChoiceField(
                label=when(option.at) if option.at else option.text,
                choices=[(fit.value, label) for fit, label in FITS.items()],
                widget=Segmented,
            )


class AdviceForm(forms.Form):
    words = _lines(_("Your advice"), 6, _("What should be known or taken care of? The members see it with your name."))


def _reasoned(form: Any, standing: Standing, is_anonymous: bool) -> Any:
    """The parts that the three own ways of answering share: why, which seat, may one speak for it."""
    form.fields["reason"] = forms.CharField(
        label=_("Why do you think so?"),
        required=False,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    if is_anonymous:
        form.fields["reason"].help_text = _("Write so that you are not known by it.")
    form.fields["seat"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form.fields["seen"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
    if standing.must_speak_for:
        label = _("I may speak for %(name)s in this network") % {"name": standing.must_speak_for}
        form.fields["speaks"] = forms.BooleanField(label=label, required=False)
    return form


def answer_form(
    decision: Decision, standing: Standing, options: Sequence[Option], data: Any = None, chosen: str = ""
) -> Any:
    """The form that asks what the decision's method asks; ``chosen``: what was tapped in a letter."""
    if standing.consent is not None:
        inner = standing.consent
        seat = inner.chair.seat_id if inner.chair else None
        return StanceForm(data, initial=of_voice(inner.voice, seat, chosen), must_speak_for=standing.must_speak_for)
    if decision.method == Method.ADVICE:
        return AdviceForm(data, initial={"words": standing.advice.words if standing.advice else ""})
    first = _first(decision, standing, chosen)
    form: Any
    if decision.method == Method.GRADIENTS:
        form = DegreeForm(data, initial=first)
    elif decision.method == Method.CHOICE:
        form = OptionForm(data, initial=first, options=options)
    else:
        form = FitForm(data, initial=first, options=options)
    return _reasoned(form, standing, decision.is_anonymous)


def _first(decision: Decision, standing: Standing, chosen: str) -> dict[str, Any]:
    own = standing.stance
    said: dict[str, Any] = dict(own.said) if own else {}
    if chosen:
        said |= {"degree": chosen, "option": chosen}
    if decision.method == Method.DATES:
        said = {f"fit_{key}": fit for key, fit in said.items()}
    seat = standing.chair.seat_id if standing.chair else None
    return said | {"reason": own.reason if own else "", "seat": seat, "seen": own.version if own else 0}


def answered(form: Any) -> dict[str, Any]:
    """The answer as the action takes it."""
    data = dict(form.cleaned_data)
    fits = {name.removeprefix("fit_"): data.pop(name) for name in list(data) if name.startswith("fit_")}
    return data | ({"fits": fits} if fits else {})


def for_somebody(form: Any, people: list[Person]) -> Any:
    """The same form, entered by a recorder from paper or a phone call."""
    form.fields["person"] = forms.TypedChoiceField(label=_("Whose answer is this?"))
    offer(form.fields["person"], people)
    for name in ("seat", "seen", "speaks"):
        form.fields.pop(name, None)
    form.order_fields(["person", *form.fields])
    return form


class OutcomeForm(forms.Form):
    """What was decided and why, with a summary in each other working language of the network."""

    outcome = _lines(_("What was decided"), 4, required=False)
    why = _lines(_("Why"), 4, _("Without this it cannot be published. Answer here what was objected."), required=False)
    not_chosen = _lines(_("What was not chosen, and why"), 3, required=False)
    review_on = forms.DateField(
        label=_("Look at it again on"), required=False, widget=DayInput, help_text=_("It comes back by itself.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for code in self.languages:
            name = Language(code).label
            lines = forms.Textarea(attrs={"rows": 3, "lang": code})
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title: %(language)s") % {"language": name},
                required=False,
                max_length=160,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Summary: %(language)s") % {"language": name},
                required=False,
                max_length=rules.LONGEST,
                widget=lines,
            )

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        data = dict(self.cleaned_data)
        data["summaries"] = {
            code: {"title": data.pop(f"title_{code}"), "text": data.pop(f"text_{code}")} for code in self.languages
        }
        return data


def of_outcome(decision: Decision, review_on: Any) -> dict[str, Any]:
    """The form's first values: what has been written so far."""
    names = ("outcome", "why", "not_chosen")
    first: dict[str, Any] = {name: getattr(decision, name) for name in names}
    first |= {"review_on": decision.review_on or review_on, "seen": decision.revision}
    for code, row in decision.summaries.items():
        first |= {f"title_{code}": row["title"], f"text_{code}": row["text"]}
    return first


class ReviewForm(forms.Form):
    keeps = forms.TypedChoiceField(
        label=_("What now?"),
        choices=[("yes", _("Keep it, and look again later")), ("no", _("End it"))],
        coerce=lambda value: value == "yes",
        widget=Choices,
    )
    words = forms.CharField(
        label=_("What do you see: did it work?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(label=_("Look at it again on"), required=False, widget=DayInput)


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Why is it taken back?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class InterestForm(forms.Form):
    words = forms.CharField(
        label=_("What is your interest in this?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example that your own organisation would get the work. The members see it at the decision."),
    )
    steps_aside = forms.BooleanField(label=_("I step aside and leave this to the others"), required=False)


class OwnerForm(forms.Form):
    """Who carries it out: a promise, or a proposal of one."""

    what = forms.CharField(label=_("What is done"), max_length=240, widget=forms.Textarea(attrs={"rows": 2}))
    doer = forms.TypedChoiceField(
        label=_("Who does it"), help_text=_("For somebody else it is a proposal until they accept.")
    )
    by_on = forms.DateField(label=_("By when"), required=False, widget=DayInput)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["doer"], people)


class FilterForm(forms.Form):
    """Which decisions the list shows."""

    words = forms.CharField(label=_("Words of the title"), required=False, max_length=80)
    show = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all but the archive")), *StateWord.choices[:4], ("archive", _("archive"))],
    )
    method = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("any way")), *MethodWord.choices])
