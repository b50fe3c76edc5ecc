"""Words of letters and reasons, made from what is known of a pair."""

from __future__ import annotations

import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from ..rules.suggestions import Suggestion


def paragraphs(words: str) -> list[str]:
    """The text cut at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if part.strip()]


def short(text: str, most: int = 120) -> str:
    """The text, cut at a word when it is long."""
    text = " ".join(text.split()).rstrip(".")
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def reasons(suggestion: Suggestion, names: dict[int, str]) -> list[str]:
    """Why these two: needs first, then the shared contact, then how much nearer the network comes."""
    found = []
    for need in suggestion.needs[:2]:
        values = {
            "seeker": names.get(need.seeker, ""),
            "giver": names.get(need.giver, ""),
            "seeks": short(need.seeks),
            "brings": short(need.brings),
        }
        found.append(_("%(seeker)s looks for: %(seeks)s. %(giver)s brings: %(brings)s.") % values)
    contacts = [names[seat] for seat in suggestion.contacts if seat in names]
    if contacts:
        found.append(_("Both work with %(name)s.") % {"name": ", ".join(contacts[:2])})
    elif suggestion.shared:
        found.append(
            ngettext(
                "They have one shared contact, but not a close one.",
                "They have %(n)s shared contacts, but no close one.",
                suggestion.shared,
            )
            % {"n": suggestion.shared}
        )
    for seat, near in ((suggestion.a, suggestion.near_a), (suggestion.b, suggestion.near_b)):
        if near > 1:
            reach = {"name": names.get(seat, ""), "n": str(near)}
            found.append(_("%(n)s more members would come within two steps of %(name)s.") % reach)
    return found


def draft(suggestion: Suggestion | None, names: dict[int, str], wish: str, language: str, network: Any) -> str:
    """Words to begin with, to both; whoever introduces makes them personal."""
    with translation.override(language):
        words = [_("I think that you would get on well, so I am writing to you both.")]
        if wish:
            words.append(_("One of you said: %(wish)s") % {"wish": short(wish, 200)})
        if suggestion is not None:
            for need in suggestion.needs[:1]:
                values = {
                    "seeker": names.get(need.seeker, ""),
                    "giver": names.get(need.giver, ""),
                    "seeks": short(need.seeks),
                    "brings": short(need.brings),
                }
                words.append(_("%(seeker)s looks for: %(seeks)s. %(giver)s brings: %(brings)s.") % values)
            contacts = [names[seat] for seat in suggestion.contacts if seat in names]
            if contacts:
                words.append(_("You both work with %(name)s already.") % {"name": contacts[0]})
        words.append(_("A quarter of an hour on the phone is enough to begin with."))
        return "\n\n".join(words)
