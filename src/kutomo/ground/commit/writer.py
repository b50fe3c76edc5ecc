"""The fair writer (docs/performance.md says what it is worth)."""

import contextvars
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction
from django.utils import translation

T = TypeVar("T")
_here = threading.local()

MOST = 64
"""Writes in one transaction: the last one waits for all before it, so there is a ceiling."""


class Writer:
    """One thread with a connection of its own, and the line of writes before it."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.line: queue.SimpleQueue[tuple[Future, Callable[[], Any]]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="group-commit", daemon=True).start()

    def put(self, deed: Callable[[], Any]) -> Future:
        """Queue ``deed``; the future is done after the commit that carries it."""
        future: Future = Future()
        context, language = contextvars.copy_context(), translation.get_language()

        def as_the_caller() -> Any:
            # Django keeps the language for one thread only; the frozen clock lives in the context.
            with translation.override(language):
                return deed()

        self.line.put((future, lambda: context.run(as_the_caller)))
        return future

    def _run(self) -> None:
        while True:
            batch = [self.line.get()]
            while len(batch) < MOST and not self.line.empty():
                batch.append(self.line.get())
            self._commit(batch)

    def _commit(self, batch: list[tuple[Future, Callable[[], Any]]]) -> None:
        done: list[tuple[Future, Any]] = []
        failed: list[tuple[Future, BaseException]] = []
        try:
            close_old_connections()
            _here.shared = {}
            with transaction.atomic(durable=True):
                for future, deed in batch:
                    try:
                        with transaction.atomic():
                            result = deed()
                        done.append((future, result))
                    except Exception as error:  # a refusal or a bug of this one; the others go on
                        failed.append((future, error))
        except BaseException as error:  # the commit itself: nobody's write is kept
            connection.close()
            failed = [(future, error) for future, _ in batch]
            done = []
        finally:
            _here.shared = None
        for future, result in done:
            future.set_result(result)
        for future, trouble in failed:
            future.set_exception(trouble)


_writer: Writer | None = None
_lock = threading.Lock()


def _the_writer() -> Writer:
    """This process's writer; made at first use, and again after a fork."""
    global _writer
    with _lock:
        if _writer is None or _writer.process != os.getpid():
            _writer = Writer()
        return _writer


def shared() -> dict[Any, Any]:
    """What the writes of one transaction have read: the next one need not read it again.

    On SQLite nobody else can write meanwhile, so it stays true. Outside the writer: an empty one each time.
    """
    found: dict[Any, Any] | None = getattr(_here, "shared", None)
    return {} if found is None else found


def together(deed: Callable[[], T]) -> T:
    """Run ``deed`` in a transaction and return its result after the commit; its exception undoes only itself.

    ``deed`` must not depend on thread-local state other than context variables, and must not wait for
    another ``together``. What it registers with ``transaction.on_commit`` runs in the writer's thread.
    """
    database: Any = connection  # only SQLite's wrapper knows whether it lives in memory
    alone = database.vendor != "sqlite" or database.in_atomic_block or database.is_in_memory_db()
    if alone:
        with transaction.atomic():
            return deed()
    return _the_writer().put(deed).result()
