"""Clustering answers with the keyboard alone: pick, choose a place, put down, change one's mind, name the theme."""

from __future__ import annotations

import pytest

from .reader import words
from .table import SAID


@pytest.fixture
def aino(site, visit):
    path = site.run("-m", "tests.browser.table").strip().splitlines()[-1]
    visitor = visit(site)
    visitor.sign_in("aino@example.org")
    visitor.go(path)
    return visitor


def _tab_to(page, css: str, most: int = 120) -> None:
    """Tab until the focus stands on ``css``; everything on the way can be reached too."""
    for _press in range(most):
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {css}")


def _card(text: str) -> str:
    return f'[data-card]:has-text("{text}")'


def _pick(page, text: str) -> None:
    key = page.locator(_card(text)).get_attribute("data-card")
    page.locator("h1").click()  # the focus begins at the top again
    _tab_to(page, f'[data-card="{key}"] [data-pick]')
    page.keyboard.press("Enter")


def _choose(page, group: str) -> None:
    """Arrow to the group's place and put the card there."""
    for _press in range(8):
        page.keyboard.press("ArrowRight")
        place = page.evaluate(
            "document.activeElement.closest('[data-group]')?.querySelector('[data-group-name]').textContent"
        )
        if place and place.strip() == group:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the arrows do not reach {group}")


def test_answers_are_clustered_with_the_keyboard_alone(aino):
    page = aino.page
    new = words("A new theme")
    _pick(page, SAID[0])
    page.keyboard.press("Escape")
    assert page.locator("[data-picking]").count() == 0
    assert page.locator(f'[data-group=""] {_card(SAID[0])}').count() == 1

    _pick(page, SAID[0])
    with page.expect_response(lambda answer: "/table/1/" in answer.url and answer.request.method == "GET"):
        _choose(page, new)
    theme = page.locator('[data-group]:not([data-group=""]):not([data-group="new"])')
    theme.first.wait_for()
    assert theme.count() == 1
    # The focus stays with the card that was moved, and the move is told.
    assert SAID[0] in page.evaluate("document.activeElement.closest('[data-card]')?.textContent ?? ''")
    assert SAID[0] in page.locator("#live").inner_text()

    # The theme can be named at once, without loading the page again.
    key = theme.get_attribute("data-group")
    page.locator("h1").click()
    _tab_to(page, f'[data-group="{key}"] a[href*="/theme/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/theme/**")
    _tab_to(page, "main input[name=name]")
    page.keyboard.type("Ensimmäinen ihminen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/table/1/")

    _pick(page, SAID[1])
    with page.expect_response(lambda answer: "/table/1/" in answer.url and answer.request.method == "GET"):
        _choose(page, "Ensimmäinen ihminen")
    page.locator(f'[data-group="{key}"] {_card(SAID[1])}').wait_for()
    aino.check()
    page.reload()
    assert page.locator(f'[data-group="{key}"] [data-card]').count() == 2
    assert page.locator('[data-group=""] [data-card]').count() == 2


def test_two_answers_put_into_a_new_theme_one_after_the_other_are_two_themes_and_seen_as_such(aino):
    page = aino.page
    for text in SAID[:2]:
        _pick(page, text)
        with page.expect_response(lambda answer: "/table/1/" in answer.url and answer.request.method == "GET"):
            _choose(page, words("A new theme"))
        page.locator(f'[data-group]:not([data-group=""]):not([data-group="new"]) {_card(text)}').wait_for()
    shown = page.locator('[data-group]:not([data-group=""]):not([data-group="new"])').count()
    page.reload()
    assert page.locator('[data-group]:not([data-group=""]):not([data-group="new"])').count() == shown == 2


def test_without_a_script_a_list_and_a_button_do_the_same(aino, site, visit):
    plain = visit(site, java_script_enabled=False)
    plain.context.add_cookies(aino.context.cookies())
    page = plain.go(aino.page.url)
    card = page.locator(_card(SAID[2]))
    card.get_by_label(words("Move to")).select_option("new")
    card.get_by_role("button", name=words("Move"), exact=True).last.click()
    page.wait_for_url("**/table/1/")
    assert page.locator(f'[data-group]:not([data-group=""]):not([data-group="new"]) {_card(SAID[2])}').count() == 1
