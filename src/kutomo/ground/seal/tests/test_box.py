"""What is shut in comes out whole, with the same key only, and its outside tells nothing."""

from __future__ import annotations

import pytest

from kutomo.ground.seal import Box, Unreadable

BOX = Box("test.words", size=512)
WORDS = {"text": "Ensimmäinen inhimillinen yhteys", "number": 3, "who": None}


def test_comes_out_whole():
    assert BOX.open(BOX.close(WORDS)) == WORDS
    assert BOX.open(memoryview(BOX.close(WORDS))) == WORDS  # as PostgreSQL hands it back


def test_outside_tells_nothing():
    one, other, long = BOX.close(WORDS), BOX.close(WORDS), BOX.close({"text": "å" * 200})
    assert one != other
    assert len(one) == len(other) == len(long)
    assert b"inhimillinen" not in one


def test_too_long_grows_by_whole_steps():
    assert len(BOX.close({"text": "x" * 600})) - len(BOX.close(WORDS)) == 512


@pytest.mark.parametrize("harm", ["key", "purpose", "cut", "bit", "empty"])
def test_opens_for_nobody_else(settings, harm):
    body, box = BOX.close(WORDS), BOX
    if harm == "key":
        settings.SECRET_KEY = "another"
    elif harm == "purpose":
        box = Box("test.other", size=512)
    elif harm == "cut":
        body = body[:-1]
    elif harm == "bit":
        body = body[:40] + bytes([body[40] ^ 1]) + body[41:]
    else:
        body = b""
    with pytest.raises(Unreadable):
        box.open(body)


def test_names_need_the_key(settings):
    name = BOX.name("KOODI-1234")
    assert name == BOX.name("KOODI-1234") != BOX.name("KOODI-1235")
    assert len(name) == 64
    settings.SECRET_KEY = "another"
    assert BOX.name("KOODI-1234") != name
