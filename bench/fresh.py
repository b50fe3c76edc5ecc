"""From a fresh clone to the served demo with one command: seconds and megabytes, caches cold and warm, root or not."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from .installation import ROOT, free_port

LONGEST = 300.0  # seconds before we give up
NOBODY = "nobody"


class Missing(Exception):
    """Why this cannot be measured here."""


def measure() -> dict:
    """Who -> seconds from `make demo` to the first page, and MiB of all that it made, the demo's data included."""
    for tool in ("git", "make"):
        if shutil.which(tool) is None:
            raise Missing(f"{tool} is not installed here")
    found = {}
    with _place() as place:
        home = place / "home"
        mine = "as root" if os.getuid() == 0 else "as an ordinary user"
        found[f"{mine}, cold caches"] = _demo(place / "cold", home)
        found[f"{mine}, warm caches"] = _demo(place / "warm", home)
    if os.getuid() == 0:
        with _place() as place:
            found["as an ordinary user, cold caches"] = _demo(place / "cold", place / "home", user=NOBODY)
    return found


@contextlib.contextmanager
def _place():  # type: ignore[no-untyped-def]
    """A folder on the real disk that other users may enter."""
    folder = Path(tempfile.mkdtemp(prefix="kutomo-fresh-", dir=os.environ.get("KUTOMO_BENCH_FOLDER", "/var/tmp")))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _demo(folder: Path, home: Path, user: str = "") -> dict:
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    home.mkdir(exist_ok=True)
    if user:
        uid = pwd.getpwnam(user).pw_uid
        for path in (home, folder):
            subprocess.run(["chown", "-R", str(uid), str(path)], check=True)
    port = free_port()
    kept = ("PATH", "LANG", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_DEFAULT"))}
    environment |= {"HOME": str(home), "PORT": str(port)}
    if user:
        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    as_somebody: dict = {"user": user, "group": "nogroup", "extra_groups": []} if user else {}
    began = time.perf_counter()
    with open(home / "log", "wb") as log:
        made = subprocess.Popen(
            ["make", "demo"], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, **as_somebody,
        )  # fmt: skip
    try:
        while not _answers(port):
            if made.poll() is not None or time.perf_counter() - began > LONGEST:
                raise SystemExit("make demo did not serve a page:\n" + (home / "log").read_text()[-3000:])
            time.sleep(0.1)
        seconds = time.perf_counter() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(made.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            made.wait(10)
    parts = {part: _size(folder / part) for part in (".venv", ".tools", "src", "var")}
    return {"seconds": round(seconds, 1), "mib": round(sum(parts.values())), "parts_mib": parts}


def _answers(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status == 200
    except OSError:
        return False


def _size(folder: Path) -> float:
    """MiB on the disk; a file with two names counts once."""
    if not folder.exists():
        return 0.0
    done = subprocess.run(["du", "-sk", str(folder)], capture_output=True, text=True)
    return round(int(done.stdout.split()[0]) / 1024, 1)
