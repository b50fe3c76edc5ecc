"""Contrast of the tokens, computed in both themes: text 4.5, controls and graphics 3 (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

import kutomo.ground.ui

CSS = (Path(kutomo.ground.ui.__file__).parent / "static" / "ui" / "kutomo.css").read_text()
HEX = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6}|var\(--[a-z0-9-]+\))\s*;", re.I)


def block(start: str) -> str:
    return CSS.split(start, 1)[1].split("}", 1)[0]


LIGHT = dict(HEX.findall(block(':root, [data-theme="light"] {')))
DARK_BLOCKS = [block(':root:not([data-theme="light"]) {'), block('@media screen { [data-theme="dark"] {')]
THEMES = {"light": LIGHT, "dark": LIGHT | dict(HEX.findall(DARK_BLOCKS[0]))}
YARNS = {name: dict(HEX.findall(block(f'[data-yarn="{name}"] {{'))) for name in ("kuusi", "matara", "terva")}

TEXT = [
    ("ink", "ground"), ("ink", "surface"), ("ink", "sunken"), ("ink-2", "ground"), ("ink-2", "surface"),
    ("ink-2", "sunken"), ("ink-3", "surface"), ("ink-3", "sunken"), ("action", "ground"), ("action", "surface"),
    ("action", "sunken"), ("action-hover", "ground"), ("on-action", "action"), ("on-action", "action-hover"),
    ("sini-i", "sini-t"), ("kuusi-i", "kuusi-t"), ("sauramo-i", "sauramo-t"), ("matara-i", "matara-t"),
    ("danger", "ground"), ("danger", "surface"), ("danger", "matara-t"), ("on-danger", "danger"),
    ("field-ink", "field"), ("field-ink-2", "field"), ("sun-ink", "sun"), ("ink", "kuusi-t"), ("ink", "sini-t"),
    ("ink", "sauramo-t"), ("ink", "matara-t"), ("ink-2", "kuusi-t"), ("action", "matara-t"), ("action", "sini-t"),
    ("ground", "ink"), ("motif", "sini"), ("motif", "matara"), ("motif", "kuusi"),
]  # fmt: skip
GRAPHICS = [
    ("line-strong", "ground"), ("line-strong", "surface"), ("line-strong", "sunken"), ("focus", "ground"),
    ("focus", "surface"), ("sun", "field"), ("sini", "cloth"), ("matara", "cloth"), ("kuusi", "cloth"),
    ("sauramo-edge", "cloth"), ("sauramo-edge", "sauramo-t"), ("kuusi", "kuusi-t"), ("sini", "sini-t"),
    ("action", "surface"), ("danger", "surface"),
]  # fmt: skip


def colour(theme: dict[str, str], name: str) -> tuple[float, ...]:
    value = theme[name]
    if value.startswith("var("):
        return colour(theme, value[6:-1])
    digits = value[1:] if len(value) == 7 else "".join(letter * 2 for letter in value[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (colour(theme, one), colour(theme, other))]
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), TEXT)
def test_text_can_be_read(theme: str, one: str, other: str):
    assert contrast(THEMES[theme], one, other) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), GRAPHICS)
def test_controls_and_graphics_can_be_seen(theme: str, one: str, other: str):
    assert contrast(THEMES[theme], one, other) >= 3


@pytest.mark.parametrize("yarn", YARNS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_yarn_carries_its_text(theme: str, yarn: str):
    colours = THEMES[theme] | YARNS[yarn]
    assert contrast(colours, "field-ink", "field") >= 4.5
    assert contrast(colours, "field-ink-2", "field") >= 4.5
    assert contrast(colours, "sun", "field") >= 3


def test_following_the_device_and_choosing_dark_are_the_same():
    follow, chosen = (HEX.findall(text) for text in DARK_BLOCKS)
    assert follow == chosen
    assert len(follow) > 30


def test_the_measure_itself():
    black_on_white = {"a": "#000", "b": "#ffffff"}
    assert contrast(black_on_white, "a", "b") == pytest.approx(21)
