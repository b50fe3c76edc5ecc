"""Every page of the URLconf, as the leader sees it: axe, sideways scroll, console, in both themes, three widths."""

from __future__ import annotations

import pytest

from tests.house import crawl

from . import driver

WIDTHS = (320, 390, 1440)
THEMES = ("light", "dark")
PAGES = sorted(
    name
    for name, place in crawl.places().items()
    if place.is_taken("GET") and place.table.get("page", True) and 200 in place.success("GET")
)


@pytest.fixture(scope="module")
def readers(browser, example):
    """A signed-in reader a role; their pages are reused from test to test."""
    open_ones: dict[str, driver.Visitor] = {}

    def reader(role: str) -> driver.Visitor:
        if role not in open_ones:
            one = driver.visitor(browser, example)
            if role != "anonymous":
                cookie = {"name": "session", "value": example.notes["cookies"][role], "url": example.url}
                one.context.add_cookies([cookie])
            one.context.add_init_script(path=driver.AXE)
            open_ones[role] = one
        return open_ones[role]

    yield reader
    for one in open_ones.values():
        one.context.close()


def role_for(place: crawl.Place) -> str:
    """The leader, or whoever else gets in."""
    for role in ("leader", "operator", "anonymous"):
        if place.expected("GET", role) == crawl.IN:
            return role
    pytest.skip("only guests come here; the journey of the meeting scans it")


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, readers, example):
    reader = readers(role_for(crawl.places()[name]))
    reader.guard.faults.clear()
    page = reader.page
    path = example.notes["pages"][name]
    assert path.startswith("/"), path
    faults = []
    for theme in THEMES:
        # A new load each: Chromium keeps some inherited colours when only the emulated theme changes.
        page.emulate_media(color_scheme=theme)
        answer = page.goto(example.url + path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} at {page.url}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            # Both themes are one document in one layout: the second can differ in its colours only.
            rules = None if theme == THEMES[0] else driver.COLOURS
            if rules is None and (wide := driver.sideways(page)):
                faults.append(f"{width} px: {wide}")
            faults += [f"{width} px, {theme}: {words}" for words in driver.axe(page, rules)]
    assert not faults + reader.guard.faults, f"{page.url}\n" + "\n".join(faults + reader.guard.faults)
