"""Imports on their way: the table as it would come onto the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network, Representation
from kutomo.core.organisations.rules import person_key
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotFound

from ..models import Candidate, Import
from ..rules.columns import Column
from ..rules.entries import Entry, read_rows
from ..rules.likeness import Known, Match, matches
from . import sentences

SHOWN = 25  # rows of each kind on the page; the counts tell of all


@dataclass
class Cell:
    """One cell to mend: its place in the stored rows, its words and what is wrong."""

    row: int
    column: int
    label: Any
    text: str
    flaw: str
    suggestion: str


@dataclass
class Checked:
    """One row after checking. ``index`` is its place in the stored rows."""

    index: int
    entry: Entry
    match: Match | None
    inviter: Person | None = None
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.entry.is_good

    @property
    def is_duplicate(self) -> bool:
        return self.match is not None and self.match.is_same

    @property
    def like(self) -> str:
        return sentences.match(self.match) if self.match else ""

    @property
    def flaws(self) -> list[str]:
        return [sentences.flaw(problem.flaw, problem.params) for problem in self.entry.problems]


@dataclass
class Preview:
    """What a confirmed import would do."""

    rows: list[Checked]
    columns: list[dict[str, Any]]
    notes: list[str]

    @property
    def new(self) -> list[Checked]:
        return [row for row in self.rows if row.is_good and not row.is_duplicate]

    @property
    def bad(self) -> list[Checked]:
        return [row for row in self.rows if not row.is_good]

    @property
    def duplicates(self) -> list[Checked]:
        return [row for row in self.rows if row.is_good and row.is_duplicate]

    @property
    def new_shown(self) -> list[Checked]:
        return self.new[:SHOWN]

    @property
    def bad_shown(self) -> list[Checked]:
        return self.bad[:SHOWN]

    @property
    def duplicates_shown(self) -> list[Checked]:
        return self.duplicates[:SHOWN]


def get_import(person: Any, network: Network, pk: int) -> Import:
    """One import; NotFound when there is none, NotAllowed for those who do not manage the list."""
    gate.require(person, Can.MANAGE_CANDIDATES, network)
    found = Import.objects.filter(network=network, pk=pk).select_related("by", "network").first()
    if found is None:
        raise NotFound(_("There is no such import in this network."))
    return found


def current_imports(network: Network) -> list[Import]:
    """The latest imports that are being checked or done."""
    rows = Import.objects.filter(network=network).exclude(state=Import.State.UNDONE).defer("rows", "numbers")
    return list(rows.select_related("by")[:5])


def known(network: Network) -> list[Known]:
    """Everybody who is there already: on the list or on a seat."""
    people = [
        Known(
            "seat",
            row.seat.organisation.name if row.seat.organisation else row.person.name,
            row.seat.organisation.name if row.seat.organisation else "",
            row.seat.organisation.business_id if row.seat.organisation else "",
            row.person.name,
            row.person.email or "",
            row.seat_id,
        )
        for row in Representation.objects.current()
        .filter(seat__network=network)
        .select_related("seat__organisation", "person")
    ]
    candidates = Candidate.objects.filter(network=network).values_list(
        "pk", "organisation_name", "business_id", "name", "email"
    )
    people.extend(
        Known("candidate", name or organisation or email, organisation, number, name, email, pk)
        for pk, organisation, number, name, email in candidates
    )
    return people


def preview(source: Import) -> Preview:
    """Check every row against the rules, the others and those who are there already (three queries)."""
    mapping = [Column(code) for code in source.mapping]
    entries = read_rows(source.rows, source.numbers, source.header, mapping)
    network = source.network
    members = {person_key(person.name): person for person in _members(network)}
    rows = [
        Checked(index, entry, match, members.get(person_key(entry.inviter)) if entry.inviter else None)
        for index, (entry, match) in enumerate(
            zip(entries, matches(entries, known(network)), strict=True), start=source.header + 1
        )
    ]
    for row in rows:
        row.cells = _cells_to_mend(row, source.rows[row.index], mapping)
    return Preview(rows, _columns(source, mapping), [sentences.note(code, params) for code, params in source.notes])


def _members(network: Network) -> Sequence[Person]:
    from kutomo.core.networks import queries as networks

    return networks.members(network)


def _cells_to_mend(row: Checked, cells: list[str], mapping: list[Column]) -> list[Cell]:
    return [
        Cell(
            row.index,
            problem.column,
            sentences.COLUMNS[mapping[problem.column]],
            "" if cells[problem.column].startswith("\x00") else cells[problem.column],
            sentences.flaw(problem.flaw, problem.params),
            problem.params.get("suggestion", ""),
        )
        for problem in row.entry.problems
        if problem.column >= 0 and problem.stops
    ]


def _columns(source: Import, mapping: list[Column]) -> list[dict[str, Any]]:
    """Each column with its header, its first values and the meaning it was given."""
    below = source.rows[source.header + 1 :]
    columns = []
    for index, column in enumerate(mapping):
        values = [row[index] for row in below[:40] if row[index] and not row[index].startswith("\x00")]
        is_ours = source.header >= 0 and source.numbers[source.header] == 0  # added on reading, in English
        head = source.rows[source.header][index] if source.header >= 0 else ""
        head = str(sentences.COLUMNS[column]) if is_ours else head
        columns.append({"index": index, "head": head, "examples": values[:3], "meaning": column.value})
    return columns
