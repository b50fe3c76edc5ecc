"""The whole installation in one file, and back: database, files, the secret key, a list with sums."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import env
from .plain import gettext as _, say, stop

FORMAT = 1
# A backup holds database and key: no order of answers goes along (ADR 22).
MIXERS = [f"kutomo.work.{room}.tasks.mix" for room in ("founding", "meetings", "profiles")]
DATABASE = {"sqlite3": "kutomo.sqlite3", "postgresql": "kutomo.pgdump"}


def write(target: Path) -> None:
    """Write the backup; the installation may run on. The file appears only when it is whole."""
    from django.db import connection
    from django.utils.module_loading import import_string

    from kutomo import __version__

    engine = connection.settings_dict["ENGINE"].rpartition(".")[2]
    folder = env.data_folder()
    if target.exists():
        stop(_("%(file)s is there already. A backup never overwrites another.") % {"file": target})
    for mixer in MIXERS:
        import_string(mixer).call()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        database = Path(place) / DATABASE[engine]
        _copy_sqlite(database) if engine == "sqlite3" else _dump_postgresql(database)
        files = {f"database/{database.name}": database}
        media = folder / "media"
        files |= {f"media/{path.relative_to(media)}": path for path in sorted(media.rglob("*")) if path.is_file()}
        if (folder / "secret_key").exists():
            files["secret_key"] = folder / "secret_key"
        about = {"format": FORMAT, "version": __version__, "engine": engine, "made_at": datetime.now(UTC).isoformat()}
        part = Path(place) / "backup.zip"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            sums = {}
            for name, path in files.items():
                archive.write(path, name)
                sums[name] = _sum(path)
            archive.writestr("manifest.json", json.dumps(about | {"sums": sums}, indent=1))
        os.chmod(part, 0o600)  # it holds people's addresses and the key
        with open(part, "rb") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    say(_("Backup written: %(file)s, %(size)s KiB.") % {"file": target, "size": target.stat().st_size // 1024})


def _sum(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_sqlite(target: Path) -> None:
    """By SQLite's own copying, which sees a running database as of one moment."""
    import sqlite3

    from django.db import connection

    connection.ensure_connection()
    copy = sqlite3.connect(target)
    connection.connection.backup(copy)
    copy.close()


def _dump_postgresql(target: Path) -> None:
    from django.db import connection

    given = connection.settings_dict
    command = ["pg_dump", "--format=custom", "--no-owner", "--file", str(target), *_where(given), given["NAME"]]
    try:
        done = subprocess.run(command, env=os.environ | {"PGPASSWORD": given["PASSWORD"]})
    except FileNotFoundError:
        stop(_("pg_dump is needed and was not found. On Debian: apt-get install postgresql-client"))
    if done.returncode != 0:
        stop(_("The database could not be copied; the lines above say why."))


def _where(given: dict) -> list[str]:
    places = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
    return [word for option, value in places.items() if value for word in (option, str(value))]


def read(source: Path) -> None:
    """Unpack a backup into an empty data folder (and an empty PostgreSQL database, if it holds one)."""
    folder = env.data_folder()
    if folder.exists() and any(folder.iterdir()):
        stop(_("%(folder)s is not empty. A backup is read into an empty place only.") % {"folder": folder})
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        about = _unpack(source, part)
        if about["engine"] == "postgresql":
            _restore_postgresql(part / "database" / DATABASE["postgresql"])
        else:
            (part / "database" / DATABASE["sqlite3"]).rename(part / DATABASE["sqlite3"])
        shutil.rmtree(part / "database")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    say(_("The backup of %(day)s stands in %(folder)s.") % {"day": about["made_at"][:10], "folder": folder})


def _unpack(source: Path, part: Path) -> dict:
    """Every file with the right sum, or the command ends and nothing is kept."""
    try:
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read("manifest.json"))
            if about["format"] != FORMAT:
                stop(_("This backup was written by a newer version. Update first."))
            for name, expected in about["sums"].items():
                target = (part / name).resolve()
                if not target.is_relative_to(part.resolve()):
                    stop(_("%(file)s is damaged: it names a place outside.") % {"file": source})
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, open(target, "wb") as file:
                    shutil.copyfileobj(packed, file)
                if _sum(target) != expected:
                    stop(_("%(file)s is damaged: %(name)s is not what was written.") % {"file": source, "name": name})
            if (part / "secret_key").exists():
                os.chmod(part / "secret_key", 0o600)
    except FileNotFoundError:
        stop(_("There is no file %(file)s.") % {"file": source})
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        stop(_("%(file)s is no backup, or it is damaged: %(why)s") % {"file": source, "why": error})
    return about


def _restore_postgresql(dump: Path) -> None:
    address = os.environ.get("KUTOMO_DATABASE", "")
    if not address:
        stop(_("This backup is of a PostgreSQL database: say with KUTOMO_DATABASE into which, an empty one."))
    parts = urlsplit(address)
    given = {"HOST": unquote(parts.hostname or ""), "PORT": parts.port or "", "USER": unquote(parts.username or "")}
    command = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_where(given)]
    try:
        done = subprocess.run(
            [*command, "--dbname", parts.path.lstrip("/"), str(dump)],
            env=os.environ | {"PGPASSWORD": unquote(parts.password or "")},
        )
    except FileNotFoundError:
        stop(_("pg_restore is needed and was not found. On Debian: apt-get install postgresql-client"))
    if done.returncode != 0:
        stop(_("The database could not be filled; the lines above say why. It must be empty."))
