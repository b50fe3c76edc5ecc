"""The room's letters: whole, in three languages, and safe against names that would be links."""

import pytest

from kutomo.core.letters import queries as letters
from kutomo.ground.mail.models import Letter
from kutomo.work.candidates import actions

KINDS = ["invitation", "reminder", "welcome", "join_received", "join_asked", "join_declined"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_can_be_looked_at(db, kind, language):
    specimen = letters.specimen(f"candidates.{kind}", language)
    assert "%(" not in specimen.text + specimen.subject
    assert "Kynnyksen yli" in specimen.subject
    assert "\n\n" in specimen.text
    if kind in ("invitation", "reminder"):
        assert "/invitation/xxxx-xxxx-xxxx-xxxx/" in specimen.text
        assert 'href="' in specimen.html
    if language != "en":
        assert specimen.text != letters.specimen(f"candidates.{kind}", "en").text


def test_names_and_words_cannot_act_as_markdown(cast):
    network = cast.network
    network.name = "Verkko [klikkaa](http://paha.example)"
    network.save()
    candidate = actions.add(
        by=cast.aino, network=network, name="# Taisto **T**", email="taisto@kaiku.example", language="en"
    )
    actions.invite(by=cast.aino, candidates=[candidate], words={"en": "Look: [here](http://paha.example) <b>x</b>"})
    letter = Letter.objects.get(email="taisto@kaiku.example")
    from kutomo.ground.mail.message import html_part

    html = html_part(letter)
    assert 'href="http://paha.example' not in html
    assert "<b>x</b>" not in html
    assert "Taisto" in html


def test_paragraphs_stay_paragraphs(cast, candidate):
    actions.invite(by=cast.aino, candidates=[candidate], words={"fi": "Ensimmäinen.\n\nToinen."})
    body = Letter.objects.get(email="taisto@kaiku.example").body
    assert body.index("Ensimmäinen") + 14 < body.index("Toinen")
    assert "\n\n" in body[body.index("Ensimmäinen") : body.index("Toinen")]
