"""Soft hyphens, dates and small pictures."""

import datetime as dt

import pytest
from django.utils import translation

from kutomo.ground import clock
from kutomo.ground.ui import woven
from kutomo.ground.ui.dates import day, when
from kutomo.ground.ui.hyphens import SHY, hyphenate
from kutomo.ground.ui.templatetags import ui


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("taustaorganisaatio", "tausta|organisaatio"),
        ("hyvinvointialue", "hyvinvointi|alue"),
        ("Kohtaamisverkosto", "Kohtaamis|verkosto"),
        ("sitoutumiskortit", "sitoutumis|kortit"),
        ("yhteistyöverkosto", "yhteistyö|verkosto"),
        ("luottamuksellisuus", "luot|ta|muk|sel|li|suus"),
        ("verkosto", "verkosto"),
        ("osallistuja", "osallistuja"),
        ("(vapaaehtoistoiminnan)", "(vapaaehtois|toiminnan)"),
    ],
)
def test_long_words_break_where_a_reader_would(word: str, broken: str):
    assert hyphenate(word).replace(SHY, "|") == broken


@pytest.mark.parametrize("word", ["hyvinvointialueyhteistyö", "osallistumismahdollisuus", "kiinteistöveroprosentti"])
def test_four_letters_stay_together_at_both_ends(word: str):
    parts = hyphenate(word).split(SHY)
    assert len(parts) > 1
    assert "".join(parts) == word
    assert len(parts[0]) >= 4
    assert len(parts[-1]) >= 4


def test_hyphenated_words_stay_as_they_are():
    assert hyphenate(hyphenate("taustaorganisaatio")) == hyphenate("taustaorganisaatio")


def test_only_finnish_gets_soft_hyphens():
    with translation.override("sv"):
        assert ui.shy("samarbetsorganisation") == "samarbetsorganisation"
    assert SHY in ui.shy("taustaorganisaatio")


def test_headings_break_later():
    assert SHY not in ui.shy("hyvinvointialue", 16)


def test_words_that_were_not_safe_are_not_made_safe():
    assert not hasattr(ui.shy("<taustaorganisaatio>"), "__html__")


MEETING = clock.moment(dt.date(2026, 3, 17), dt.time(13))


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "ti 17.3. klo\u00a013–15"), ("sv", "tis 17.3 kl.\u00a013–15"), ("en", "Tue 17 Mar, 13:00–15:00")],
)
def test_a_span_of_time(language: str, words: str):
    with translation.override(language), clock.frozen("2026-02-02 10:00"):
        assert when(MEETING, MEETING + dt.timedelta(hours=2)) == words


def test_minutes_and_another_year_are_said():
    with clock.frozen("2025-12-01 10:00"):
        assert when(MEETING + dt.timedelta(minutes=5)) == "ti 17.3.2026 klo\u00a013.05"
        assert day(dt.date(2026, 3, 17)) == "ti 17.3.2026"
        assert day(dt.date(2025, 3, 17)) == "ma 17.3."


def test_a_span_over_midnight_names_both_days():
    with clock.frozen("2026-02-02 10:00"):
        assert when(MEETING, MEETING + dt.timedelta(hours=12)).startswith("ti 17.3. klo\u00a013\u2009–\u2009ke 18.3.")


def test_a_day_is_the_day_in_helsinki():
    with clock.frozen("2026-02-02 10:00"):
        assert day(dt.datetime(2026, 3, 17, 23, 30, tzinfo=dt.UTC)) == "ke 18.3."


def test_nothing_is_nothing():
    assert when(None) == day(None) == ""


def test_no_two_members_share_a_swatch():
    seen = [woven.swatch(order) for order in range(600)]
    assert len(set(seen)) == 600


@pytest.mark.parametrize(
    ("done", "of", "on", "bars"),
    [(0, 6, 0, 6), (3, 6, 3, 6), (9, 6, 6, 6), (1, 500, 1, 30), (499, 500, 29, 30), (500, 500, 30, 30), (0, 0, 0, 1)],
)
def test_progress_is_never_quite_full_or_empty_unless_it_is(done: int, of: int, on: int, bars: int):
    drawn = woven.floats(done, of)
    assert len(drawn) == bars
    assert sum(woven_ for _, woven_ in drawn) == on


def test_a_qr_code_is_the_one_that_segno_makes():
    import segno

    side, drawn = woven.qr("https://kutomo.example/live/472918")
    matrix = [list(row) for row in segno.make_qr("https://kutomo.example/live/472918", error="m").matrix]
    assert side == len(matrix)
    cells = [[0] * side for _ in range(side)]
    for piece in drawn.split("M")[1:]:
        start, rest = piece.split("h", 1)
        x, y = map(int, start.split())
        for place in range(int(rest.split("v")[0])):
            cells[y][x + place] = 1
    assert cells == matrix


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Aino Lehtovaara", "AL"), ("Åke", "Å"), ("Anna-Liisa af Ursin", "AU"), ("", "?"), ("<b>", "?")],
)
def test_initials(name: str, letters: str):
    assert f">{letters}</span>" in ui.avatar(name)


@pytest.mark.parametrize("bad", ["<b>x</b>", "<svg ><script></script>", "<svg /><svg ></svg>", "x<svg ></svg>"])
def test_only_a_drawing_comes_in_by_its_door(bad):
    from kutomo.ground.ui.templatetags.ui import drawing

    assert drawing('<svg viewBox="0 0 1 1"></svg>').startswith("<svg")
    assert drawing("") == ""
    with pytest.raises(ValueError, match="drawing"):
        drawing(bad)
