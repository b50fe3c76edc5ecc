"""The report is frozen at closing, the same for everybody, and made anew only by withdrawing and leaving the map."""

from __future__ import annotations

import pytest
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.networks import queries as networks
from kutomo.core.people import actions as people
from kutomo.ground import jobs
from kutomo.ground.errors import NotFound
from kutomo.work.relations.actions import freeze, places, waves
from kutomo.work.relations.models import Frozen, Part, PrivateAnswer, Reading, Received, Wave
from kutomo.work.relations.queries.report import received, report_of, reports
from kutomo.work.relations.rules.confidential import KEYS
from kutomo.work.relations.rules.floors import WITHDRAWN

from . import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return world.peopled(12)


def everybody(network):
    return [make.leader_of(network), *networks.members(network), make.holder(network, Role.OBSERVER)]


def test_a_wave_is_frozen_once_and_read_by_all_alike(net):
    wave = world.waved(net)
    kept = Frozen.objects.get(wave=wave)
    told = {str(report_of(person, wave).to_json()) for person in everybody(net)}
    assert len(told) == 1
    assert report_of(make.leader_of(net), wave).gate == "all"
    before = kept.content, kept.made_at
    freeze.freeze(by=None, wave=wave)
    kept.refresh_from_db()
    assert (kept.content, kept.made_at) == before
    assert Event.objects.filter(kind="relations.report_ready").count() == 1


def test_no_report_before_closing_and_none_for_strangers(net):
    wave = world.opened(net)
    leader = make.leader_of(net)
    with pytest.raises(NotFound):
        report_of(leader, wave)
    with pytest.raises(ValueError, match="closed"):
        freeze.freeze(by=None, wave=wave)
    assert reports(leader, net) == []
    closed = world.closed(wave)
    stranger = make.person()
    assert reports(stranger, net) == []
    with pytest.raises(NotFound):
        report_of(stranger, closed)


def test_closing_by_hand_or_by_the_clock_has_the_report_made_by_a_job(net):
    wave = world.opened(net)
    waves.close(by=make.leader_of(net), wave=wave)
    assert not Frozen.objects.filter(wave=wave, state=Frozen.State.READY).exists()
    jobs.run_ready()
    assert report_of(make.leader_of(net), Wave.objects.get(pk=wave.pk)).gate == "too_few"


def test_every_read_of_raw_rows_is_logged(net):
    wave = world.waved(net)
    tasks = [(row.task, row.rows > 0) for row in Reading.objects.filter(wave=wave)]
    assert ("report", True) in tasks
    assert {task for task, _ in tasks} <= {"report", "own counts"}


def test_withdrawing_deletes_the_rows_and_counts_again_without_them(net):
    wave = world.waved(net)
    leader, seat = make.leader_of(net), networks.seats(net)[3]
    first = report_of(leader, wave)
    assert any(tie.evidence == "both" and seat.pk in (tie.a, tie.b) for tie in first.ties)
    assert any(first.figures[key].told for key in KEYS)
    assert Received.objects.filter(wave=wave).exists()
    person = seat.sitting()[0].person
    places.withdraw(by=person, wave=wave)
    assert not Part.objects.filter(wave=wave, person=person).exists()
    assert not PrivateAnswer.objects.filter(part__person=person).exists()
    jobs.run_ready()
    again = report_of(leader, wave)
    assert again.answered == first.answered - 1
    assert not any(tie.evidence == "both" and seat.pk in (tie.a, tie.b) for tie in again.ties)
    assert again.positions == first.positions
    assert {again.figures[key].why for key in KEYS} == {WITHDRAWN}
    assert not Received.objects.filter(wave=wave).exists()
    assert again.refreshed_on is not None
    places.withdraw(by=networks.seats(net)[4].sitting()[0].person, wave=wave)
    jobs.run_ready()
    assert {report_of(leader, wave).figures[key].why for key in KEYS} == {WITHDRAWN}


