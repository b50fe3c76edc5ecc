"""The relationship survey: the page of 200 partners, and a whole wave of 40 partners in a browser with think time.

How a wave is timed. A person of the model on a telephone (390 x 844, touch) answers in Chromium against a real server.
Before each tap the person thinks, so that a tap takes 2.5 s in all, as in the specification's own model (reading the
name, choosing, hitting); a name that is skimmed over takes 1 s, an item of the pulse 3.3 s. What the machine takes
comes on top: loading of pages, the tap itself, scrolling. 40 partners are asked about; 22 are known, with 15 there
has been contact. Two ways: every cell is tapped, and the 18 unknown are answered by the one button for the rest.
Reading of the first page (who sees what) is told apart: 40 s for its 160 words, not in the sum.
``real=False`` does not wait: the think time is added by arithmetic, the machine's time is measured all the same.
"""

from __future__ import annotations

import time
from typing import Any

from .installation import Installation, chromium

TAP, SKIM, PULSE, READING = 2.5, 1.0, 3.3, 40.0
PARTNERS, KNOWN, MET = 40, 22, 15


def page(partners: int = 200, rounds: int = 25) -> dict[str, Any]:
    """Bytes and server time of the screen with ``partners`` rows, and of one tap; a fresh page and one half filled."""
    with Installation() as house:
        house.start()  # first, because it gathers the static files that pages name
        made = house.seed("survey", str(partners), str(rounds))
        return made | _weight(house, made["link"])


def _weight(house: Installation, link: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    from .pages import _weigh

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fi-FI", has_touch=True)
        first = context.new_page()
        first.goto(house.url + link)
        first.check("input[name=on_map][value=yes]")
        first.click("form button.btn-wide")
        first.close()
        found = {"browser": _weigh(context, f"{house.url}{link}K/")}
        browser.close()
        return found


def wave(real: bool = True) -> dict[str, Any]:
    """Seconds for a wave of 40 partners, tapping every cell and with the button for the rest."""
    return {"every cell": _person(real, rest=False), "with the rest": _person(real, rest=True)}


def _person(real: bool, *, rest: bool) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with Installation() as house:
        link = house.seed("survey", str(PARTNERS), "0")["link"]
        house.start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fi-FI", has_touch=True)
            found = _Person(context.new_page(), real).answer(house.url + link, rest=rest)
            browser.close()
        return found


class _Person:
    """One person of the model: thinks, taps, goes on."""

    def __init__(self, page: Any, real: bool):
        self.page, self.real = page, real
        self.thought, self.taps, self.spent = 0.0, 0, 0.0
        self.screens: dict[str, float] = {}

    def think(self, seconds: float, spent: float = 0.0) -> None:
        self.thought += seconds
        if self.real:
            time.sleep(max(0.0, seconds - spent))

    def tap(self, what: Any, seconds: float = TAP) -> None:
        """Think and tap: with what the finger's own way takes, ``seconds`` in all and never less than it took."""
        began = time.perf_counter()
        what.tap()
        spent = time.perf_counter() - began
        self.taps += 1
        self.think(seconds, spent)
        self.spent += max(0.0, spent - seconds) if self.real else 0.0

    def answer(self, address: str, *, rest: bool) -> dict[str, Any]:
        self.page.goto(address)
        began = time.perf_counter()
        self.tap(self.page.locator("label", has=self.page.locator("input[value=yes]")).first)
        self.tap(self.page.locator("form button.btn-wide"))
        self.page.wait_for_url("**/K/")
        while "/own/" not in self.page.url:
            code = self.page.url.rstrip("/").rsplit("/", 1)[1]
            start, thought = time.perf_counter(), self.thought
            self._screen(code, rest)
            here = self.page.url
            self.tap(self.page.locator(".survey-foot .btn-primary"))
            self.page.wait_for_url(lambda url, here=here: url != here)
            passed = time.perf_counter() - start
            self.screens[code] = round(passed if self.real else passed + self.thought - thought, 1)
        total = time.perf_counter() - began
        if not self.real:
            total += self.thought
        assert self.page.locator("#ties").count() == 1, "no own result"
        return {
            "seconds": round(total, 1),
            "machine_s": round(total - self.thought, 1),
            "taps": self.taps,
            "screens": self.screens,
            "reading_first_page_s": READING,
            "waited_for_real": self.real,
        }

    def _screen(self, code: str, rest: bool) -> None:
        rows = self.page.locator("fieldset.tie").all()
        for number, row in enumerate(rows):
            if code == "K" and number >= KNOWN:
                if rest:
                    self.think(SKIM)
                else:
                    self.tap(row.locator("label").nth(0))
            elif code == "pulse":
                self.tap(row.locator("label").nth(3), PULSE)
            else:
                contact = code != "E" or number < MET
                self.tap(row.locator("label").nth(1 + number % 3 if contact else 0))
        if code == "K" and rest:
            self.tap(self.page.locator("details.alt summary"))
            with self.page.expect_navigation():
                self.tap(self.page.locator("button[value=rest]"))
