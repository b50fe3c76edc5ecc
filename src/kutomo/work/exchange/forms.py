"""What mutual help asks of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Seat
from kutomo.core.people.models import Language
from kutomo.core.talk.forms import PostForm
from kutomo.ground.ui.forms import Choices, DayInput, Segmented

from .models import Effort, Listing, Mark, Where
from .queries.areas import Named
from .rules import course
from .rules.course import Deed, Move

__all__ = ["PostForm"]

DEEDS: dict[Deed, Any] = {
    Deed.ACCEPT: _("Agree to these terms"),
    Deed.COUNTER: _("Propose other terms"),
    Deed.DECLINE: _("Decline"),
    Deed.WITHDRAW: _("Take the proposal back"),
    Deed.START: _("The work has begun"),
    Deed.DELIVER: _("The help has been given"),
    Deed.CONFIRM: _("Yes, it came"),
    Deed.ASK_CHANGES: _("Something is still missing"),
    Deed.CANCEL: _("Cancel"),
    Deed.UNDO: _("It was confirmed too early"),
    Deed.SAY: _("Only write to the other side"),
}
HINTS: dict[Deed, Any] = {
    Deed.COUNTER: _("Write all of the terms anew: what, how and when."),
    Deed.DECLINE: _("No reason is asked."),
    Deed.DELIVER: _("The other side is asked whether it came."),
    Deed.CONFIRM: _("It is counted once, and nobody owes anybody anything."),
    Deed.CANCEL: _("Say why, so that the other side can ask somebody else."),
}
MOVES: dict[Move, Any] = {
    Move.PAUSE: _("Let it rest"),
    Move.RENEW: _("Open it again"),
    Move.FULFIL: _("It has been settled"),
    Move.WITHDRAW: _("Take it back"),
    Move.MODERATE: _("Take it off the board"),
}


def offer_seats(field: Any, seats: Sequence[Seat], nobody: Any) -> None:
    """Make a TypedChoiceField one of ``seats``, or ``nobody``; its value is the Seat or None."""
    known = {str(seat.pk): seat for seat in seats}
    field.choices = [*((key, seat.name) for key, seat in known.items()), ("", nobody)]
    field.coerce, field.empty_value = known.__getitem__, None


class ListingForm(forms.Form):
    """A need or an offer."""

    title = forms.CharField(label=_("In a few words"), max_length=course.LONGEST_TITLE)
    text = forms.CharField(
        label=_("Tell more"),
        max_length=course.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What, for whom, when. Never anything by which a client could be known."),
    )
    area = forms.ChoiceField(label=_("Area"))
    effort = forms.ChoiceField(label=_("How much work"), choices=Effort.choices, widget=Segmented, initial=Effort.SMALL)
    where = forms.ChoiceField(label=_("Where"), choices=Where.choices, widget=Segmented, initial=Where.EITHER)
    begins_on = forms.DateField(label=_("From"), required=False, widget=DayInput)
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=DayInput, help_text=_("Ninety days if you leave it empty.")
    )
    hands = forms.IntegerField(label=_("How many are needed"), min_value=1, max_value=50, initial=1)
    seat = forms.TypedChoiceField(label=_("On whose behalf"), required=False, widget=Choices)
    asked_for = forms.CharField(
        label=_("You write this down for somebody else"),
        required=False,
        max_length=120,
        help_text=_("Somebody who does not use Kutomo: a name that they let you show. Leave empty if it is your own."),
    )
    target = forms.TypedChoiceField(
        label=_("Ask one member only"),
        required=False,
        help_text=_("They get a letter at once, and only they can answer. Usually it is better to ask all."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)
    is_confidential = forms.BooleanField(
        label=_("The work touches confidential matters"),
        required=False,
        help_text=_("Before anybody says yes, the sides write down how these are protected."),
    )
    read_again = forms.BooleanField(label=_("I have read it again: it tells of nobody who has not been asked"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        side: str,
        areas: Sequence[Named],
        own: Sequence[Seat] = (),
        seats: Sequence[Seat] = (),
        changing: bool = False,
        warned: bool = False,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "–"), *((row.code, row.name) for row in areas if not row.rests)]
        offer_seats(self.fields["seat"], own, _("myself"))
        offer_seats(self.fields["target"], seats, "–")
        self.fields["target"].choices = self.fields["target"].choices[-1:] + self.fields["target"].choices[:-1]
        self.fields["read_again"].required = False
        gone = {"seat", "target"} if changing else {"seen"}
        gone |= {"asked_for"} if side == "offer" else set()
        gone |= {"seat"} if not own else set()
        gone |= set() if warned else {"read_again"}
        if side == "offer":
            self.fields["hands"].label = _("How many times you can give it")
        for name in gone:
            self.fields.pop(name, None)

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def of_listing(listing: Listing) -> dict[str, Any]:
    """The form's first values: the listing as it stands."""
    names = ("title", "text", "area", "effort", "where", "begins_on", "ends_on", "hands", "asked_for", "language")
    first: dict[str, Any] = {name: getattr(listing, name) for name in names}
    return first | {"is_confidential": listing.is_confidential, "seen": listing.revision}


