"""The four views and the files, through the client: the same ties, for whoever looks."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

import openpyxl
import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import make

from kutomo.core.access import Role
from kutomo.ground.graph import formats
from kutomo.work.netmap.queries import files
from kutomo.work.relations.models import Frozen
from kutomo.work.relations.rules.shape import Member, Report

from .world import keep, report

FILTERS = [
    "around=all", "", "around=all&relation=works", "around=all&evidence=one", "around=all&relation=knows&evidence=both",
    "step=2", "around=all&sector=association", "question=works", "question=name", "question=without", "wave=1",
]  # fmt: skip


def pairs_on_map(html: str) -> set[tuple[int, int]]:
    wide = html[html.index('class="nm-wide"') : html.index('class="nm-narrow"')]
    return {(int(a), int(b)) for a, b in re.findall(r'data-a="(\d+)" data-b="(\d+)"', wide)}


def pairs_by_name(hall, found: set[frozenset[str]]) -> set[tuple[int, int]]:
    seats = {member.name: member.seat for member in hall.waves[1].members}
    return {tuple(sorted(seats[name] for name in pair)) for pair in found}


@pytest.mark.parametrize("query", FILTERS)
def test_all_views_and_files_show_the_same_ties(hall, query):
    client = hall.client()
    page = client.get(f"{hall.base}/?{query}").content.decode()
    drawn = pairs_on_map(page)
    wave = hall.waves[0] if "wave=1" in query else hall.waves[1]
    assert drawn <= {(tie.a, tie.b) for tie in wave.ties}

    matrix = client.get(f"{hall.base}/matrix/?{query}").content.decode()
    cells = re.findall(r'visually-hidden">([^<]+) and ([^<]+): [^<]+</span></td>', matrix)
    assert pairs_by_name(hall, {frozenset(map(unescape, pair)) for pair in cells}) == drawn

    words = client.get(f"{hall.base}/words/?{query}").content.decode()
    said = re.findall(r"<li>([^<]+?) and ([^<]+?) (?:have|know) ", words[words.index("nm-said") :])
    assert pairs_by_name(hall, {frozenset(map(unescape, pair)) for pair in said}) == drawn

    table = client.get(f"{hall.base}/list/?{query}").content.decode()
    counts = [int(n) for n in re.findall(r"<b>(\d+)</b>", table[table.index("nm-list") :])]
    assert sum(counts) == 2 * len(drawn)

    ties = client.get(f"{hall.base}/file/ties.csv?{query}").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(ties), delimiter=";")][1:]
    rows = rows[: rows.index([])]
    assert pairs_by_name(hall, {frozenset(row[:2]) for row in rows}) == drawn

    graph = formats.read(client.get(f"{hall.base}/file/network.graphml?{query}").content, "network.graphml").graph()
    ends = {
        tuple(sorted((int(graph.ids[a]), int(graph.ids[b])))) for a, b in zip(graph.tails, graph.heads, strict=True)
    }
    assert ends == drawn

    data = json.loads(client.get(f"{hall.base}/data/?{query}").content)
    edges = data["edges"]
    told = {tuple(sorted((data["seats"][edges[at]], data["seats"][edges[at + 1]]))) for at in range(0, len(edges), 5)}
    assert told == drawn

    svg = client.get(f"{hall.base}/file/map.svg?{query}").content.decode()
    assert {(int(a), int(b)) for a, b in re.findall(r'data-a="(\d+)" data-b="(\d+)"', svg)} == drawn


def test_leader_member_and_observer_see_the_same(hall):
    observer = make.holder(hall.network, Role.OBSERVER, "Oskari Oksa")
    for view in ("", "list/", "matrix/", "words/"):
        shown = []
        for person in (hall.leader, hall.members[0], observer):
            html = hall.client(person).get(f"{hall.base}/{view}?around=all&pick=0").content.decode()
            main = html[html.index('class="sec nm-view"') : html.index('class="nm-mark"')]
            shown.append(re.sub(r"<form.*?</form>", "", main, flags=re.S))
        # An observer has no seat, so no ``around`` of one's own is left out of the addresses.
        assert len({re.sub(r'href="[^"]*"', "", text) for text in shown}) == 1, view


def test_the_legend_says_what_is_drawn_and_nothing_else(hall):
    client = hall.client()
    whole = client.get(f"{hall.base}/?around=all").content.decode()
    works = client.get(f"{hall.base}/?question=works").content.decode()
    legend = [text[text.index('class="nm-legend"') : text.index("</figure>")] for text in (whole, works)]
    assert "one side says so" in legend[0]
    assert "one side says so" not in legend[1]
    assert "know each other" not in legend[1]
    assert "parish" in legend[0]


def test_every_question_is_one_click_and_answers(hall):
    client = hall.client()
    page = client.get(f"{hall.base}/").content.decode()
    asks = re.findall(r'<li><a href="([^"]+question=[^"]+)"', page)
    assert len(asks) == 5
    said = {}
    for url in asks:
        html = client.get(unescape(url)).content.decode()
        told = html[html.index('id="answer"') : html.index("Close the question")]
        said[url.partition("question=")[2]] = re.sub(r"<[^>]+>", " ", told)
    assert "New since the wave before: Järjestö 7 ry" in said["new"]
    assert "Aino Aalto has worked with everybody" in said["name"]
    assert "5 pairs work together" in said["works"]
    assert "Without you" in said["without"]
    assert "Work only with you: Järjestö 1 ry and Järjestö 3 ry" in said["without"]
    assert "Järjestö 2 ry" in said["introduce"]


def test_a_path_is_told_step_by_step(hall):
    page = hall.client().get(f"{hall.base}/?start={hall.seats[1]}&end={hall.seats[4]}").content.decode()
    steps = re.findall(r"<li>([^<]+)</li>", page[page.index('id="path"') : page.index("Close the path")])
    assert [step.split(" have")[0] for step in steps] == [
        "Aino Aalto and Järjestö 1 ry", "Aino Aalto and Järjestö 2 ry", "Järjestö 2 ry and Järjestö 4 ry",
    ]  # fmt: skip


def test_without_a_script_every_member_is_a_link(hall):
    page = hall.client().get(f"{hall.base}/?around=all").content.decode()
    wide = page[page.index('class="nm-wide"') : page.index('class="nm-narrow"')]
    assert len(re.findall(r'<a class="nm-node[^>]+aria-label="[^"]+, \d confirmed ties?, ', wide)) == 8
    url = unescape(re.search(rf'href="([^"]+pick={hall.seats[2]}[^"]*)"', wide)[1])
    card = hall.client().get(url).content.decode()
    assert 'id="card" data-card' in card
    assert "Järjestö 2 ry" in card[card.index('id="card"') :]


def test_a_members_page_has_three_lists(hall):
    page = hall.client().get(f"{hall.base}/member/{hall.seats[2]}/").content.decode()
    works, knows, meet = (page[page.index(f'id="{name}"') :] for name in ("works", "knows", "meet"))
    assert "Aino Aalto" in works.split("</section>")[0]
    assert "Nobody besides" in knows.split("</section>")[0]
    assert "shared contact" in meet.split("</section>")[0]
    assert hall.client().get(f"{hall.base}/member/999999/").status_code == 404


def test_nobody_is_ranked(hall):
    """No view orders members by their ties, whatever the address says."""
    client = hall.client()
    usual = client.get(f"{hall.base}/list/?around=all").content.decode()
    for sort in ("confirmed", "works", "ties", "-name"):
        asked = client.get(f"{hall.base}/list/?around=all&sort={sort}").content.decode()
        assert re.findall(r'<tr id="m(\d+)"', asked) == re.findall(r'<tr id="m(\d+)"', usual)


def test_names_can_be_hidden(hall):
    client = hall.client()
    for view in ("", "list/", "matrix/", "words/", "data/", "file/map.svg", "file/ties.csv", "file/network.gexf"):
        text = client.get(f"{hall.base}/{view}?around=all&nameless=1").content.decode()
        body = text[text.index('class="sec nm-view"') :] if "nm-view" in text else text
        assert "Järjestö" not in body, view


def test_every_file_opens_and_says_what_it_is(hall):
    client = hall.client()
    for name in files.NAMES:
        answer = client.get(f"{hall.base}/file/{name}?around=all")
        assert answer.status_code == 200, name
        assert f'attachment; filename="kutomo-{name.split(".")[0]}-2.' in answer["Content-Disposition"]
        data = answer.content
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(data))
            assert "personnel decisions" in str([row for row in book["About"].values])
        elif name.endswith(".png"):
            assert data.startswith(b"\x89PNG")
            assert len(data) > 20_000
        elif name.endswith(".svg"):
            ElementTree.fromstring(data.decode())
            assert b"personnel decisions" in data
            assert b"<script" not in data
        elif name.startswith("network"):
            if "kumu" not in name:
                assert formats.read(data, name).graph().n == 8
        else:
            assert b"personnel decisions" in data
    assert client.get(f"{hall.base}/file/answers.csv").status_code == 404


def test_a_name_cannot_become_a_formula_or_markup(hall):
    row = Frozen.objects.get(wave__number=2)
    content = Report.from_json(row.content)
    evil = '=HYPERLINK("http://x";"<script>alert(1)</script>")'
    members = tuple(
        replace(member, name=evil) if member.seat == hall.seats[1] else member for member in content.members
    )
    row.content = replace(content, members=members).to_json()
    row.save()
    client = hall.client()
    assert b"'=HYPERLINK" in client.get(f"{hall.base}/file/members.csv?around=all").content
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{hall.base}/file/members.xlsx?around=all").content))
    assert [cell.data_type for cell in book.worksheets[0]["A"] if "HYPERLINK" in str(cell.value)] == ["s"]
    for view in ("", "list/", "matrix/", "words/", "file/map.svg"):
        text = client.get(f"{hall.base}/{view}?around=all").content.decode()
        assert "<script>alert" not in text
    ElementTree.fromstring(client.get(f"{hall.base}/file/map.svg?around=all").content.decode())


def test_a_large_map_is_drawn_by_the_browser_with_a_list_beside(db):
    leader = make.person("Ville Vetäjä")
    network = make.network(leader, "Iso verkosto")
    first = 1_000_001  # no seat that the leader could have: the view would open there
    members = [Member(seat, f"Järjestö {seat}", "association") for seat in range(first, first + 200)]
    keep(network, report(members, [(a, a + 1, "works", 1, "both") for a in range(first, first + 199)]))
    client = Client(headers={"accept-language": "en"})
    client.force_login(leader)
    page = client.get(f"/n/{network.slug}/map/").content.decode()
    assert "data-big=" in page
    assert len(re.findall(r"<li><a [^>]+data-seat=", page)) == 200
    assert "<noscript>" in page
    matrix = client.get(f"/n/{network.slug}/map/matrix/?rows=2&columns=3").content.decode()
    assert len(re.findall(r'<th scope="row">', matrix)) == 40
    near = client.get(f"/n/{network.slug}/map/?around={first + 99}&step=2").content.decode()
    assert len(pairs_on_map(near)) == 4  # a neighbourhood is drawn by the server again


def test_the_empty_pages_say_why(db, django_assert_max_num_queries):
    leader = make.person("Ville Vetäjä", language="en")
    network = make.network(leader, "Tyhjä")
    client = Client(headers={"accept-language": "en"})
    client.force_login(leader)
    with django_assert_max_num_queries(12):
        assert "The map is still empty" in client.get(f"/n/{network.slug}/map/").content.decode()
    assert client.get(f"/n/{network.slug}/map/file/map.svg").status_code == 404
    assert client.get(f"/n/{network.slug}/map/data/").status_code == 404
    keep(network, report([], [], gate="too_few", n=9, answered=2))
    for view in ("", "list/", "matrix/", "words/"):
        page = client.get(f"/n/{network.slug}/map/{view}")
        assert page.status_code == 200
        assert "Too few answered" in page.content.decode()
    assert client.get(f"/n/{network.slug}/map/file/ties.csv").status_code == 404


def test_queries_do_not_grow(hall):
    client = hall.client()
    counts = []
    for query in ("", "around=all", "around=all&question=new", f"pick={hall.seats[1]}"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{hall.base}/?{query}")
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 12
