"""The fair writer (docs/performance.md says what it is worth)."""

import contextvars
import os
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction
from django.utils import translation

T = TypeVar("T")
Batch = list[tuple[Future, Callable[[], Any]]]
_here = threading.local()

MOST = 64
"""Writes in one transaction: the last one waits for all before it, so there is a ceiling."""


class Writer:
    """One thread with a connection of its own, and the line of writes before it."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.line: queue.SimpleQueue[tuple[Future, Callable[[], Any]] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
        self.thread.start()

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
        goes_on = True
        while goes_on:
            batch: Batch = []
            while goes_on and len(batch) < MOST and not (batch and self.line.empty()):
                write = self.line.get()
                if write is None:
                    goes_on = False
                else:
                    batch.append(write)
            if batch:
                self._commit(batch)
        connection.close()

    def _commit(self, batch: Batch) -> None:
        if not (len(batch) > 1 and self._at_a_stroke(batch)):
            self._one_by_one(batch)

    def _at_a_stroke(self, batch: Batch) -> bool:
        """All in one transaction without savepoints; False, with nothing kept, when any of them fails."""
        try:
            with self._transaction():
                results = [deed() for _, deed in batch]
        except BaseException:  # somebody's refusal, bug or broken line: then each for itself
            return False
        for (future, _), result in zip(batch, results, strict=True):
            future.set_result(result)
        return True

    def _one_by_one(self, batch: Batch) -> None:
        """Each in a savepoint of one transaction: one's failure undoes only itself."""
        done: list[tuple[Future, Any]] = []
        failed: list[tuple[Future, BaseException]] = []
        try:
            with self._transaction():
                for future, deed in batch:
                    try:
                        with transaction.atomic():
                            result = deed()
                        done.append((future, result))
                    except Exception as error:
                        failed.append((future, error))
                        _here.shared.clear()  # a row that it locked is let go with its savepoint
        except BaseException as error:  # the commit itself: nobody's write is kept
            connection.close()
            failed = [(future, error) for future, _ in batch]
            done = []
        for future, result in done:
            future.set_result(result)
        for future, trouble in failed:
            future.set_exception(trouble)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        close_old_connections()
        _here.shared = {}
        try:
            with transaction.atomic(durable=True):
                yield
        finally:
            _here.shared = None


_writer: Writer | None = None
_lock = threading.Lock()


def _the_writer() -> Writer:
    """This process's writer; made at first use, and again after a fork."""
    global _writer
    with _lock:
        if _writer is None or _writer.process != os.getpid():
            _writer = Writer()
        return _writer


def stop() -> None:
    """End this process's writer and close its connection, when no more writes come; a later one makes a new one."""
    global _writer
    with _lock:
        if _writer is not None and _writer.process == os.getpid():
            _writer.line.put(None)
            _writer.thread.join()
        _writer = None


def shared() -> dict[Any, Any]:
    """What the writes of one transaction have read: the next one need not read it again.

    On SQLite nobody else can write meanwhile, so it stays true; on PostgreSQL whoever puts a row here locks it
    first. Outside the writer: an empty one each time.
    """
    found: dict[Any, Any] | None = getattr(_here, "shared", None)
    return {} if found is None else found


def together(deed: Callable[[], T]) -> T:
    """Run ``deed`` in a transaction and return its result after the commit; its exception undoes only itself.

    ``deed`` must not depend on thread-local state other than context variables, must not wait for another
    ``together``, and must bear being undone and run again: it does nothing outside the database. What it
    registers with ``transaction.on_commit`` runs in the writer's thread.
    """
    database: Any = connection  # only SQLite's wrapper knows whether it lives in memory
    in_memory = database.vendor == "sqlite" and database.is_in_memory_db()
    alone = database.in_atomic_block or in_memory
    if alone:
        with transaction.atomic():
            return deed()
    return _the_writer().put(deed).result()
