"""Every kind of event and of thing is complete in three languages."""

from __future__ import annotations

import re

import pytest
from django.urls import get_resolver
from django.utils import translation

from .source import HOUSE, of_kind

_ = get_resolver().url_patterns  # loads every room, so that all kinds are declared

from kutomo.core.activity import kinds as activity  # noqa: E402
from kutomo.core.things import register  # noqa: E402

SLOT = re.compile(r"%\((\w+)\)s")


def _kinds():
    import importlib

    for path in [*of_kind("events"), *of_kind("things")]:
        importlib.import_module(".".join(path.relative_to(HOUSE.parent).with_suffix("").parts))
    return activity.kinds()


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.name)
def test_an_event_is_a_sentence_in_three_languages(kind):
    said = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            said[language] = str(kind.sentence)
    slots = {language: sorted(SLOT.findall(text)) for language, text in said.items()}
    assert said["fi"] != said["en"], f"no Finnish sentence: {said['en']}"
    assert said["sv"] != said["en"], f"no Swedish sentence: {said['en']}"
    assert slots["fi"] == slots["sv"] == slots["en"]
    for text in said.values():
        assert re.search(r"([.?]|%\(\w+\)s)$", text), f"a whole sentence ends like one: {text}"
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.name), "a kind is named room.deed"


@pytest.mark.parametrize("kind", register.kinds(), ids=lambda kind: kind.kind)
def test_a_thing_has_a_name_a_face_and_a_door(kind):
    model = kind.model_class()
    assert kind.kind.split(".")[0] == model._meta.app_label or kind.kind.split(".")[0] in model.__module__
    icons = (HOUSE / "ground" / "ui" / "static").rglob("*")
    known = "".join(path.read_text(errors="ignore") for path in icons if "icon" in path.name and path.suffix == ".svg")
    assert not known or f'id="{kind.icon}"' in known or f'id="i-{kind.icon}"' in known, f"no icon {kind.icon}"
    labels = set()
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            labels.add(str(kind.label))
    assert len(labels) >= 2, f"{kind.kind} is not translated"
