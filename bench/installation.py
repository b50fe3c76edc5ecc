"""A fresh installation for one benchmark: its folder, its database, its server."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = str(Path(sys.executable).parent / "kutomo")


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def chromium() -> str:
    """The browser that is there."""
    named = os.environ.get("KUTOMO_CHROMIUM", "")
    for place in (named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"):
        if place and Path(place).exists():
            return place
    raise SystemExit("no Chromium here: set KUTOMO_CHROMIUM")


class Installation:
    """``with Installation() as house:`` a folder that is gone afterwards; ``start()`` and ``stop()`` the server."""

    def __init__(
        self, database: str = "", slow_disk: bool = False, processes: int = 1, worker: bool = False, threads: int = 0
    ):
        self.database, self.slow_disk, self.processes, self.worker = database, slow_disk, processes, worker
        self.threads = threads  # 0: as the command has it
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Installation:
        # On the real disk: /tmp may be memory, where nothing is ever synchronised.
        base = os.environ.get("KUTOMO_BENCH_FOLDER") or str(ROOT / "var")
        Path(base).mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="bench-", dir=base))
        self.run(COMMAND, "migrate")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KUTOMO_")}
        kept |= {"KUTOMO_DATA": str(self.folder), "PYTHONPATH": f"{ROOT}/src:{ROOT}", "KUTOMO_URL": self.url}
        kept |= {"DJANGO_SETTINGS_MODULE": "kutomo.config.settings"}
        return kept | ({"KUTOMO_DATABASE": self.database} if self.database else {})

    def slow(self) -> dict[str, str]:
        """What makes each fdatasync 5 ms slower: a small library in front of the system's own."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise SystemExit("no C compiler: the slow disk cannot be imitated here")
        library = self.folder / "slow_disk.so"
        source = Path(__file__).with_name("slow_disk.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", str(source), "-o", str(library), "-ldl"], check=True)
        return {"LD_PRELOAD": str(library)}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def seed(self, *what: str) -> dict[str, Any]:
        return json.loads(self.run(sys.executable, "-m", "bench.seed", *what).strip().splitlines()[-1])

    def start(self) -> float:
        """Start the server and wait until it answers; returns the seconds that took."""
        command = [COMMAND, "serve", "--port", str(self.port), "--processes", str(self.processes)]
        command += ["--threads", str(self.threads)] if self.threads else []
        command += ["--no-migrate"] if self.process is not None else []
        command += [] if self.worker else ["--no-worker"]
        began = time.perf_counter()
        environment = self.environment | (self.slow() if self.slow_disk else {})
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        while True:
            try:
                urllib.request.urlopen(self.url + "/live/", timeout=5).read()
                return time.perf_counter() - began
            except urllib.error.HTTPError as error:
                raise SystemExit(f"the server answers {error.code}") from error
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - began > 90:
                    raise SystemExit("the server did not come up") from None
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """kill -9: the supervisor, the web process, its workers, all in the same moment."""
        assert self.process is not None
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def pids(self) -> list[int]:
        """The server's processes, found by who started whom."""
        assert self.process is not None
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    children.setdefault(parent, []).append(int(entry.name))
        found, line = [], [self.process.pid]
        while line:
            pid = line.pop()
            found.append(pid)
            line += children.get(pid, [])
        return found

    def cpu(self) -> float:
        """CPU seconds of all processes so far."""
        ticks = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """MiB of proportional memory over all processes."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        return total / 1024
