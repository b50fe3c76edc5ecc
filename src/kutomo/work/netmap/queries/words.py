"""Ties, members and filters in plain sentences: whole ones, so that every language can build its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy as _, ngettext

from kutomo.core.organisations import rules as organisations
from kutomo.core.organisations.models import Organisation
from kutomo.work.relations.rules.shape import Member, ShownTie

from ..rules.asked import WHOLE, Asked
from ..rules.scene import Scene, other

# relation, level, evidence -> the sentence. Levels are those of the questions asked.
TIES: dict[tuple[str, int, str], Any] = {
    ("knows", 1, "both"): _("%(a)s and %(b)s know of each other's work. Both say so."),
    ("knows", 2, "both"): _("%(a)s and %(b)s know whom to call at each other's. Both say so."),
    ("knows", 3, "both"): _("%(a)s and %(b)s know what the other needs and can give. Both say so."),
    ("knows", 1, "one"): _("%(a)s and %(b)s know of each other's work. One side says so, the other has not answered."),
    ("knows", 2, "one"): _(
        "%(a)s and %(b)s know whom to call at each other's. One side says so, the other has not answered."
    ),
    ("knows", 3, "one"): _(
        "%(a)s and %(b)s know what the other needs and can give. One side says so, the other has not answered."
    ),
    ("works", 1, "both"): _("%(a)s and %(b)s have passed on information. Both say so."),
    ("works", 2, "both"): _("%(a)s and %(b)s have fitted their work together. Both say so."),
    ("works", 3, "both"): _("%(a)s and %(b)s have done work that they answer for together. Both say so."),
    ("works", 1, "one"): _("%(a)s and %(b)s have passed on information. One side says so, the other has not answered."),
    ("works", 2, "one"): _(
        "%(a)s and %(b)s have fitted their work together. One side says so, the other has not answered."
    ),
    ("works", 3, "one"): _(
        "%(a)s and %(b)s have done work that they answer for together. One side says so, the other has not answered."
    ),
}
SHORT: dict[tuple[str, int], Any] = {
    ("knows", 1): _("know of each other's work"),
    ("knows", 2): _("know whom to call"),
    ("knows", 3): _("know what the other needs and gives"),
    ("works", 1): _("information passed on"),
    ("works", 2): _("work fitted together"),
    ("works", 3): _("work answered for together"),
}
EVIDENCE = {"both": _("both say so"), "one": _("one side says so, the other has not answered")}
RELATIONS = {"knows": _("know each other"), "works": _("work together")}


def tie_words(tie: ShownTie, names: dict[int, str]) -> str:
    """One tie as a sentence."""
    return str(TIES[tie.relation, tie.level, tie.evidence]) % {"a": names[tie.a], "b": names[tie.b]}


def cell_words(tie: ShownTie) -> str:
    """One tie without its ends: "work fitted together, both say so"."""
    return gettext("%(what)s, %(who)s") % {"what": SHORT[tie.relation, tie.level], "who": EVIDENCE[tie.evidence]}


def sector_words(code: str) -> str:
    """The name of a sector's code; the code itself when it is none of ours."""
    known = {str(value): label for value, label in Organisation.Kind.choices}
    return str(known.get(code, code)) if code else gettext("sector not known")


def region_words(code: str) -> str:
    """The name of a wellbeing services county's code; the code itself when it is none of ours."""
    county = organisations.counties().get(code)
    if county:
        return county.name(get_language() or "fi")
    return code or gettext("region not known")


def group_words(code: str, colour: str) -> str:
    """The name of the group by which members are drawn."""
    if not code:
        return gettext("others")
    return sector_words(code) if colour == "sector" else region_words(code)


def dot_words(scene: Scene, member: Member, name: str) -> str:
    """A member of the picture for the ear: "X, 7 confirmed ties, association"."""
    count = scene.confirmed(member.seat)
    ties = ngettext("%(count)s confirmed tie", "%(count)s confirmed ties", count) % {"count": count}
    return gettext("%(name)s, %(ties)s, %(sector)s") % {
        "name": name, "ties": ties, "sector": sector_words(member.sector),
    }  # fmt: skip


def filter_words(scene: Scene, names: dict[int, str]) -> list[str]:
    """What is shown, one phrase a part of the filter; every view and every file says it."""
    asked, said = scene.asked, []
    if scene.path is not None:
        said.append(gettext("the whole network"))
    elif scene.centre:
        said.append(
            ngettext("%(name)s and those one step away", "%(name)s and those at most %(step)s steps away", asked.step)
            % {"name": names[scene.centre], "step": asked.step}
        )
    else:
        said.append(gettext("the whole network"))
    said.append(
        {
            "": gettext("all ties"),
            "knows": gettext("ties of knowing"),
            "works": gettext("ties of working together"),
        }[asked.relation]
    )
    if asked.evidence:
        said.append(
            gettext("confirmed by both sides")
            if asked.evidence == "both"
            else gettext("told by one side, the other has not answered")
        )
    if asked.sector:
        said.append(gettext("sector: %(sector)s") % {"sector": sector_words(asked.sector)})
    if asked.region:
        said.append(gettext("region: %(region)s") % {"region": region_words(asked.region)})
    return said


def wave_words(scene: Scene) -> str:
    """Which wave, when it closed, how many answered."""
    report = scene.report
    return gettext("Wave %(number)s, closed %(day)s. %(answered)s of %(n)s answered.") % {
        "number": report.number,
        "day": f"{report.closed_on.day}.{report.closed_on.month}.{report.closed_on.year}",
        "answered": report.answered,
        "n": report.n,
    }


def names_of(scene: Scene) -> dict[int, str]:
    """The members' names by seat; numbers instead when names are hidden."""
    if not scene.asked.nameless:
        return {member.seat: member.name for member in scene.report.members}
    return {
        member.seat: gettext("member %(number)s") % {"number": number}
        for number, member in enumerate(scene.report.members, start=1)
    }


def listed(names: list[str], most: int = 12) -> str:
    """Names in a row: "A, B and C"; after ``most`` only how many more."""
    if len(names) > most:
        return gettext("%(names)s and %(count)s more") % {
            "names": ", ".join(names[:most]), "count": len(names) - most,
        }  # fmt: skip
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def whole(asked: Asked) -> Asked:
    """The same question of the whole network."""
    return asked.but(around=WHOLE, start=0, end=0)


def partners(scene: Scene, seat: int, names: dict[int, str]) -> list[tuple[ShownTie, int, str]]:
    """The shown ties of one member with the far end's seat and name, in alphabetical order."""
    found = [(tie, other(tie, seat), names[other(tie, seat)]) for tie in scene.near.get(seat, ())]
    return sorted(found, key=lambda row: row[2].casefold())
