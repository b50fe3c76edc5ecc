"""What ground rules and commitment cards ask of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent.forms import offer
from kutomo.core.people.models import Person
from kutomo.ground.ui.forms import Choices, DayInput, MomentInput

from . import queries, rules
from .models import BehalfWord, CommitmentCard, HoursWord, RuleSet

FOLLOWS = "follows"
BEHALF: list[tuple[str, Any]] = [(code, capfirst(label)) for code, label in BehalfWord.choices]
HOURS: list[tuple[str, Any]] = [(code, capfirst(label)) for code, label in HoursWord.choices]
HOURS.append((FOLLOWS, _("I follow from the side")))
PARTS = ("card", "place", "text", "in_practice", "when_broken")


class OwnCardForm(forms.Form):
    text = forms.CharField(
        label=_("A ground rule of your own"),
        max_length=rules.RULE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence that anybody can tell to be kept or broken."),
    )


class ComposeForm(forms.Form):
    """Seven places, each with a text, its practice and what follows when it is broken."""

    note = forms.CharField(
        label=_("What has changed and why"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not needs_note:
            del self.fields["note"]
        for number in range(1, rules.MOST_RULES + 1):
            self._add(number)

    def _add(self, number: int) -> None:
        lines = forms.Textarea(attrs={"rows": 2})
        self.fields |= {
            f"card_{number}": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput),
            f"place_{number}": forms.IntegerField(
                label=_("Number in the order"), required=False, min_value=1, max_value=rules.MOST_RULES
            ),
            f"text_{number}": forms.CharField(
                label=_("Ground rule"), required=False, max_length=rules.RULE_LENGTH, widget=lines
            ),
            f"in_practice_{number}": forms.CharField(
                label=_("In practice it looks like this"),
                required=False,
                max_length=rules.PRACTICE_LENGTH,
                widget=lines,
            ),
            f"when_broken_{number}": forms.CharField(
                label=_("When it is broken, we"), required=False, max_length=rules.PRACTICE_LENGTH, widget=lines
            ),
        }

    def rows(self) -> list[dict[str, Any]]:
        """The seven places for the template."""
        return [
            {"number": number, **{part: self[f"{part}_{number}"] for part in PARTS}}
            for number in range(1, rules.MOST_RULES + 1)
        ]

    def lines(self) -> list[dict[str, str]]:
        """The filled places in their order; an emptied text leaves the rule out."""
        data = self.cleaned_data
        found = []
        for number in range(1, rules.MOST_RULES + 1):
            row = {part: data.get(f"{part}_{number}") or "" for part in PARTS}
            if str(row["text"]).strip():
                found.append((row["place"] or number, number, {key: str(row[key]) for key in PARTS if key != "place"}))
        return [row for _place, _number, row in sorted(found, key=lambda item: item[:2])]


def of_rule_set(rule_set: RuleSet, chosen: list[queries.DeckCard]) -> dict[str, Any]:
    """The form's first values: what has been written so far, else the cards that most people chose."""
    rows: list[Any] = queries.lines(rule_set) or chosen
    first: dict[str, Any] = {"seen": rule_set.revision, "note": rule_set.note}
    for number in range(1, rules.MOST_RULES + 1):
        first[f"place_{number}"] = number
    for number, row in enumerate(rows[: rules.MOST_RULES], 1):
        first[f"card_{number}"] = getattr(row, "card", None) or getattr(row, "key", "")
        for part in ("text", "in_practice", "when_broken"):
            first[f"{part}_{number}"] = getattr(row, part)
    return first


class ProposeForm(forms.Form):
    silent_until = forms.DateTimeField(
        label=_("Everybody thinks alone until"),
        required=False,
        widget=MomentInput,
        help_text=_("Until then nobody sees what others say. It ends earlier when all have answered."),
    )
    closes_at = forms.DateTimeField(
        label=_("Open until"), required=False, widget=MomentInput, help_text=_("Seven days if you leave it empty.")
    )


class SettleForm(forms.Form):
    review_on = forms.DateField(
        label=_("Look at the rules again on"), required=False, widget=DayInput, help_text=_("A year from now if empty.")
    )


class SomebodyForm(forms.Form):
    """For whom a recorder writes."""

    person = forms.TypedChoiceField(label=_("For whom"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self.fields["person"], people)


class CardForm(forms.Form):
    """What I bring, what I look for, how much, in whose name, until when."""

    behalf = forms.ChoiceField(
        label=_("In whose name?"),
        choices=BEHALF,
        widget=Choices(hints={BehalfWord.ORGANISATION: _("Somebody who can bind the organisation confirms the card.")}),
    )
    hours = forms.ChoiceField(
        label=_("How much?"),
        choices=HOURS,
        widget=Choices(hints={FOLLOWS: _("A full choice. You get the letters and may join in at any time.")}),
        error_messages={"required": _("Choose the hours a month, or that you follow from the side.")},
    )
    brings = forms.CharField(
        label=_("What I bring"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example a skill, a room, a car on Thursdays, a reader for drafts."),
    )
    seeks = forms.CharField(
        label=_("What I look for"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(
        label=_("Until when"), required=False, widget=DayInput, help_text=_("A year from now if you leave it empty.")
    )
    confirmer_name = forms.CharField(label=_("Who confirms for the organisation"), required=False, max_length=120)
    confirmer_email = forms.EmailField(
        label=_("The confirmer's e-mail address"),
        required=False,
        help_text=_("They get a link and need no account. Leave it empty if somebody on your seat can bind it."),
    )
    seat = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: str = "", binds: bool = False, **kwargs: Any):
        """``organisation``: the name of the seat's, empty for a private person's; ``binds``: needs no confirmer."""
        super().__init__(*args, **kwargs)
        if not organisation:
            del self.fields["behalf"]
        if not organisation or binds:
            del self.fields["confirmer_name"], self.fields["confirmer_email"]

    def facts(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        data = dict(self.cleaned_data)
        data["follows"] = data["hours"] == FOLLOWS
        if data["follows"]:
            data["hours"] = ""
        data.setdefault("behalf", BehalfWord.SELF)
        data.pop("person", None)
        return data


class CardForForm(CardForm, SomebodyForm):
    """The same, entered by a recorder from paper or a phone call."""

    field_order = ["person", "behalf", "hours", "brings", "seeks", "until", "confirmer_name", "confirmer_email"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, organisation="-", **kwargs)
        for name in ("seat", "seen"):
            del self.fields[name]


def of_card(card: CommitmentCard | None, seat: int | None) -> dict[str, Any]:
    """The form's first values: the card as it stands."""
    if card is None:
        return {"seat": seat, "seen": 0}
    return {
        "behalf": card.behalf,
        "hours": FOLLOWS if card.follows else card.hours,
        "brings": card.brings,
        "seeks": card.seeks,
        "until": card.until,
        "confirmer_name": card.confirmer_name,
        "confirmer_email": card.confirmer_email,
        "seat": card.seat_id,
        "seen": card.version,
    }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why before people have met?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every member sees the reason."),
    )


class MetForm(forms.Form):
    held_on = forms.DateField(
        label=_("When did people meet?"), widget=DayInput, help_text=_("A meeting run in Kutomo is noted by itself.")
    )
