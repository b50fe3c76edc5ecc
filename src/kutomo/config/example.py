"""The demo's folder: built whole or not at all, and anew when the program's structure has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from . import env
from .plain import gettext as _, say, stop
from .supervisor import Child


def make_ready(folder: Path) -> None:
    """Build the example network in ``folder`` unless this very one is there; ends the command on failure."""
    stamp = folder / "built"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        _prepare(folder, demo=False)
        return
    if (folder / "kutomo.sqlite3").exists() and not stamp.exists():
        stop(
            _("%(folder)s holds an installation that is no demo. Choose another folder: KUTOMO_DATA=...")
            % {"folder": folder}
        )
    if stamp.exists():
        say(_("The example network was made by another version; it is built again."))
        shutil.rmtree(folder)
    say(_("Building the example network ..."))
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        _prepare(part, demo=True)
        (part / "built").write_text(wanted)
        if folder.exists():  # an empty folder that somebody made, or one without a database
            shutil.copytree(part, folder, dirs_exist_ok=True)
        else:
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _prepare(folder: Path, *, demo: bool) -> None:
    command = [sys.executable, "-m", "kutomo.config.cli", "prepare", *(["--demo"] if demo else [])]
    before = os.environ.get("KUTOMO_DATA")
    os.environ["KUTOMO_DATA"] = str(folder)
    try:
        if Child("prepare", command).run() != 0:
            stop(_("The example network could not be built; the lines above say why."))
    finally:
        if before is None:
            del os.environ["KUTOMO_DATA"]
        else:
            os.environ["KUTOMO_DATA"] = before


def _fingerprint() -> str:
    """Of everything that decides what the example network looks like in the database."""
    from kutomo import __version__

    digest = hashlib.sha256(__version__.encode())
    for pattern in ("**/migrations/0*.py", "**/demo.py", "**/demo/*.py", "**/demo/content/*.toml"):
        for path in sorted(env.PACKAGE.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
