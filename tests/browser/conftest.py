"""For the journeys: one browser, one mail server, installations copied from a prepared one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from . import driver

sys.path.insert(0, str(driver.ROOT / "tools"))
import chromium as chromium_tool

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that is really there; a missing one fails, it is not skipped."""
    try:
        program = chromium_tool.find()
    except chromium_tool.Missing as why:
        pytest.fail(str(why))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=driver.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def mailbox() -> Iterator[driver.Mailbox]:
    box = driver.Mailbox()
    box.controller.start()
    yield box
    box.controller.stop()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installations of this run lie."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def empty(place: Path, mailbox: driver.Mailbox) -> Path:
    """A prepared installation without any row; copy it, never serve it."""
    driver.prepare(place / "empty", mailbox)
    return place / "empty"


@pytest.fixture
def site(empty: Path, tmp_path: Path, mailbox: driver.Mailbox) -> Iterator[driver.Site]:
    """A new installation that is served; it must stop cleanly."""
    mailbox.letters.clear()
    served = driver.copy_of(empty, tmp_path / "data", mailbox).start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def example(empty: Path, place: Path, mailbox: driver.Mailbox) -> Iterator[driver.Site]:
    """The example network with one person a role, served for all pages of the scan; nobody writes there."""
    served = driver.copy_of(empty, place / "example", mailbox, demo=True)
    served.notes = driver.world_in(served)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., driver.Visitor]]:
    """``visit(site, width=390)`` gives a person with a browser; all are closed and asked for faults at the end."""
    opened: list[driver.Visitor] = []

    def visit(site: driver.Site, **options) -> driver.Visitor:
        opened.append(driver.visitor(browser, site, **options))
        return opened[-1]

    yield visit
    faults = [fault for one in opened for fault in one.guard.faults]
    for one in opened:
        one.context.close()
    assert not faults, "\n".join(faults)


# Playwright's plain interface keeps a loop running in this thread; Django would refuse the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
