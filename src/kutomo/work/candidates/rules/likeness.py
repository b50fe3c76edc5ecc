"""Who is on the list already: in the same table, among the candidates, or seated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from kutomo.core.organisations.rules import name_keys, person_key

from .addresses import email_key
from .entries import Entry

# Names nearly alike ("Muistopolku", "Muistipolku") are only a hint, and only in tables of human size.
NEARLY = 92
FUZZY_UP_TO = 1_000


@dataclass(frozen=True)
class Known:
    """Somebody who is there already. ``where``: "row", "candidate" or "seat"; ``label`` is shown."""

    where: str
    label: str
    organisation: str = ""
    business_id: str = ""
    person: str = ""
    email: str = ""
    reference: int = 0


@dataclass(frozen=True)
class Match:
    """``is_same``: this very candidate again; otherwise a hint: one organisation, or a name nearly alike."""

    known: Known
    is_same: bool
    by: str  # "email", "business_id", "name", "nearly"


@dataclass
class Register:
    """Those who are there already, found by any of their marks."""

    by_email: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_business_id: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_organisation: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known) -> None:
        if known.email:
            self.by_email[email_key(known.email)].append(known)
        if known.business_id:
            self.by_business_id[known.business_id].append(known)
        for key in name_keys(known.organisation):
            self.by_organisation[key].append(known)
        if known.person:
            self.by_person[person_key(known.person)].append(known)

    def match(self, entry: Entry, *, fuzzy: bool = True) -> Match | None:
        """The best match of ``entry``: the same one before a hint; None when nobody is like it."""
        hint: Match | None = None
        for by, known in self._alike(entry):
            if _is_same(entry, known, by):
                return Match(known, True, by)
            hint = hint or Match(known, False, by)
        return hint or (self._nearly(entry) if fuzzy else None)

    def _alike(self, entry: Entry) -> Iterable[tuple[str, Known]]:
        if entry.email:
            yield from (("email", known) for known in self.by_email.get(email_key(entry.email), ()))
        if entry.business_id:
            yield from (("business_id", known) for known in self.by_business_id.get(entry.business_id, ()))
        for key in name_keys(entry.organisation):
            yield from (("name", known) for known in self.by_organisation.get(key, ()))
        if entry.person and not entry.organisation:
            yield from (("name", known) for known in self.by_person.get(person_key(entry.person), ()))

    def _nearly(self, entry: Entry) -> Match | None:
        for key in name_keys(entry.organisation):
            found = process.extractOne(key, self.by_organisation.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
            if found and len(key) > 5:
                return Match(self.by_organisation[found[0]][0], False, "nearly")
        return None


def _is_same(entry: Entry, known: Known, by: str) -> bool:
    """Whether the two are one candidate: one address or organisation, and no two different persons."""
    if _are_two(entry.person, known.person):
        return False
    if by == "email":
        return True
    two_addresses = entry.email and known.email and email_key(entry.email) != email_key(known.email)
    if entry.person and known.person:
        # One person in one organisation; without an organisation two addresses may be two namesakes.
        return bool(entry.organisation) or not two_addresses
    # At most one of them names a person: the same when neither adds anybody new.
    return not entry.person and not two_addresses and not (entry.email and not known.email)


def _are_two(one: str, other: str) -> bool:
    """Whether two names mean two persons; "Aino" and "Aino Aho" may be one."""
    first, second = set(person_key(one).split()), set(person_key(other).split())
    return bool(first and second) and not (first <= second or second <= first)


def matches(entries: Iterable[Entry], known: Iterable[Known]) -> list[Match | None]:
    """A match for each entry, against ``known`` and the entries before it; those before count as rows."""
    rows = list(entries)
    register = Register()
    for one in known:
        register.add(one)
    fuzzy = len(rows) <= FUZZY_UP_TO
    found: list[Match | None] = []
    for entry in rows:
        found.append(register.match(entry, fuzzy=fuzzy))
        label = entry.organisation or entry.person or entry.email
        register.add(
            Known("row", label, entry.organisation, entry.business_id, entry.person, entry.email, entry.number)
        )
    return found
