"""What no template may hold: the Content-Security-Policy would refuse it, or a reader would stumble."""

from __future__ import annotations

import re

from .source import HOUSE, short, templates

INLINE = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.S),
    "<style>": re.compile(r"<style[\s>]"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.S),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.S),
    "javascript: address": re.compile(r"javascript:", re.I),
    "|safe or autoescape off": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "another host": re.compile(r"""(?:src|href|action)\s*=\s*["']https?://""", re.I),
}
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.S)


def test_templates_hold_nothing_inline():
    faults = []
    for path in templates():
        # The mail layout is for mail programs, which know no style sheet beside the letter.
        if "mail" in path.parts or path.suffix != ".html":
            continue
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
        for name, pattern in INLINE.items():
            for match in pattern.finditer(text):
                faults.append(f"{short(path)}:{text[: match.start()].count(chr(10)) + 1}: {name}")
    assert not faults, "\n".join(faults)


def test_forms_that_post_carry_the_token():
    faults = []
    for path in templates():
        if path.suffix != ".html" or "mail" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.S | re.I):
            if "csrf_token" not in match[0]:
                faults.append(f"{short(path)}:{text[: match.start()].count(chr(10)) + 1}")
    assert not faults, "a form without {% csrf_token %}: " + ", ".join(faults)


def test_only_one_place_makes_html_safe():
    """mark_safe and format_html are ground's: rooms give data, the kit gives HTML."""
    faults = []
    for path in sorted(HOUSE.rglob("*.py")):
        if "ground" in path.parts or "tests" in path.parts:
            continue
        if re.search(r"\bmark_safe\(|\bSafeString\(", path.read_text(encoding="utf-8")):
            faults.append(short(path))
    assert not faults, ", ".join(faults)
