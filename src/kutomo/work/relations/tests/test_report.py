"""The page of a report and its files: readable, the same for all, honest about what is not told."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook
from tests import make

from kutomo.core.access import Role
from kutomo.core.networks import queries as networks
from kutomo.ground import jobs
from kutomo.work.relations.actions import places, waves
from kutomo.work.relations.models import Frozen
from kutomo.work.relations.queries.figures import report_page, value_of
from kutomo.work.relations.queries.report import report_of
from kutomo.work.relations.rules import phrases
from kutomo.work.relations.rules.confidential import KEYS
from kutomo.work.relations.rules.shape import Figure, Report

from . import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return world.peopled(12)


def signed(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def content(source: bytes) -> str:
    """The page between its frame: what is said, without what is only mine."""
    main = re.search(rb"<main.*?</main>", source, re.S)
    assert main
    return main.group().decode()


def test_leader_member_and_observer_read_the_same_byte_for_byte(net):
    wave = world.waved(net)
    observer = make.holder(net, Role.OBSERVER)
    for person in (observer, make.leader_of(net)):
        person.language = "fi"
        person.save()
    readers = [signed(person) for person in (make.leader_of(net), networks.members(net)[-1], observer)]
    pages, files, sheets = set(), set(), set()
    for client in readers:
        answer = client.get(f"/n/{net.slug}/relations/{wave.number}/report/")
        assert answer.status_code == 200
        pages.add(content(answer.content))
        files.add(client.get(f"/n/{net.slug}/relations/{wave.number}/report/report.csv").content)
        sheets.add(client.get(f"/n/{net.slug}/relations/{wave.number}/report/report.xlsx").content)
    assert len(pages) == len(files) == len(sheets) == 1


def test_the_page_says_n_response_date_and_rule(net):
    wave = world.waved(net, silent=[11])
    page = content(signed(make.leader_of(net)).get(f"/n/{net.slug}/relations/{wave.number}/report/").content)
    assert "11" in page
    assert "92" in page
    for chapter in phrases.chapters("fi"):
        assert chapter.lead in page or chapter.key == "pulse" or chapter.lead.split(":")[0] in page


def test_while_it_is_made_the_page_waits_and_then_offers_it(net):
    wave = waves.close(by=make.leader_of(net), wave=world.opened(net))
    client = signed(make.leader_of(net))
    address = f"/n/{net.slug}/relations/{wave.number}/report/"
    assert 'hx-trigger="every 3s"' in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "waiting"})
    assert b"<html" not in part.content
    assert client.get(address + "report.csv").status_code == 404
    jobs.run_ready()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "waiting"}).content.decode()
    assert "hx-trigger" not in part
    assert address in part
    assert Frozen.objects.get(wave=wave).is_ready


def test_no_report_of_an_open_wave_and_none_for_strangers(net):
    wave = world.opened(net)
    address = f"/n/{net.slug}/relations/{wave.number}/report/"
    assert signed(make.leader_of(net)).get(address).status_code == 404
    closed = world.closed(wave)
    stranger = signed(make.person())
    assert stranger.get(address).status_code == 404
    assert stranger.get(address + "report.csv").status_code == 404
    member = signed(networks.members(net)[1])
    assert member.get(address + "raw.csv").status_code == 404
    assert closed.is_closed


def test_files_hold_what_the_page_holds_and_no_more(net):
    world.waved(net)
    wave = world.waved(net)
    client = signed(networks.members(net)[2])
    address = f"/n/{net.slug}/relations/{wave.number}/report/"
    page = content(client.get(address).content)
    table = client.get(address + "report.csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(address + "report.xlsx").content))
    labels = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert len(labels) > 40
    for label in labels:
        assert label in table
        assert label in page
    for name in (seat.name for seat in networks.seats(net)):
        assert name not in table


def test_few_queries_at_any_size(net, django_assert_max_num_queries):
    world.waved(net)
    wave = world.waved(net)
    client = signed(networks.members(net)[2])
    with django_assert_max_num_queries(12):
        client.get(f"/n/{net.slug}/relations/{wave.number}/report/")


def test_what_is_untold_says_why_and_is_never_zero(net):
    wave = world.waved(net, silent=range(4, 12))
    leader = make.leader_of(net)
    with translation.override("en"):
        shown = report_page(leader, wave)
        rows = {row.key: row for chapter in shown.chapters for row in chapter.rows}
    assert shown.report is not None
    assert shown.report.gate == "too_few"
    assert "density_works" not in rows
    assert {rows[key].value for key in KEYS if key in rows} == {"not told: too few answered"}
    assert not shown.bars


def test_after_a_withdrawal_the_page_says_that_it_was_made_anew(net):
    wave = world.waved(net)
    places.withdraw(by=networks.members(net)[3], wave=wave)
    jobs.run_ready()
    with translation.override("fi"):
        page = content(signed(networks.members(net)[2]).get(f"/n/{net.slug}/relations/{wave.number}/report/").content)
    assert phrases.text("why", "withdrawn", "fi") in page


def test_how_a_seat_is_relied_on_is_told_to_that_seat_alone(net):
    wave = world.waved(net, {(a, b): (2, 2, 3, 1) for a in range(12) for b in range(12) if a != b})
    for person in networks.members(net)[:2]:
        page = content(signed(person).get(f"/n/{net.slug}/relations/{wave.number}/own/").content)
        assert 'id="relied"' in page
    observer = signed(make.holder(net, Role.OBSERVER))
    assert observer.get(f"/n/{net.slug}/relations/{wave.number}/own/").status_code == 403
    places.withdraw(by=networks.members(net)[5], wave=wave)
    jobs.run_ready()
    page = content(signed(networks.members(net)[0]).get(f"/n/{net.slug}/relations/{wave.number}/own/").content)
    assert 'id="relied"' not in page


def test_values_are_told_as_they_may_be():
    told = [
        (Figure("x", 0.2437, 91, 351), "share", "24 %"),
        (Figure("x", 0.05, 91, 351), "share", "5 %"),
        (Figure("x", 0.0467, 91, 351), "share", "4.7 %"),
        (Figure("x", 0.35, 91, 91, low=0.3, high=0.4), "band", "30–40 %"),
        (Figure("x", None, 9, 9, word="most"), "band", "most"),
        (Figure("x", -0.2, 9, 9), "index", "−0.20"),
        (Figure("x", 0.25, 9, 9), "index", "+0.25"),
        (Figure("x", 1.571, 9, 9), "number", "1.57"),
        (Figure("x", 12.0, 9, 9), "count", "12"),
        (Figure("x", why="nobody"), "share", "undefined: nobody is on the map"),
    ]
    with translation.override("en"):
        for figure, kind, text in told:
            assert value_of(figure, kind, "en") == text


def test_every_figure_reason_and_word_has_its_words(net):
    """Whatever the analysis may say can be read in three languages."""
    named = {phrase.key for chapter in phrases.chapters("en") for phrase in chapter.phrases}
    named |= {f"pulse_{item}" for item in range(1, 7)} | {"response", "trust_both"}
    report = report_of(make.leader_of(net), world.waved(net))
    assert {key for key in report.figures if not key.endswith("_any")} <= named
    for figure in report.figures.values():
        for language in phrases.LANGUAGES:
            assert not figure.why or phrases.text("why", figure.why, language)
            assert not figure.word or phrases.text("word", figure.word, language)


def test_every_code_of_the_rules_has_its_words():
    from kutomo.work.relations.rules import floors, gates, structure

    reasons = {floors.TOO_FEW, floors.NOTHING, floors.FEW_CHANGED, floors.WITHDRAWN, floors.NOT_ASKED, "first",
               "in_words", "other_scale", "no_common_pairs", "one_group", structure.NOBODY, structure.NO_PAIRS,
               structure.NO_TIES, structure.RESPONSE, structure.LEADER, structure.SMALL}  # fmt: skip
    words = {word for scale in (floors.WORDS, floors.THIRDS, floors.HALVES) for word in scale.words}
    words |= {"higher", "lower", "same", "under_five", "scattered", "hub-and-spoke", "multi-hub", "core/periphery",
              "no_clear_shape"}  # fmt: skip
    for language in phrases.LANGUAGES:
        assert all(phrases.text("why", code, language) for code in reasons)
        assert all(phrases.text("word", code, language) for code in words)
        assert all(phrases.text("gate", code, language) for code in (gates.ALL, gates.NO_BROKERS, gates.TOO_FEW))


def test_a_report_survives_being_kept():
    report = Report(1, 1, date(2026, 5, 4), 3, 2, "no_brokers", positions={4: (0.25, 0.5)})
    assert Report.from_json(report.to_json()) == report
