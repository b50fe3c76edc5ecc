"""Compiles the translations (.po) into what Django reads (.mo), without GNU gettext.

The .mo files are not kept in git: `make setup`, the tests, the wheel's build and `kutomo serve` call this.
"""

import os
import tempfile
from pathlib import Path

import polib


def compile_stale(folder: Path) -> list[Path]:
    """Compile each catalogue under ``folder`` that is newer than its .mo; returns those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        compile_one(source, target)
        written.append(target)
    return written


def compile_one(source: Path, target: Path) -> None:
    """Write ``target`` whole or not at all: a reader never meets half a catalogue."""
    content = polib.pofile(str(source)).to_binary()
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, target)
