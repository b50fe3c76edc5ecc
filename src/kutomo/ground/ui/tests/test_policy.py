"""What the strict content policy forbids is in no template and no style sheet; what others made is as it was."""

import importlib.util
import re
from pathlib import Path

import pytest
from django.conf import settings

import kutomo.ground.ui

UI = Path(kutomo.ground.ui.__file__).parent
SOURCE = UI.parents[1]
TEMPLATES = [
    place
    for place in sorted(SOURCE.rglob("templates/**/*.html"))
    if "letters" not in place.parts and "mail" not in place.parts  # letters need inline styles
]
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "htmx's own evaluation": re.compile(r"hx-on|hx-vars|js:", re.I),
    "something from elsewhere": re.compile(r"(?:src|action|srcset)\s*=\s*[\"'](?:https?:)?//", re.I),
    "a style sheet from elsewhere": re.compile(r"<link[^>]*href\s*=\s*[\"'](?:https?:)?//", re.I),
}


@pytest.mark.parametrize("place", TEMPLATES, ids=lambda place: str(place.relative_to(SOURCE)))
def test_a_template_keeps_to_the_policy(place: Path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", place.read_text(), flags=re.S)
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("place", sorted((UI / "static").rglob("*.css")), ids=lambda place: place.name)
def test_a_style_sheet_asks_nobody_else(place: Path):
    addresses = re.findall(r"url\(\"?([^\")]+)", place.read_text())
    assert [one for one in addresses if not one.startswith(("data:image/svg+xml,", "fonts/"))] == []
    assert "@import" not in place.read_text()


def test_the_policy_is_strict():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


@pytest.mark.parametrize("place", sorted((UI / "static").rglob("*.js")), ids=lambda place: place.name)
def test_scripts_are_small_and_evaluate_nothing(place: Path):
    text = place.read_text()
    assert len(text) < 9_000
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|https?://", text)


def test_what_others_made_is_as_it_was():
    place = SOURCE.parents[1] / "tools" / "vendor.py"
    spec = importlib.util.spec_from_file_location("vendor", place)
    vendor = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["vendor"] = vendor
    spec.loader.exec_module(vendor)
    assert vendor.check() == []
    listed = {file.path for file in vendor.FILES}
    root = SOURCE.parents[1]
    places = [*SOURCE.glob("*/*/static/*/vendor"), root / "tests/browser/vendor"]
    scripts = [script for place in places for script in place.glob("*.js")]
    others = [*SOURCE.rglob("*.woff2"), *SOURCE.rglob("*.ttf"), UI / "static/ui/icons.svg", *scripts]
    assert {str(one.relative_to(root)) for one in others} == listed


def test_font_ranges_are_those_that_were_cut():
    text = (SOURCE.parents[1] / "tools" / "vendor.py").read_text()
    css = (UI / "static/ui/kutomo.css").read_text()
    ranges = set(re.findall(r"unicode-range:([^}]+)}", css))
    cut = {
        "".join(re.findall(r'"([^"]+)"', re.search(rf"^{name} = (\(.*?^\)|\".*?\")$", text, re.S | re.M)[1]))
        for name in ("CORE", "MORE", "EXT")
    }
    assert ranges == cut


def test_the_guide_is_the_same_in_the_code_and_in_the_docs():
    in_docs = (SOURCE.parents[1] / "docs" / "guides" / "add-a-page.md").read_text().split("```")[1].removeprefix("text")
    in_code = kutomo.ground.ui.__doc__.split("(also docs/guides/add-a-page.md).\n\n")[1]
    assert in_code.strip() == in_docs.strip()
