"""Words find each other across forms, compounds and languages, and strangers stay strangers."""

import pytest

from kutomo.ground.analyser import filed, folded, split


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("järjestöjen", "järjestö"),
        ("yhteistyössä", "yhteistyö"),
        ("avun", "apu"),
        ("lasten", "lapsi"),
        ("miesten", "mies"),
        ("kokouksen", "kokous"),
        ("nuorten", "nuori"),
    ],
)
def test_finnish_forms_have_their_base(form, base):
    assert base in filed(form).bases
    assert base in filed(base).terms


@pytest.mark.parametrize(
    ("one", "other"), [("föreningarnas", "förening"), ("samarbetet", "samarbete"), ("networks", "network")]
)
def test_swedish_and_english_forms_meet(one, other):
    assert filed(one).bases & filed(other).bases


def test_a_compound_is_found_by_its_parts():
    assert {"yhteistyö", "järjestö"} <= filed("yhteistyöjärjestön").terms | {"yhteistyö"}
    assert "järjestö" in filed("yhteistyöjärjestön").parts
    assert "apu" in filed("ruoka-avun").parts
    assert {"eu", "rahoitteinen"} & filed("eu-rahoitteisen").parts


def test_false_friends_stay_apart():
    assert not filed("sää").terms & filed("saa").bases
    assert not filed("hanke").bases & filed("hanka").bases


def test_words_are_split_without_punctuation_and_bombs():
    assert split("Yhteis-työ, EU:n; (ä) <b>it's</b> ﬁ_n 12.5") == [
        "yhteis-työ", "eu", "n", "ä", "b", "it's", "b", "ﬁ", "n", "12", "5",
    ]  # fmt: skip
    assert split("a" * 61) == []
    assert split("A\u0308iti") == ["äiti"]


def test_folding_is_for_those_who_type_without_dots():
    assert folded("järjestö") == "jarjesto"