class FilterForm(forms.Form):
    """What the board shows."""

    words = forms.CharField(label=_("Words"), required=False, max_length=80)
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("all areas")), *names.items()]


class ProposeForm(forms.Form):
    """An answer to a need, or a question about an offer."""

    words = forms.CharField(
        label=_("What do you propose?"),
        max_length=course.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What, how and when, in a few lines. Only the other side reads it."),
    )
    on = forms.DateField(label=_("On which day"), required=False, widget=DayInput)
    seat = forms.TypedChoiceField(label=_("On whose behalf"), required=False, widget=Choices)

    def __init__(self, *args: Any, own: Sequence[Seat], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_seats(self.fields["seat"], own, _("myself"))
        if not own:
            del self.fields["seat"]


class StepForm(forms.Form):
    """What one side does now; only what it may do is offered."""

    deed = forms.ChoiceField(label=_("What now?"), error_messages={"required": _("Choose one of these.")})
    words = forms.CharField(
        label=_("Words to the other side"),
        required=False,
        max_length=course.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = forms.DateField(label=_("On which day"), required=False, widget=DayInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, deeds: Sequence[Deed], **kwargs: Any):
        super().__init__(*args, **kwargs)
        hints = {deed.value: HINTS[deed] for deed in deeds if deed in HINTS}
        self.fields["deed"].widget = Choices(hints=hints)
        self.fields["deed"].choices = [(deed.value, label) for deed, label in DEEDS.items() if deed in deeds]
        if Deed.COUNTER not in deeds:
            del self.fields["on"]

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        data = dict(self.cleaned_data)
        return {**data, "deed": Deed(data["deed"]), "version": data["version"] or 0}


class FeedbackForm(forms.Form):
    """How a help went."""

    result = forms.TypedChoiceField(label=_("What came of it"), choices=Mark.choices, coerce=int, widget=Segmented)
    timing = forms.TypedChoiceField(label=_("The timetable"), choices=Mark.choices, coerce=int, widget=Segmented)
    process = forms.TypedChoiceField(label=_("Working together"), choices=Mark.choices, coerce=int, widget=Segmented)
    words = forms.CharField(
        label=_("What did the help bring about?"),
        required=False,
        max_length=course.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_show = forms.BooleanField(
        label=_("My words may stand on the help board with my name"),
        required=False,
        help_text=_("Members of the network read them there."),
    )


class ReasonForm(forms.Form):
    """Why a leader takes something off the board."""

    reason = forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Every member sees the reason."),
    )  # fmt: skip


class AreaForm(forms.Form):
    """An area of help in three languages."""

    fi = forms.CharField(label=_("In Finnish"), max_length=60)
    sv = forms.CharField(label=_("In Swedish"), max_length=60)
    en = forms.CharField(label=_("In English"), max_length=60)
    rests = forms.BooleanField(
        label=_("It rests"), required=False, help_text=_("Nothing new is listed under it; what is there stays.")
    )
