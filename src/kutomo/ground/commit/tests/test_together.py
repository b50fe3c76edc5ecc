"""Group commit: each write is kept after its call returns, one's failure is one's own, commits are shared."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection, transaction
from django.utils import translation

from kutomo.ground import clock
from kutomo.ground.clock import now
from kutomo.ground.commit import shared, together, writer


def put(key: str) -> str:
    Session.objects.create(session_key=key, session_data="", expire_date=now())
    return key


def in_a_thread(deed):
    """What a request thread does; its connection is closed at the end."""
    try:
        return together(deed)
    finally:
        connection.close()


@pytest.mark.django_db
def test_inside_a_transaction_it_is_simply_part_of_it():
    with transaction.atomic():
        assert together(lambda: put("a")) == "a"
        assert shared() == {}
    assert Session.objects.filter(pk="a").exists()


@pytest.mark.django_db
def test_an_error_undoes_only_itself():
    def wrong():
        put("b")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        together(wrong)
    together(lambda: put("c"))
    assert list(Session.objects.values_list("pk", flat=True)) == ["c"]


@pytest.mark.django_db(transaction=True)
def test_many_threads_are_all_kept_and_share_commits():
    commits, seen = [], []
    original = writer.Writer._commit

    def counted(self, batch):
        commits.append(len(batch))
        return original(self, batch)

    writer.Writer._commit = counted
    gate = threading.Barrier(16)

    def deed(number: int):
        def act():
            shared().setdefault("first", number)
            seen.append(threading.current_thread().name)
            if number % 5 == 4:
                put(f"t{number}")
                raise ValueError(number)
            return put(f"t{number}")

        if number < 16:
            gate.wait()
        try:
            return in_a_thread(act)
        except ValueError:
            return None

    try:
        with ThreadPoolExecutor(16) as pool:
            done = list(pool.map(deed, range(200)))
    finally:
        writer.Writer._commit = original
    kept = set(Session.objects.values_list("pk", flat=True))
    assert kept == {key for key in done if key}
    assert len(kept) == 160
    assert set(seen) == {"group-commit"}
    assert sum(commits) == 200
    assert len(commits) < 200  # some were committed together


@pytest.mark.django_db(transaction=True)
def test_the_callers_language_is_seen_and_callbacks_run_after_the_commit():
    after = []

    def act():
        transaction.on_commit(lambda: after.append(Session.objects.filter(pk="d").exists()))
        put("d")
        return translation.get_language(), clock.today().isoformat()

    def reader():
        with translation.override("sv"), clock.frozen("2026-03-01"):
            return in_a_thread(act)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(reader).result() == ("sv", "2026-03-01")
    assert after == [True]


@pytest.mark.django_db(transaction=True)
def test_a_failing_commit_acknowledges_nobody(monkeypatch):
    from django.db import DatabaseError
    from django.db.backends.base.base import BaseDatabaseWrapper

    real = BaseDatabaseWrapper._commit

    def broken(self):
        if threading.current_thread().name == "group-commit":
            raise DatabaseError("disk full")
        return real(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", broken)
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(in_a_thread, lambda n=n: put(f"f{n}")) for n in range(4)]:
            with pytest.raises(DatabaseError):
                future.result()
    monkeypatch.undo()
    close_old_connections()
    assert not Session.objects.exists()
    assert in_a_thread(lambda: put("g")) == "g"


@pytest.mark.django_db(transaction=True)
def test_what_a_failed_write_has_read_and_locked_is_not_believed_by_the_next():
    def fails():
        shared()["held"] = True
        raise ValueError("no")

    first, line = threading.Event(), writer._the_writer()
    line.put(first.wait)  # the two behind it come into one transaction
    failing, seen = line.put(fails), line.put(lambda: dict(shared()))
    first.set()
    with pytest.raises(ValueError, match="no"):
        failing.result(timeout=5)
    assert seen.result(timeout=5) == {}


@pytest.mark.django_db(transaction=True)
def test_a_stopped_writer_keeps_what_waits_and_the_next_write_makes_a_new_one():
    in_a_thread(lambda: put("first"))
    ended = writer._the_writer()
    waiting = ended.put(lambda: put("second"))
    writer.stop()
    assert waiting.result(timeout=5) == "second"
    assert not ended.thread.is_alive()
    in_a_thread(lambda: put("third"))
    assert writer._the_writer() is not ended
    assert set(Session.objects.values_list("pk", flat=True)) == {"first", "second", "third"}
