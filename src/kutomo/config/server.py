"""The web server: ``python -m kutomo.config.server --port 8000 --processes 1 --threads 16``; `kutomo serve` starts it.

A parent keeps the web processes alive. In a small installation (``--worker``) it does the background work too: it
would only wait otherwise, and what it has loaded its one child shares.
"""

from __future__ import annotations

import argparse
import gc
import os
import threading
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from .plain import gettext as _, say
from .supervisor import die_with_parent

FINISHING = 1.0  # seconds that a job in hand still has when the web process has stopped


def load() -> Callable[..., Any]:
    """Django with all rooms: a broken one stops the start, not somebody's page."""
    from django.db import connections
    from django.urls import get_resolver

    from .wsgi import application

    get_resolver().url_patterns  # noqa: B018
    connections.close_all()  # each process opens its own
    # What has been loaded stays for good: the collector need not walk it again, and what a page makes it looks at
    # later than it would by itself.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    return application


def branch(_target: str) -> Callable[..., Any]:
    """What a web process does first."""
    die_with_parent()
    application = load()
    if os.environ.get("KUTOMO_WORKER_INSIDE") == "1":
        from kutomo.ground.jobs import worker

        worker.start()
    return application


class WithWorker(Server):  # type: ignore[misc, valid-type]  # granian chooses the class by what is installed
    """One web process, and the background work in its parent."""

    def startup(self, *given: Any) -> None:
        load()
        super().startup(*given)  # the web process branches off here, before there is any thread
        from kutomo.ground.jobs import worker

        self.jobs = worker.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def shutdown(self, *given: Any) -> None:
        self.jobs.stopping.set()
        super().shutdown(*given)
        self.jobs.stop(FINISHING)

    def _watch(self) -> None:
        """A worker that breaks off by itself takes the process along; the supervisor starts all again."""
        for thread in self.jobs.threads:
            thread.join()
        if not self.jobs.stopping.is_set():
            say(_("The background work broke off; see the lines above."))
            os._exit(1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kutomo.config.server")
    parser.add_argument("--host", default="127.0.0.1")
    for name, usual in (("--port", 8000), ("--processes", 1), ("--threads", 16)):
        parser.add_argument(name, type=int, default=usual)
    parser.add_argument("--worker", action="store_true", help="do the background work; for one web process only")
    given = parser.parse_args()
    kind = WithWorker if given.worker and given.processes == 1 else Server
    kind(
        "kutomo",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=given.processes,
        blocking_threads=given.threads,
        blocking_threads_idle_timeout=600,
        backlog=2048,
        log_level=LogLevels.error,
        workers_kill_timeout=2,  # docs/adr/0011-server.md: without it one slow request keeps the server from stopping
        # One that dies leaves the others at work; a single one is the supervisor's to start again.
        respawn_failed_workers=given.processes > 1,
        respawn_interval=0.5,
    ).serve(target_loader=branch)


if __name__ == "__main__":
    main()
