"""Nobody reads another's answers on trust and commitment; raw rows have one door; they go in time, and on leaving."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.activity.models import Event
from kutomo.core.people import actions as people, queries as accounts
from kutomo.ground import clock, jobs
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.relations.actions import places
from kutomo.work.relations.models import (
    Answer,
    MapWish,
    Part,
    PrivateAnswer,
    PulseAnswer,
    Reading,
    Rung,
    Wave,
    WaveSeat,
)
from kutomo.work.relations.queries import raw
from kutomo.work.relations.queries.export import own_rows
from kutomo.work.relations.tasks import waves as tasks

pytestmark = pytest.mark.django_db
ROOM = Path(__file__).resolve().parents[1]
HOUSE = ROOM.parents[1]

# Who may name the table of private answers, and why.
MAY = {
    "models/answers.py": "the table itself",
    "models/__init__.py": "the table itself",
    "queries/raw.py": "the analysis, each read logged",
    "queries/own.py": "the author's own result",
    "queries/roster.py": "the author's own screens",
    "queries/export.py": "the author's own export",
    "actions/answering.py": "writes what the author says",
    "actions/places.py": "deletes",
}


def _sources():
    for path in HOUSE.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path


def test_private_answers_have_few_readers():
    readers = {
        str(path.relative_to(ROOM) if path.is_relative_to(ROOM) else path.relative_to(HOUSE))
        for path in _sources()
        if re.search(r"\bPrivateAnswer\b|private_answers|relations_privateanswer", path.read_text(encoding="utf-8"))
    }
    assert readers == set(MAY)


def test_raw_rows_are_read_only_by_actions_and_tasks():
    """queries/raw.py is imported by the analysis, the counts and retention; by no view and no other query."""
    users = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and path.is_relative_to(HOUSE / "work" / "relations"):
                names = {alias.name for alias in node.names}
                if (node.module or "").endswith("queries.raw") or ("raw" in names and "queries" in (node.module or "")):
                    users.add(str(path.relative_to(ROOM)))
            elif isinstance(node, ast.ImportFrom) and "relations.queries.raw" in (node.module or ""):
                users.add(str(path.relative_to(HOUSE)))
    assert users == {"actions/counts.py", "actions/freeze.py", "actions/places.py"}


def test_every_read_leaves_a_line(opened):
    opened.answer(0, knows={1: 2, 2: 0}, works={1: 1}, T={1: 3}, C={1: 2})
    found = raw.read(opened.wave, task="test", reason="to see")
    assert [(row.knows, row.works, row.trusts, row.commits) for row in found.rows] == [
        (2, 1, 3, 2),
        (0, None, None, None),
    ]
    assert found.answered == {opened.place(0).seat_id}
    raw.read_rungs(opened.wave, task="test", reason="again")
    assert list(Reading.objects.values_list("task", "rows")) == [("test", 2), ("test", 2)]


def _pages(client, opened, person):
    """All that a member may open, as one text."""
    client.force_login(person)
    net = opened.network.slug
    texts = []
    for name, args in (
        ("relations:waves", [net]),
        ("relations:wave", [net, 1]),
        ("relations:own", [net, 1]),
        ("home:log", [net]),
    ):
        response = client.get(reverse(name, args=args))
        texts.append(response.content.decode())
    return "\n".join(texts)


def test_no_page_of_anybody_tells_anothers_trust_or_commitment(client, opened):
    """Everybody answers; the leader and another member open all pages; only words of one's own stand there."""
    for n in range(7):
        others = [other for other in range(7) if other != n]
        given = {other: 2 for other in others}
        trust = dict.fromkeys(others, 1 if n == 0 else 3)
        opened.answer(n, knows=given, works=given, T=trust, C=dict.fromkeys(others, 3 if n == 0 else 1))
    for closed in (False, True):
        if closed:
            opened.close()
            jobs.run_ready()
        for person in (opened.leader, opened.members[3]):
            page = _pages(client, opened, person)
            assert "varauksin" not in page.lower()
            assert "Jaamme vastuuta" not in page
    assert "varauksin" in _pages(client, opened, opened.members[0]).lower()


def test_the_log_holds_nothing_of_answers(opened):
    opened.answer(0, knows={1: 2}, works={1: 2}, T={1: 1})
    told = Event.objects.filter(kind__startswith="relations.")
    rows = json.dumps(list(told.values("title", "data", "reason")), default=str)
    for word in ("Järjestö 1", "trusts", "works", "knows"):
        assert word not in rows


