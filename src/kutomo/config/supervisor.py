"""Keeps a few processes alive and stops them together. Plain Python: it must not be what breaks."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from .plain import gettext as _, say

STOP_WITHIN = 3.5  # seconds for a clean stop; then the rest is killed
LONGEST_PAUSE = 30.0  # seconds before a child that keeps dying is started again
STEADY = 10.0  # seconds after which a child counts as well: if it ends then, it is started again at once


def die_with_parent() -> None:
    """Linux: this process ends when its parent is gone, so no orphan keeps the port or the jobs."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Child:
    """One process: its command, and when it was started."""

    def __init__(self, name: str, command: list[str]):
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0
        self.due = 0.0  # when it may be started again

    def run(self) -> int:
        """Run once to the end; returns the exit status."""
        return subprocess.run(self.command).returncode

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own: Ctrl+C reaches the supervisor alone, which then stops all in order.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=die_with_parent)

    def send(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self) -> None:
        """The process and its own children."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts the children, starts a dead one again, stops all on SIGTERM or Ctrl+C."""

    def __init__(self, children: list[Child]):
        self.children = children
        self.stopping = threading.Event()

    def run(self) -> int:
        """Until told to stop; returns the exit status: 0 after a clean stop, 1 when one had to be killed."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        for child in self.children:
            child.start()
        while not self.stopping.wait(0.2):
            for child in self.children:
                if not child.is_alive:
                    self._again(child)
        return self._stop()

    def _again(self, child: Child) -> None:
        """Start a dead child, after a pause that doubles while it keeps dying."""
        now = time.monotonic()
        if child.due == 0.0:
            is_steady = now - child.started > STEADY
            child.pause = 0.0 if is_steady else min(max(0.25, child.pause * 2), LONGEST_PAUSE)
            child.due = now + child.pause
            child.kill()  # what it may have left behind
            say(_("The process %(name)s ended by itself; it is started again.") % {"name": child.name})
        if now >= child.due:
            child.due = 0.0
            child.start()

    def _stop(self) -> int:
        for child in self.children:
            child.send(signal.SIGTERM)
        last = time.monotonic() + STOP_WITHIN
        while any(child.is_alive for child in self.children) and time.monotonic() < last:
            time.sleep(0.02)
        late = [child for child in self.children if child.is_alive]
        for child in late:
            child.kill()
        return 1 if late else 0
