"""`kutomo doctor`: says of each part of the installation whether it is as it should be, and how to mend it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from .plain import gettext as _, say

NEEDED_SPACE = 200 * 2**20  # bytes
SOUND_SQLITE = (3, 51, 3)  # older ones can lose data in WAL mode (ADR 9)

Finding = tuple[bool, str, str]  # is it well, what was found, how to mend it


def report(send_to: str = "") -> int:
    """Print all findings; returns the exit status: 1 when something is to be mended."""
    from django.utils import translation

    from .plain import language

    bad = 0
    with translation.override(language()):
        for heading, findings in (
            (_("The place of the data"), place()),
            (_("The database"), database()),
            (_("The address of the service"), address()),
            (_("The letters that leave"), letters(send_to)),
        ):
            say(f"\n{heading}")
            for is_well, words, mend in findings:
                say(f"  {'+' if is_well else '!'} {words}")
                if not is_well and mend:
                    say(f"    → {mend}")
                bad += not is_well
    say("\n" + (_("All is well.") if not bad else _("To be mended: %(count)s.") % {"count": bad}))
    return 1 if bad else 0


def place() -> Iterator[Finding]:
    from django.conf import settings

    folder = Path(settings.DATA)
    yield (
        os.access(folder, os.W_OK),
        _("The data is kept in %(folder)s.") % {"folder": folder},
        _("Give this user the right to write there, or choose another folder with KUTOMO_DATA."),
    )
    free = shutil.disk_usage(folder).free
    yield (
        free > NEEDED_SPACE,
        _("The disk has %(size)s MiB left.") % {"size": free // 2**20},
        _("Make room: a full disk refuses answers."),
    )
    key = folder / "secret_key"
    if key.exists():
        yield (
            key.stat().st_mode & 0o077 == 0,
            _("The secret key lies in %(file)s.") % {"file": key},
            ("chmod 600 " + str(key)),
        )


def database() -> Iterator[Finding]:
    from django.db import Error, connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
    except Error as error:
        yield (
            False,
            _("The database cannot be reached: %(why)s") % {"why": str(error).strip()},
            _("Check KUTOMO_DATABASE, and that the server runs."),
        )
        return
    if connection.vendor == "sqlite":
        import sqlite3

        version = tuple(int(part) for part in sqlite3.sqlite_version.split("."))
        yield (
            version >= SOUND_SQLITE,
            f"SQLite {sqlite3.sqlite_version}",
            _("This SQLite can lose data. Run `make setup` again; it brings a newer one."),
        )
    else:
        yield True, f"PostgreSQL {connection.pg_version // 10000}", ""  # type: ignore[attr-defined]
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield (
        not plan,
        _("The structure lacks %(count)s changes.") % {"count": len(plan)}
        if plan
        else _("The structure is up to date."),
        "kutomo migrate",
    )
    if plan:
        return
    try:
        with transaction.atomic():
            from kutomo.ground.jobs.models import Appointment

            Appointment.objects.create(name="doctor", next_at="2000-01-01T00:00:00Z")
            transaction.set_rollback(True)
        yield True, _("The database can be written."), ""
    except Error as error:
        yield False, _("The database cannot be written: %(why)s") % {"why": error}, _("Check its rights and the disk.")
    yield from worker()


def worker() -> Iterator[Finding]:
    from datetime import timedelta

    from kutomo.ground import clock
    from kutomo.ground.jobs.models import Heartbeat

    alive = Heartbeat.objects.filter(seen_at__gte=clock.now() - timedelta(minutes=2)).exists()
    yield (
        alive,
        _("The background work runs.") if alive else _("No background work runs: letters wait."),
        _("Start `kutomo serve`, or `kutomo worker` beside it."),
    )


def address() -> Iterator[Finding]:
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.http.request import validate_host

    host = urlsplit(settings.BASE_URL).hostname or ""
    yield (
        validate_host(host, settings.ALLOWED_HOSTS),
        _("People come to %(address)s.") % {"address": settings.BASE_URL},
        f"KUTOMO_HOSTS={host}",
    )
    is_local = host in ("localhost", "127.0.0.1", "::1")
    yield (
        settings.SECURE or is_local,
        _("The address is not encrypted.") if not settings.SECURE else _("The address is encrypted."),
        _("Put a proxy with a certificate before Kutomo and set KUTOMO_URL to the https address."),
    )
    yield (
        not settings.DEBUG,
        _("Errors are shown to everybody.") if settings.DEBUG else _("Errors are not shown to readers."),
        "KUTOMO_DEBUG=",
    )


def letters(send_to: str) -> Iterator[Finding]:
    from kutomo.ground.mail.doctor import check

    for finding in check(send_to or None):
        yield finding.is_fine, finding.words, finding.mend
