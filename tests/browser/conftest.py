"""For the journeys: one browser, one mail server, installations copied from a prepared one."""

from __future__ import annotations

import json
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
    """With several workers each page of the scan is anybody's; the steps of a journey stay together."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if item.path.stem != "test_every_page":
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


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
    """Where this worker's installations lie."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, place: Path) -> Path:
    """Where the prepared ones lie: one folder for all workers of a run."""
    return tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else place


@pytest.fixture(scope="session")
def empty(common: Path, mailbox: driver.Mailbox) -> Path:
    """A prepared installation without any row; copy it, never serve it."""
    return driver.made_once(common / "empty", lambda part: driver.prepare(part, mailbox))


@pytest.fixture(scope="session")
def peopled(common: Path, empty: Path, mailbox: driver.Mailbox) -> Path:
    """The example network with one person a role; copy it, never serve it."""

    def build(part: Path) -> None:
        built = driver.copy_of(empty, part, mailbox, demo=True)
        (part / "notes.json").write_text(json.dumps(driver.world_in(built)))

    return driver.made_once(common / "peopled", build)


@pytest.fixture
def site(empty: Path, tmp_path: Path, mailbox: driver.Mailbox) -> Iterator[driver.Site]:
    """A new installation that is served; it must stop cleanly."""
    mailbox.letters.clear()
    served = driver.copy_of(empty, tmp_path / "data", mailbox).start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def example(peopled: Path, place: Path, mailbox: driver.Mailbox) -> Iterator[driver.Site]:
    """The example network, served for all pages of the scan; nobody writes there."""
    served = driver.copy_of(peopled, place / "example", mailbox, demo=True)
    served.notes = json.loads((place / "example" / "notes.json").read_text())
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
