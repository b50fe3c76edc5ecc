"""Tables onto the list: read, checked, confirmed as a whole, taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.core.organisations.models import Organisation
from kutomo.core.organisations.rules import name_key
from kutomo.ground import tables
from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

from .. import events, queries
from ..models import Candidate, Import
from ..rules import columns
from ..rules.columns import Column
from ..rules.entries import likely_language
from .people import likely_reach


def read(*, by: Any, network: Network, data: bytes | None = None, name: str = "", text: str = "") -> Import:
    """Read a file (``data``, ``name``) or pasted ``text`` for checking; nobody is on the list yet.

    Raises RuleBroken with the way out for everything that cannot be read (field "file" or "text").
    """
    gate.require(by, Can.MANAGE_CANDIDATES, network)
    field = "file" if data is not None else "text"
    try:
        table = tables.read_file(data, name) if data is not None else tables.read_pasted(text)
    except tables.Refused as refused:
        raise RuleBroken(queries.refusal(refused), field=field) from None
    header = columns.find_header(table.rows)
    if header > 0:
        table.rows, table.numbers, header = table.rows[header:], table.numbers[header:], 0
    with transaction.atomic():
        # One table is checked at a time; an earlier one that was left lying is dropped.
        Import.objects.filter(network=network, by=by, state=Import.State.PREVIEW).delete()
        return Import.objects.create(
            network=network,
            by=by,
            name=name[:200] or str(_("pasted text")),
            rows=table.rows,
            numbers=table.numbers,
            header=header,
            mapping=[column.value for column in columns.guess(table.rows, header)],
            notes=[[note.value, params] for note, params in table.notes],
        )


def _checked(source: Import) -> Import:
    found = Import.objects.select_for_update().select_related("network").get(pk=source.pk)
    if found.state != Import.State.PREVIEW:
        raise RuleBroken(_("This import has been confirmed or taken back already."))
    return found


@transaction.atomic
def read_again(*, by: Any, source: Import, mapping: list[str], has_header: bool) -> Import:
    """Read the columns by another mapping. Raises RuleBroken when two columns have one meaning."""
    gate.require(by, Can.MANAGE_CANDIDATES, source.network)
    source = _checked(source)
    meanings = [Column(code) for code in mapping]
    used = [meaning for meaning in meanings if meaning not in (Column.SKIP, Column.NOTE)]
    if len(used) != len(set(used)):
        raise RuleBroken(_("Two columns have the same meaning. Give one of them another, or leave it out."))
    if len(meanings) != len(source.mapping):
        raise RuleBroken(_("The columns have changed meanwhile. Look at the page again."))
    source.mapping, source.header = [meaning.value for meaning in meanings], 0 if has_header else -1
    source.changed_at = now()
    source.save(update_fields=["mapping", "header", "changed_at"])
    return source


@transaction.atomic
def mend(*, by: Any, source: Import, cells: Mapping[tuple[int, int], str]) -> Import:
    """Write better values into cells: (row, column) of the stored rows → text."""
    gate.require(by, Can.MANAGE_CANDIDATES, source.network)
    source = _checked(source)
    for (row, column), text in cells.items():
        if 0 <= row < len(source.rows) and 0 <= column < len(source.rows[row]):
            source.rows[row][column] = " ".join(text.split())[: tables.MAX_CELL]
    source.changed_at = now()
    source.save(update_fields=["rows", "changed_at"])
    return source


@transaction.atomic
def confirm(*, by: Any, source: Import, leave_out_bad: bool = False) -> Import:
    """Put every good new row on the list, or nothing at all.

    Raises RuleBroken while rows have faults (unless they are left out on purpose) and when nothing is new.
    """
    gate.require(by, Can.MANAGE_CANDIDATES, source.network)
    source = _checked(source)
    checked = queries.preview(source)
    if checked.bad and not leave_out_bad:
        raise RuleBroken(
            ngettext_lazy(
                "%(n)s row has a fault. Mend it, or choose to leave it out. Nothing has been imported.",
                "%(n)s rows have a fault. Mend them, or choose to leave them out. Nothing has been imported.",
                len(checked.bad),
            ),
            params={"n": len(checked.bad)},
        )
    if not checked.new:
        raise RuleBroken(_("There is nobody new in this table."))
    network, moment = source.network, now()
    home = {row.name_key: row for row in Organisation.objects.all()}
    numbers = {row.business_id: row for row in home.values() if row.business_id}
    added = [
        Candidate(
            network=network,
            source=source,
            added_by=by,
            added_at=moment,
            organisation=_organisation(row.entry, home, numbers),
            organisation_name=row.entry.organisation,
            business_id=row.entry.business_id,
            municipality=row.entry.municipality,
            name=row.entry.person,
            email=row.entry.email,
            phone=row.entry.phone,
            language=row.entry.language
            or likely_language(row.entry.organisation)
            or (network.working_languages or ["fi"])[0],
            reach=likely_reach({"email": row.entry.email, "phone": row.entry.phone}),
            note=_note(row),
            inviter=row.inviter,
            inviter_agreed_at=moment if row.inviter == by else None,
        )
        for row in checked.new
    ]
    Candidate.objects.bulk_create(added, batch_size=500)
    source.state, source.rows, source.numbers = Import.State.DONE, [], []
    source.added, source.left_out = len(added), len(checked.rows) - len(added)
    source.changed_at = moment
    source.save()
    record(events.IMPORTED, by=by, network=network, title=source.name, data={"count": len(added)})
    return source


def _organisation(entry: Any, home: dict[str, Organisation], numbers: dict[str, Organisation]) -> Organisation | None:
    if entry.business_id in numbers:
        return numbers[entry.business_id]
    found = home.get(name_key(entry.organisation)) if entry.organisation else None
    return found if found and (not entry.business_id or not found.business_id) else None


def _note(row: queries.Checked) -> str:
    """The note; a wished inviter who is no member yet is kept in it."""
    wished = "" if row.inviter or not row.entry.inviter else row.entry.inviter
    return f"{row.entry.note} {_('Who invites')}: {wished}".strip()[:1000] if wished else row.entry.note[:1000]


@transaction.atomic
def undo(*, by: Any, source: Import) -> Import:
    """Take a whole import back while nobody of it has been asked. Raises RuleBroken otherwise."""
    gate.require(by, Can.MANAGE_CANDIDATES, source.network)
    source = Import.objects.select_for_update().select_related("network").get(pk=source.pk)
    if source.state != Import.State.DONE:
        raise RuleBroken(_("Only a confirmed import can be taken back."))
    rows = Candidate.objects.select_for_update().filter(source=source)
    asked = rows.exclude(state=Candidate.State.POTENTIAL).count()
    if asked:
        raise RuleBroken(
            ngettext_lazy(
                "%(n)s candidate of this import has been invited or has answered, so it stays.",
                "%(n)s candidates of this import have been invited or have answered, so it stays.",
                asked,
            ),
            params={"n": asked},
        )
    count, _kinds = rows.delete()
    source.state, source.changed_at = Import.State.UNDONE, now()
    source.save(update_fields=["state", "changed_at"])
    record(events.UNDONE, by=by, network=source.network, title=source.name, data={"count": count})
    return source


@transaction.atomic
def drop(*, by: Any, source: Import) -> None:
    """Drop a table that is being checked; nobody was on the list because of it."""
    gate.require(by, Can.MANAGE_CANDIDATES, source.network)
    _checked(source).delete()