def test_leaving_the_map_removes_the_node_and_leaves_trust_as_it_was_told(net):
    wave = world.waved(net)
    leader, seat = make.leader_of(net), networks.seats(net)[3]
    first = report_of(leader, wave)
    places.wish_map(by=seat.sitting()[0].person, network=net, on_map=False)
    jobs.run_ready()
    again = report_of(leader, wave)
    assert seat.pk not in again.by_seat
    assert not any(seat.pk in (tie.a, tie.b) for tie in again.ties)
    assert seat.pk not in again.positions
    assert seat.name not in str(Frozen.objects.get(wave=wave).content)
    assert [again.figures[key] for key in KEYS] == [first.figures[key] for key in KEYS]
    assert again.figures["density_works"].of < first.figures["density_works"].of
    assert again.answered == first.answered


def test_a_private_member_who_leaves_the_house_leaves_the_report_too(net):
    make.member(net, "Unto Rauhalampi")
    wave = world.waved(net)
    unto = next(person for person in networks.members(net) if person.name == "Unto Rauhalampi")
    assert "Unto Rauhalampi" in str(Frozen.objects.get(wave=wave).content)
    people.erase(by=unto)
    jobs.run_ready()
    again = report_of(make.leader_of(net), wave)
    assert "Unto Rauhalampi" not in str(Frozen.objects.get(wave=wave).content)
    assert (again.n, again.answered) == (12, 12)
    assert {again.figures[key].why for key in KEYS} == {WITHDRAWN}


def test_a_second_wave_tells_what_has_changed_on_the_same_pairs(net):
    world.waved(net)
    leader = make.leader_of(net)
    said = world.invented(12)
    gone = next(pair for pair in said if said[pair][1] and pair[::-1] in said)
    wave = world.waved(net, {pair: row for pair, row in said.items() if pair != gone})
    first, second = reports(leader, net)
    assert second.figures["change_works_lost"].value == 1
    assert second.figures["change_works_gained"].value == 0
    assert second.figures["joined"].value == 0
    assert first.positions == second.positions
    assert first.figures["change_works_lost"].why == "first"
    assert received(networks.seats(net)[2].sitting()[0].person, wave) is not None


def test_when_the_raw_rows_are_gone_a_node_can_still_leave(net):
    wave = world.waved(net)
    seat = networks.seats(net)[3]
    told = report_of(make.leader_of(net), wave)
    world.waved(net)
    world.waved(net)
    places.erase_raw(by=None, wave=wave)
    assert not Part.objects.filter(wave=wave).exists()
    places.wish_map(by=seat.sitting()[0].person, network=net, on_map=False)
    jobs.run_ready()
    again = report_of(make.leader_of(net), Wave.objects.get(pk=wave.pk))
    assert seat.pk not in again.by_seat
    assert again.answered == told.answered
    assert [again.figures[key] for key in KEYS] == [told.figures[key] for key in KEYS]
    stay = {(t.a, t.b, t.relation) for t in told.ties if seat.pk not in (t.a, t.b) and t.evidence == "both"}
    assert {(t.a, t.b, t.relation) for t in again.ties} == stay


def test_everybody_silent_and_one_respondent(net):
    wave = world.closed(world.opened(net))
    report = report_of(make.leader_of(net), wave)
    assert (report.answered, report.gate, report.ties) == (0, "too_few", ())
    wave = world.waved(net, silent=range(1, 12))
    report = report_of(make.leader_of(net), wave)
    assert (report.answered, report.gate, report.ties) == (1, "too_few", ())
    assert not any(report.figures[key].told for key in KEYS)


def test_a_withdrawal_while_the_report_is_made_is_noticed(net, monkeypatch):
    wave = world.waved(net)
    Frozen.objects.filter(wave=wave).delete()
    person = networks.seats(net)[3].sitting()[0].person
    real = freeze.analysis.analyse

    def meanwhile(given, on_step):
        places.withdraw(by=person, wave=wave)
        return real(given, on_step)

    monkeypatch.setattr(freeze.analysis, "analyse", meanwhile)
    with pytest.raises(freeze.Changed):
        freeze.freeze(by=None, wave=wave)
    monkeypatch.undo()
    assert freeze.freeze(by=None, wave=wave).answered == 11
