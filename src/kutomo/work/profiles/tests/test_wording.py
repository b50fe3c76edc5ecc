"""The room's texts are whole in three languages."""

import pytest

from kutomo.work.profiles.rules import form, wording


def leaves(node):
    if isinstance(node, dict) and set(node) & {"fi", "sv", "en"}:
        yield node
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from leaves(child)


@pytest.mark.parametrize("name", ["forms.toml"])
def test_every_text_is_there_in_three_languages(name):
    texts = list(leaves(wording._load(name)))
    assert len(texts) > 20
    for text in texts:
        assert set(text) == {"fi", "sv", "en"}
        assert all(words.strip() for words in text.values())
        assert "!" not in "".join(text.values())


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_readings_and_forms_match_the_arithmetic(language):
    assert tuple(reading.code for reading in wording.readings(language)) == form.READINGS
    assert all(len(reading.steps) == form.HIGHEST + 1 for reading in wording.readings(language))
    for code in form.FORMS:
        assert len(wording.form(code, language).moves) == 3
    assert len(wording.tensions(language)) == 3
    for model in form.Governance:
        assert wording.governing(model, language).why
