"""`kutomo backup` and `kutomo restore` with a real PostgreSQL: dumped by pg_dump, read into an empty database."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .test_command import KUTOMO, around

SERVER = os.environ.get("KUTOMO_DATABASE", "")
pytestmark = [
    pytest.mark.skipif(not SERVER.startswith("postgresql"), reason="this is the PostgreSQL part's"),
    pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's own tools are not on the path"),
]


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """As in test_command, with the time that building a whole database takes on a busy machine."""
    command = [*KUTOMO, *words]
    return subprocess.run(command, env=around(folder, **more), capture_output=True, text=True, timeout=400)


def address_of(name: str) -> str:
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """Two new databases of the server: one to save, one to fill."""
    import psycopg

    names = [f"kutomo_{what}_{secrets.token_hex(4)}" for what in ("full", "empty")]
    with psycopg.connect(SERVER, autocommit=True) as line:
        for name in names:
            line.execute(f'CREATE DATABASE "{name}"')
        yield address_of(names[0]), address_of(names[1])
        for name in names:
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def rows(address: str) -> list[tuple]:
    import psycopg

    with psycopg.connect(address) as line:
        found = line.execute("SELECT name, challenge FROM networks_network").fetchall()
        return [*found, *line.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]


def test_comes_back_whole(databases, tmp_path):
    import psycopg

    full, empty = databases
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "kutomo.zip"
    done = run(here, "manage", "migrate", "--verbosity", "0", KUTOMO_DATABASE=full)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(full) as line:
        line.execute(
            "INSERT INTO networks_network"
            " (name, slug, theme, challenge, yarn, stage, languages, is_example, started_at) VALUES"
            " ('Kynnyksen yli', 'kynnys', '', 'Kukaan ei kysy, mitä kuuluu.', 'sini', 'idea', 'fi', false, now())"
        )
    done = run(here, "backup", str(file), KUTOMO_DATABASE=full)
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o077 == 0
    done = run(there, "restore", str(file), KUTOMO_DATABASE=empty)
    assert done.returncode == 0, done.stderr
    assert rows(empty) == rows(full)
    assert ("Kynnyksen yli", "Kukaan ei kysy, mitä kuuluu.") in rows(empty)
    assert (there / "secret_key").read_bytes() == (here / "secret_key").read_bytes()
    # Never into a database that holds something already, and in plain words.
    again = run(tmp_path / "third", "restore", str(file), KUTOMO_DATABASE=empty)
    assert again.returncode == 1
    assert "empty" in again.stderr
    assert not (tmp_path / "third").exists()
    # And not without saying where to.
    nowhere = run(tmp_path / "fourth", "restore", str(file))
    assert nowhere.returncode == 1
    assert "KUTOMO_DATABASE" in nowhere.stderr
