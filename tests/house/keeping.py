"""A world that is built once in a run of the tests, and laid into the database again wherever it is wanted.

Building the example network through the product's own actions takes ten seconds; its rows take half a second.
Within one process they are kept in memory, between the workers of one run in a file.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from kutomo.across.search.actions import filing

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
_kept: bytes | None = None


def once(build: Callable[[], Any]) -> Any:
    """What ``build`` returns, with its rows in the (empty) database; built by the first who asks in this run."""
    global _kept
    if _kept is None:
        with _shared_file() as place:
            if place is not None and place.stat().st_size:
                _kept = place.read_bytes()
            else:
                return _build(build, place)
    rows, found = pickle.loads(_kept)
    _lay(rows)
    if connection.vendor == "sqlite":
        filing.file_all()  # the index of SQLite lets nobody copy it
    return found


def _build(build: Callable[[], Any], place: Path | None) -> Any:
    global _kept
    before = _rows()
    found = build()
    rows = {
        table: (columns, [row for row in those if row not in set(before[table][1])])
        for table, (columns, those) in _rows().items()
    }
    _kept = pickle.dumps((rows, found))
    if place is not None:
        place.write_bytes(_kept)
    return found


class _shared_file:
    """The file of this run's workers, held by one of them at a time; None when there is only one process."""

    def __enter__(self) -> Path | None:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        self.file = None
        if run is None:
            return None
        place = Path(tempfile.gettempdir()) / f"kutomo-world-{run}-{connection.vendor}"
        self.file = open(place, "ab")
        fcntl.flock(self.file, fcntl.LOCK_EX)
        return place

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()


def forget(run: str) -> None:
    """Remove what the workers of a run have kept."""
    for place in Path(tempfile.gettempdir()).glob(f"kutomo-world-{run}-*"):
        place.unlink(missing_ok=True)


def _rows() -> Rows:
    """All rows of all tables, as the driver gives them."""
    found: Rows = {}
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_terms"):
                continue
            cursor.execute(f"SELECT * FROM {quote(table)}")
            columns = [column[0] for column in cursor.description]
            found[table] = (columns, [tuple(map(_plain, row)) for row in cursor.fetchall()])
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _lay(rows: Rows) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, those) in rows.items():
            if those:
                names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", those)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
