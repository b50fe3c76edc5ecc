"""The command `kutomo` as people run it: real processes, real ports, real files."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kutomo.config import env

KUTOMO = [sys.executable, "-m", "kutomo.config.cli"]


def around(folder: Path, **more: str) -> dict[str, str]:
    """An environment of its own: SQLite in ``folder``, English words."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KUTOMO_", "DJANGO_", "LC_", "LANG"))
    }
    return kept | {"KUTOMO_DATA": str(folder), "LANG": "C.UTF-8"} | more


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [*KUTOMO, *words]
    return subprocess.run(command, env=around(folder, **more), capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """An installation with its structure, static files and key."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    done = run(folder, "prepare")
    assert done.returncode == 0, done.stderr
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, seconds: float = 20) -> bytes:
    """The first line of the answer to GET /, as soon as there is one."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as line:
                line.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if answer := line.recv(64):
                    return answer.split(b"\r\n")[0]
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at port {port}")


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


class Served:
    def __init__(self, folder: Path, *words: str):
        self.port = free_port()
        command = [*KUTOMO, "serve", "--port", str(self.port), *words]
        self.log = folder.parent / f"log-{self.port}"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, env=around(folder), stdout=log, stderr=log, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def test_help_answers_without_django():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, kutomo.config.cli as c; c._parser(); print('django' in sys.modules)"],
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "False", done.stderr


def test_the_words_are_in_the_terminals_language(tmp_path):
    done = run(tmp_path, "restore", str(tmp_path / "none.zip"), LANG="fi_FI.UTF-8", KUTOMO_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "ei ole" in done.stderr


@pytest.mark.slow
def test_serve_answers_and_stops_cleanly(prepared):
    with Served(prepared) as served:
        assert ask(served.port).startswith(b"HTTP/1.")
        open_ones = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(20)]
        began = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(10) == 0, served.log.read_text()
        assert time.monotonic() - began < 4
        for one in open_ones:
            one.close()


@pytest.mark.slow
def test_a_killed_web_process_comes_back(prepared):
    with Served(prepared) as served:
        ask(served.port)
        web = next(
            pid for pid in children(served.process.pid) if b"config.server" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        os.kill(web, signal.SIGKILL)
        time.sleep(0.3)
        assert ask(served.port).startswith(b"HTTP/1.")


@pytest.mark.slow
def test_the_parent_of_one_web_process_does_the_background_work(prepared):
    """And when its web process is killed, both come back."""
    with Served(prepared) as served:
        ask(served.port)
        (parent,) = children(served.process.pid)
        (web,) = children(parent)
        threads = [entry.read_text().strip() for entry in Path(f"/proc/{parent}/task").glob("*/comm")]
        assert len(threads) >= 3, threads  # the one that waits, the jobs, the clock
        os.kill(web, signal.SIGKILL)
        time.sleep(0.3)
        assert ask(served.port).startswith(b"HTTP/1.")
        assert children(served.process.pid) != [parent]


@pytest.mark.slow
def test_a_killed_supervisor_leaves_nobody(prepared):
    with Served(prepared) as served:
        ask(served.port)
        below = children(served.process.pid)
        below += [pid for child in below for pid in children(child)]
        assert len(below) >= 2  # the web server with the background work, its web process
        served.process.kill()
        served.process.wait()
        last = time.monotonic() + 5
        while time.monotonic() < last and any(Path(f"/proc/{pid}").exists() for pid in below):
            time.sleep(0.05)
        left = [pid for pid in below if Path(f"/proc/{pid}").exists()]
        assert not left


def test_a_taken_port_is_said_in_words(prepared):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(prepared, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Choose another" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_no_number_is_said_in_words(prepared):
    done = run(prepared, "serve", PORT="eight")
    assert done.returncode == 1
    assert "must be a number" in done.stderr


def test_a_demo_never_overwrites_an_installation(prepared):
    done = run(prepared, "demo", "--port", str(free_port()))
    assert done.returncode == 1
    assert "no demo" in done.stderr
    assert (prepared / "kutomo.sqlite3").exists()


def test_a_fresh_demo_never_throws_an_installation_away(prepared):
    done = run(prepared, "demo", "--fresh", "--port", str(free_port()))
    assert done.returncode == 1
    assert (prepared / "kutomo.sqlite3").exists()


@pytest.fixture(scope="module")
def backup(prepared, tmp_path_factory) -> Path:
    (prepared / "media").mkdir(exist_ok=True)
    (prepared / "media" / "kuva.txt").write_text("a file")
    file = tmp_path_factory.mktemp("backup") / "kutomo.zip"
    done = run(prepared, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


class TestBackup:
    def test_comes_back_whole(self, prepared, backup, tmp_path):
        done = run(tmp_path / "data", "restore", str(backup))
        assert done.returncode == 0, done.stderr
        for name in ("secret_key", "media/kuva.txt"):
            assert (tmp_path / "data" / name).read_bytes() == (prepared / name).read_bytes()

        def rows(folder: Path) -> list[tuple[str, str]]:
            database = sqlite3.connect(folder / "kutomo.sqlite3")
            return database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()

        assert rows(tmp_path / "data") == rows(prepared)
        assert rows(prepared)

    def test_is_for_its_owner_alone(self, backup):
        assert backup.stat().st_mode & 0o077 == 0

    def test_never_overwrites(self, prepared, backup):
        before = backup.read_bytes()
        done = run(prepared, "backup", str(backup))
        assert done.returncode == 1
        assert "never overwrites" in done.stderr
        assert backup.read_bytes() == before

    def test_is_read_into_an_empty_place_only(self, prepared, backup):
        done = run(prepared, "restore", str(backup))
        assert done.returncode == 1
        assert "empty" in done.stderr

    @pytest.mark.parametrize("how", ["cut", "changed", "outside", "no zip", "missing"])
    def test_a_damaged_one_leaves_nothing_behind(self, backup, tmp_path, how):
        broken = tmp_path / "broken.zip"
        if how == "cut":
            broken.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
        elif how == "no zip":
            broken.write_bytes(b"hello")
        elif how in ("changed", "outside"):
            with zipfile.ZipFile(backup) as old, zipfile.ZipFile(broken, "w") as new:
                for name in old.namelist():
                    content = old.read(name)
                    if name == "media/kuva.txt" and how == "changed":
                        content = b"another"
                    if name == "manifest.json" and how == "outside":
                        content = content.replace(b"media/kuva.txt", b"../../kuva.txt")
                    new.writestr(name, content)
        done = run(tmp_path / "data", "restore", str(broken))
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "data").exists()
        assert not (tmp_path / "data.part").exists()


def test_the_doctor_says_what_to_mend(prepared):
    done = run(prepared, "doctor", KUTOMO_URL="http://kutomo.example.org")
    assert done.returncode == 1
    assert "KUTOMO_HOSTS=kutomo.example.org" in done.stdout
    assert "not encrypted" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_every_variable_is_described():
    assert all(about for about in env.VARIABLES.values())