def test_the_own_export_has_all_and_only_ones_own(opened):
    opened.answer(0, knows={1: 2}, works={1: 2}, T={1: 1}, C={1: 3})
    opened.answer(1, knows={0: 3}, works={0: 3}, T={0: 3})
    rows = [row for row in own_rows(opened.members[0]) if "about" in row]
    assert [(row["about"], row["knows"], row["trusts"], row["commits"]) for row in rows] == [("Järjestö 1 ry", 2, 1, 3)]
    assert "relations.answers" in accounts.own_data(opened.members[0])


def test_withdrawal_deletes_rows_and_asks_for_new_figures(opened):
    opened.answer(0, knows={1: 2}, works={1: 2}, T={1: 1})
    opened.answer(1, knows={0: 2})
    opened.close()
    jobs.run_ready()
    places.withdraw(by=opened.members[0], wave=opened.wave)
    assert not Part.objects.filter(person=opened.members[0]).exists()
    assert (Answer.objects.count(), PrivateAnswer.objects.count()) == (1, 0)
    reads = Reading.objects.count()
    jobs.run_ready()
    assert Reading.objects.count() > reads  # the report was made anew
    with pytest.raises(RuleBroken):
        places.withdraw(by=opened.members[0], wave=opened.wave)


def test_who_removes_the_account_takes_the_answers_along(opened):
    opened.answer(0, knows={1: 2}, works={1: 2}, T={1: 1})
    opened.close()
    jobs.run_ready()
    people.erase(by=opened.members[0])
    assert not Part.objects.exists()
    assert not PrivateAnswer.objects.exists()
    assert not MapWish.objects.filter(by__isnull=False).exists()


def test_a_private_person_leaves_every_roster(asked):
    private = make.member(asked.network, "Yksi Ihminen")
    asked.members.append(private)
    asked.open()
    asked.answer(0, knows={7: 3})
    asked.begin(7)
    asked.close()
    jobs.run_ready()
    assert WaveSeat.objects.filter(name="Yksi Ihminen").exists()
    people.erase(by=private)
    assert not WaveSeat.objects.filter(name="Yksi Ihminen").exists()
    assert not Answer.objects.exists()


def _closed_wave(asked, **answers):
    asked.open()
    asked.answer(0, knows={1: 2, 2: 3, 3: 1, 4: 0}, works={2: 1, 1: 0}, T={2: 3}, C={2: 2}, **answers)
    return asked.close()


def test_raw_answers_go_after_a_year_and_leave_rungs(asked):
    wave = _closed_wave(asked)
    jobs.run_ready()
    with clock.frozen(clock.today() + timedelta(days=364)):
        tasks.erase_raw()
        assert Part.objects.exists()
    with clock.frozen(clock.today() + timedelta(days=367)):
        tasks.erase_raw()
        tasks.erase_raw()
    wave.refresh_from_db()
    assert wave.raw_erased_at is not None
    assert not any(model.objects.exists() for model in (Part, Answer, PrivateAnswer, PulseAnswer))
    left = {row.about.name: row.rung for row in Rung.objects.select_related("about")}
    assert left == {"Järjestö 1 ry": 1, "Järjestö 2 ry": 2, "Järjestö 3 ry": 0, "Järjestö 4 ry": 0}
    assert Event.objects.filter(kind="relations.raw_erased").count() == 1


def test_raw_answers_go_when_two_later_waves_have_closed(asked):
    first = _closed_wave(asked)
    for _n in range(2):
        tasks.erase_raw()
        assert Part.objects.filter(wave=first).exists()
        asked.open()
        asked.close()
    tasks.erase_raw()
    assert not Part.objects.filter(wave=first).exists()
    assert Wave.objects.filter(raw_erased_at__isnull=False).count() == 1


def test_trust_and_commitment_of_who_left_the_network_go_at_night(asked):
    from kutomo.core.networks import actions as networks

    _closed_wave(asked)
    networks.leave(by=asked.leader, chair=asked.members[0].representations.get().seat)
    with clock.frozen(clock.today() + timedelta(days=1)):
        tasks.erase_raw()
    assert not PrivateAnswer.objects.exists()
    assert Answer.objects.exists()


def test_only_a_seat_is_on_the_map(opened):
    with pytest.raises(NotAllowed):
        places.wish_map(by=make.person("Muu"), network=opened.network, on_map=True)
