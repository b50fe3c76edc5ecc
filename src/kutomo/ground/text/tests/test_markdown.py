"""Markdown is safe, quick whatever it is fed, and says what was written."""

import time

import pytest

from kutomo.ground.text import LONGEST, excerpt, html, plain


def test_what_people_write_is_shown():
    shown = html("# Asia\n\nEnsimmäinen **rivi**\ntoinen\n\n- yksi\n- kaksi\n\n> lainaus")
    assert "<h3>Asia</h3>" in shown
    assert "<strong>rivi</strong><br" in shown
    assert shown.count("<li>") == 2
    assert "<blockquote>" in shown


def test_links_do_not_vouch_and_do_not_tell():
    shown = html("[sivu](https://example.org) ja https://example.org/polku?a=1&b=2.")
    assert shown.count('rel="nofollow noopener noreferrer"') == 2
    assert 'href="https://example.org/polku?a=1&amp;b=2"' in shown
    assert shown.rstrip().endswith(".</p>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![kuva](https://elsewhere.example/pixel.gif)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>body{display:none}</style>",
        "<iframe src=https://elsewhere.example></iframe>",
        '<p style="color:red" onclick="alert(1)">x</p>',
        "[x]: javascript:alert(1)\n\n[x]",
        "<https://example.org/\"onmouseover='alert(1)'>",
        "`<script>`",
        "| a |\n|---|\n| <svg onload=alert(1)> |",
    ],
)
def test_nothing_that_runs_or_calls_home_comes_through(hostile: str):
    shown = html(hostile)
    inside = [part.split(">")[0].lower() for part in shown.split("<")[1:]]  # tags only, not the words
    assert not any(
        tag.startswith(("script", "img", "style", "iframe", "svg")) or "javascript:" in tag or " on" in tag
        or "data:" in tag or "vbscript:" in tag or "style=" in tag
        for tag in inside
    ), shown  # fmt: skip


SIZE = 100_000
FLOODS = {
    "emphasis": "*a_" * (SIZE // 3),
    "stars": "*" * SIZE,
    "brackets": "[" * SIZE,
    "links": "[a](" * (SIZE // 4),
    "quotes": "> " * (SIZE // 2),
    "lists": "".join("  " * depth + "- a\n" for depth in range(440)),
    "ticks": "".join("`" * (n % 400) + "a" for n in range(500))[:SIZE],
    "angles": "<a " * (SIZE // 3),
    "tables": "|a" * 300 + "\n" + "|-" * 300 + "\n" + ("|" * 299 + "\n") * 330,
    "references": "".join(f"[a{n}]: x\n" for n in range(9000)),
    "autolinks": "https://" * (SIZE // 8),
    "strike": "~~a " * (SIZE // 4),
    "entities": "&amp;" * (SIZE // 5),
    "escapes": "\\*" * (SIZE // 2),
    "nested links": "[" * 5000 + "a" + "](u)" * 5000,
    "underscores": "_a" * (SIZE // 2),
    "words": "kiusanteko " * (SIZE // 11),
    "lines": "a\n" * (SIZE // 2),
    "paragraphs": "a\n\n" * (SIZE // 3),
    "items": "- a\n" * (SIZE // 4),
    "headings": "# a\n" * (SIZE // 4),
    "spaces": " " * SIZE + "a",
    "address": "https://" + "a.-" * (SIZE // 3),
    "parens": "(" * SIZE,
    "quotes of lists": "> - > - " * 5000,
}
# The same just under what is taken for a flood.
FLOODS |= {
    f"little {name}": mark * (1_450 if "\n" in mark else 2_400) for name, mark in {
        "emphasis": "*a", "underscores": "_a ", "strike": "~a", "links": "[", "entities": "&amp;", "items": "- a\n",
        "escapes": "\\a", "quotes": "> a\n\n"[:5], "addresses": "https://a.fi ", "angles": "<a ", "pairs": "**a **b",
    }.items()
}  # fmt: skip


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_takes_a_tenth_of_a_second_at_most(flood: str):
    text = FLOODS[flood]
    best = min(_seconds(text) for _ in range(3))
    assert best <= 0.1, f"{flood}: {best * 1000:.0f} ms"


def _seconds(text: str) -> float:
    start = time.process_time()
    html(text)
    return time.process_time() - start


def test_longer_than_allowed_is_cut():
    assert len(plain("a" * (LONGEST + 50))) == LONGEST


def test_plain_words():
    assert plain("# Otsikko\n\n**Lihava** [linkki](https://example.org)\ntoinen") == "Otsikko\n\nLihava linkki\ntoinen"


def test_excerpt_cuts_between_words():
    assert excerpt("Lyhyt *teksti*.") == "Lyhyt teksti."
    cut = excerpt("sana " * 100, 30)
    assert len(cut) <= 30
    assert cut.endswith("sana…")
