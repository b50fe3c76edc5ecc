"""The room's texts are whole in three languages."""

import pytest

from kutomo.work.founding.rules import canvas, wording


def leaves(node):
    if isinstance(node, dict) and set(node) & {"fi", "sv", "en"}:
        yield node
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from leaves(child)


@pytest.mark.parametrize("name", ["canvas.toml"])
def test_every_text_is_there_in_three_languages(name):
    texts = list(leaves(wording._load(name)))
    assert len(texts) > 20
    for text in texts:
        assert set(text) == {"fi", "sv", "en"}
        assert all(words.strip() for words in text.values())
        assert "!" not in "".join(text.values())


def test_question_texts_are_the_methods_own():
    texts = [question.text for question in wording.questions("fi")]
    assert texts[0] == "Mitä varten olemme – mikä jäisi tekemättä ilman meitä?"
    assert wording.question(5, "sv").text == "Vad kan vi vinna, vad kan gå fel?"
    assert tuple(question.number for question in wording.questions("en")) == canvas.QUESTIONS
