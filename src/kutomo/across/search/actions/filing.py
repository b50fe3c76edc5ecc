"""Things into the index. What is filed already, word for word, is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from kutomo.core.activity.models import Event
from kutomo.core.things.register import ThingKind, kind_of, kinds
from kutomo.ground.analyser import Filed, filed, folded, split
from kutomo.ground.clock import now

from ..models import Entry, Form, Progress
from ..rules import token

AT_ONCE = 2_000  # lines of the log
BATCH = 200  # things in one transaction
LONGEST = 100_000  # letters of a thing that are filed
EVERYWHERE = "n_0"  # the token of a thing that belongs to no network


def file_new() -> int:
    """File the things that lines of the log have named since the last time; returns how many were looked at."""
    looked_at = 0
    while True:
        progress, _made = Progress.objects.get_or_create(pk=1)
        lines = list(
            Event.objects.filter(pk__gt=progress.event)
            .order_by("pk")
            .values_list("pk", "thing_kind", "thing_id")[:AT_ONCE]
        )
        if not lines:
            return looked_at
        named: dict[str, set[int]] = {}
        for _pk, kind, thing in lines:
            if kind and thing:
                named.setdefault(kind, set()).add(thing)
        for name, things in named.items():
            kind_here = kind_of(name)
            if kind_here:
                _file(kind_here, sorted(things))
                looked_at += len(things)
        Progress.objects.filter(pk=1).update(event=lines[-1][0])


def file_all() -> int:
    """File every thing of every kind, and forget entries whose thing is gone; for the night and for mending."""
    looked_at = 0
    for kind in kinds():
        rows = kind.model_class()._default_manager.order_by("pk").values_list("pk", flat=True)
        there = list(rows)
        for some in _batches(there, BATCH):
            _file(kind, some)
            looked_at += len(some)
        gone = set(Entry.objects.filter(kind=kind.kind).values_list("thing", flat=True)) - set(there)
        _forget(kind.kind, gone)
    known = [kind.kind for kind in kinds()]
    for name in Entry.objects.exclude(kind__in=known).values_list("kind", flat=True).distinct():
        _forget(name, Entry.objects.filter(kind=name).values_list("thing", flat=True))
    return looked_at


def _file(kind: ThingKind, things: Sequence[int]) -> None:
    held = kind.model_class()._default_manager.filter(pk__in=things).prefetch_related(*kind.reads)
    rows = {row.pk: row for row in held}
    _forget(kind.kind, set(things) - set(rows))
    entries = {entry.thing: entry for entry in Entry.objects.filter(kind=kind.kind, thing__in=things)}
    fresh: list[tuple[Any, str, list[str], list[str]]] = []
    for pk, row in rows.items():
        title, body = split(str(kind.title(row))[:LONGEST]), split(str(kind.text(row))[:LONGEST])
        scope = f"n_{getattr(row, 'network_id', None) or 0} k_{token(kind.kind)}"
        digest = hashlib.blake2b(f"{scope}|{' '.join(title)}|{' '.join(body)}".encode(), digest_size=16).hexdigest()
        known = entries.get(pk)
        if known is None or known.digest != digest:
            fresh.append((known or Entry(kind=kind.kind, thing=pk), f"{scope}|{digest}", title, body))
    if not fresh:
        return
    forms = _forms({word for _entry, _mark, title, body in fresh for word in (*title, *body)})
    with transaction.atomic():
        for entry, mark, title, body in fresh:
            scope, _sep, entry.digest = mark.partition("|")
            entry.filed_at = now()
            entry.save()
            in_title = _terms(title, forms)
            _store(entry.pk, in_title, in_title | _terms(body, forms) | set(scope.split()))


def _terms(words: Iterable[str], forms: dict[str, Filed]) -> set[str]:
    return {found for word in words for term in forms[word].terms if (found := token(term))}


def _forms(words: set[str]) -> dict[str, Filed]:
    """How each word is filed: from the table, or from the analyser, which is then kept."""
    found: dict[str, Filed] = {}
    for some in _batches(sorted(words), 500):
        for row in Form.objects.filter(form__in=some):
            found[row.form] = Filed(row.form, frozenset(row.bases.split()), frozenset(row.parts.split()))
    new = [filed(word) for word in sorted(words - set(found))]
    Form.objects.bulk_create(
        (
            Form(form=one.form, folded=folded(one.form), bases=_joined(one.bases), parts=_joined(one.parts))
            for one in new
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    return found | {one.form: one for one in new}


def _joined(words: Iterable[str]) -> str:
    return " ".join(sorted(word.replace(" ", "_") for word in words))


def _store(pk: int, title: set[str], body: set[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sentence = (
                "UPDATE search_entry SET title = array_to_tsvector(%s), body = array_to_tsvector(%s) WHERE id = %s"
            )
            cursor.execute(sentence, [sorted(title), sorted(body), pk])
        else:
            sentence = "INSERT OR REPLACE INTO search_terms(rowid, title, body) VALUES (%s, %s, %s)"
            cursor.execute(sentence, [pk, " ".join(sorted(title)), " ".join(sorted(body))])


def _forget(kind: str, things: Iterable[int]) -> None:
    for some in _batches(sorted(things), 500):
        entries = Entry.objects.filter(kind=kind, thing__in=some)
        with transaction.atomic():
            if connection.vendor != "postgresql":
                with connection.cursor() as cursor:
                    pks = [(pk,) for pk in entries.values_list("pk", flat=True)]
                    cursor.executemany("DELETE FROM search_terms WHERE rowid = %s", pks)
            entries.delete()


def _batches(rows: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
