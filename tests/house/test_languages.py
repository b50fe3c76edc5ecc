"""Finnish and Swedish are whole; what is translated can be translated."""

from __future__ import annotations

import ast
import sys
import tomllib

import pytest

from .source import HOUSE, ROOT, modules, short, tree

sys.path.insert(0, str(ROOT / "tools"))
import messages

LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(scope="module")
def faults():
    return messages.faults()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_string_is_translated(language: str, faults):
    found, _mistakes = faults
    lines = [
        f"{message.places[0][0]}:{message.places[0][1]}: {fault}: {message.id!r}"
        for message, lacking, fault in found
        if lacking == language
    ]
    assert not lines, f"{len(lines)} strings (tools/messages.py missing):\n" + "\n".join(lines[:60])


def test_every_string_is_one_literal(faults):
    _found, mistakes = faults
    assert not mistakes, "\n".join(mistakes)


def test_the_tool_sees_a_built_text():
    with pytest.raises(messages.Mistake):
        list(messages.python_messages("from django.utils.translation import gettext\ngettext(f'{x} y')", "x.py"))


def test_placeholders_are_named():
    """Two nameless slots cannot change places, and Finnish often must."""
    found, _mistakes = messages.read_source()
    nameless = [m.id for m in found.values() if (m.id + m.plural).replace("%%", "").count("%s") > 0]
    assert not nameless, f"name the slots: {nameless}"


def test_nothing_is_glued_to_a_translation():
    """_("..") + x and f"{_('..')}" make sentences from parts."""
    glued = []
    for path in modules():
        for node in ast.walk(tree(path)):
            sides = (node.left, node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else ()
            for side in sides:
                if isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id in ("_", "gettext"):
                    glued.append(f"{short(path)}:{node.lineno}")
    assert not glued, "\n".join(glued)


def _languages_apart(value, place: str):
    """Tables with one of fi, sv, en must have all three, none empty."""
    if isinstance(value, dict):
        if set(value) & set(LANGUAGES):
            lacking = [code for code in LANGUAGES if not value.get(code)]
            if lacking:
                yield f"{place}: lacks {', '.join(lacking)}"
        for key, inner in value.items():
            yield from _languages_apart(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _languages_apart(inner, f"{place}[{number}]")


# Said by example people or about Finnish places: they stay in the language in which they were said.
ONE_LANGUAGE = {"demo", "example", "kynnys"}


def test_content_has_all_three_languages():
    faults = []
    for path in sorted(HOUSE.rglob("content/**/*.toml")):
        if not any(word in part for part in path.relative_to(HOUSE).parts for word in ONE_LANGUAGE):
            faults += _languages_apart(tomllib.loads(path.read_text(encoding="utf-8")), short(path))
    assert not faults, "\n".join(faults[:50])
