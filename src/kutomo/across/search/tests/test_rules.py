"""Words of a question, and the stretch of text that is shown with a hit."""

import pytest

from kutomo.across.search import rules


def text_of(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("term", "expected"), [("ruoka-apu", "ruoka_apu"), ("sv:förening", "sv_förening"), ("it's", "it_s"), ("--", "")]
)
def test_terms_are_letters_and_low_lines(term, expected):
    assert rules.token(term) == expected


def test_short_words_have_no_beginnings():
    assert rules.word("apu", ["apu"]).beginnings == frozenset()
    assert rules.word("apua", ["apu"]) == rules.Word("apua", frozenset({"apua", "apu"}), frozenset({"apua"}))


def test_the_hit_is_marked_in_any_form():
    words = [rules.word("järjestö", ["järjestö"])]
    assert text_of(rules.excerpt("Alueen järjestöjen yhteistyö.", words)) == "Alueen [järjestöjen] yhteistyö."


def test_a_long_text_is_cut_at_words_round_the_hit():
    text = "alku " * 100 + "lahjoitus " + "loppu " * 100
    shown = text_of(rules.excerpt(text, [rules.word("lahjoitus", [])]))
    assert shown.startswith("… alku")
    assert shown.endswith("loppu …")
    assert "[lahjoitus]" in shown
    assert len(shown) < 320


def test_without_a_hit_the_beginning_is_shown():
    assert text_of(rules.excerpt("Alku on tässä.", [rules.word("muu", [])])) == "Alku on tässä."
    assert rules.excerpt("", [rules.word("muu", [])]) == []


def test_a_wider_word_keeps_its_own_terms():
    wide = rules.wider(rules.word("jarjesto", []), [("järjestö", ["järjestö"]), ("järjestöt", ["järjestö"])])
    assert wide.terms == {"jarjesto", "järjestö", "järjestöt"}
