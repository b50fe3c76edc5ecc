"""What must be so before the first page: structure, cache, static files, and in the demo its network."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path


def run(*, migrate: bool = True, demo: bool = False) -> None:
    """All steps; each does nothing when it was done before."""
    if migrate:
        _migrate()
    collect_static()
    if demo:
        from . import demo as example

        example.build()


def migrate() -> None:
    _migrate()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Copy, name by content and compress the static files, when any of them has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=io.StringIO())
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())
