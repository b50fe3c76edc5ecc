"""How cloth is drawn: each kind has a float of its own, big cloth stays small, nothing gets in unescaped."""

import gzip
import random
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from kutomo.across.fabric import rules


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def lines(drawn: str, kind: str) -> list[tuple[str, str]]:
    """(height, line) of each float of the kind, as drawn."""
    found = re.findall(rf'stroke="url\(#k\d+-{kind}\)" stroke-width="(\d+)" d="([^"]*)"', drawn)
    return [(tall, line) for tall, path in found for line in re.findall(r"M[^M]*", path)]


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        (0, None),
        (rules.BITS["meeting"], ("meeting", "meeting")),
        (rules.BITS["meeting"] | rules.BITS["discussion"], ("meeting", "discussion")),
        (15, ("deed", "help")),  # the rarer win
    ],
)
def test_two_picks_show_at_most_two_kinds(bits, expected):
    assert rules.picks(bits) == expected


def test_a_cell_floats_where_its_seat_and_week_cross():
    rows = [rules.Row({1: rules.BITS["meeting"]}, label="vk 2"), rules.Row({0: rules.BITS["help"]}, label="vk 1")]
    drawn = rules.svg(["A", "B"], rows, title="T", desc="D", column=20)
    assert lines(drawn, "meeting") == [("14", "M20 7h20")]
    assert lines(drawn, "help") == [("14", "M0 21h20")]
    assert lines(drawn, "deed") == []


def test_two_kinds_in_a_week_have_a_pick_each():
    drawn = rules.svg(["A", "B"], [rules.Row({1: rules.BITS["meeting"] | rules.BITS["deed"]})], column=20)
    assert lines(drawn, "deed") == [("7", "M20 3.5h20")]
    assert lines(drawn, "meeting") == [("7", "M20 10.5h20")]


def test_neighbours_of_one_kind_are_one_line_and_others_are_not():
    cells = dict.fromkeys([0, 1, 2, 4], rules.BITS["discussion"]) | {3: rules.BITS["help"]}
    drawn = rules.svg([""] * 5, [rules.Row(cells)], column=20)
    assert [line for _tall, line in lines(drawn, "discussion")] == ["M0 7h60", "M80 7h20"]


def test_a_band_moves_the_rows_below_it_by_whole_picks():
    band = rules.Band("agreement", frozenset({0}))
    drawn = rules.svg([""], [rules.Row({0: 4}, [band]), rules.Row({0: 4})], column=20)
    assert [line for _tall, line in lines(drawn, "meeting")] == [f"M0 {rules.BAND + at}h20" for at in (7, 21)]
    assert rules.BAND % rules.PICK == 0
    assert "k-ground-sini" in drawn


def test_names_cannot_break_out():
    drawn = rules.svg(['<script>"&'], [rules.Row(label="<b>", url='"><x>')], title="<t>", desc="&")
    assert {child.tag for child in parsed(drawn).iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "path",
        "text",
        "a",
        "g",
    }
    assert parsed(rules.svg(["A"], [rules.Row()], title="<t>", desc="&")).find("title").text == "<t>"


def test_a_picture_with_links_is_no_image():
    """Links inside an image are lost to a screen reader (axe: nested-interactive); words beside it say the same."""
    assert 'role="img"' in rules.svg(["A"], [rules.Row(label="vk 1")], title="T", desc="D")
    linked = rules.svg(["A"], [rules.Row(label="vk 1", url="/n/x/")], title="T", desc="D")
    assert 'aria-hidden="true"' in linked
    assert re.findall(r"<a [^>]*>", linked) == ['<a href="/n/x/" tabindex="-1">']


@pytest.mark.parametrize("motif", rules.MOTIFS)
def test_each_motif_is_a_draft_of_eleven_by_eleven(motif):
    lines = rules.MOTIFS[motif][1].split("\n")
    assert [len(line) for line in lines] == [11] * 11
    drawn = rules.motif_path(motif, 11)
    area = sum(float(w) * float(h) for w, h in re.findall(r"h([\d.]+)v([\d.]+)", drawn))
    assert area == sum(line.count("x") for line in lines)


def test_a_big_cloth_is_a_small_file():
    """200 organisations, 156 weeks: under 80 kB compressed (docs/performance.md)."""
    chance = random.Random(3)
    rows = [
        rules.Row(
            {seat: chance.choice((1, 2, 4, 8, 12)) for seat in range(200) if chance.random() < 0.35}, label=str(w)
        )
        for w in range(156)
    ]
    drawn = rules.svg([f"Yhdistys {number} ry" for number in range(200)], rows, title="T", desc="D", column=18)
    assert len(gzip.compress(drawn.encode(), 6)) < 80_000
    parsed(drawn)


def test_alone_it_brings_its_colours():
    drawn = rules.svg(["A"], [rules.Row({0: 4}, label="vk 1")], title="T", desc="D")
    file = rules.alone(drawn)
    assert file.startswith("<svg ")
    used = set(re.findall(r'class="(k-[^"]*)"', file))
    assert {name for names in used for name in names.split()} <= set(rules.PAPER)
    parsed(file)


def test_weeks_begin_on_monday_and_months_lie_over_each_other():
    assert rules.monday(date(2026, 11, 29)) == date(2026, 11, 23)
    assert rules.joined([{1: 4, 2: 1}, {1: 8}]) == {1: 12, 2: 1}
