"""Drives the real thing: `kutomo serve` as a process, a real Chromium, a real SMTP server."""

from __future__ import annotations

import email
import email.policy
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "browser" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: all that a second theme of the same document can break."""
# Without the background flags Chromium asks its maker's hosts for updates at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STOPS_WITHIN = 4.0  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """A mail server that keeps all it is given, as the people's mailboxes would."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        letter["X-Delivered-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}?tls=none"

    def of(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in letter["X-Delivered-To"]]

    def wait(self, address: str, *, subject: str = "", count: int = 1, seconds: float = 15) -> EmailMessage:
        """The newest letter to ``address`` whose subject holds ``subject``, once there are ``count`` of them."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            found = [letter for letter in self.of(address) if subject in letter["Subject"]]
            if len(found) >= count:
                return found[-1]
            time.sleep(0.05)
        came = [(letter["X-Delivered-To"], letter["Subject"]) for letter in self.letters]
        raise AssertionError(f"no letter to {address} about {subject!r} within {seconds} s; there came {came}")


def text_of(letter: EmailMessage) -> str:
    """The plain part."""
    return letter.get_body(("plain",)).get_content()


def links_in(letter: EmailMessage) -> list[str]:
    return re.findall(r"https?://[^\s<>\"')]+", text_of(letter))


@dataclass
class Site:
    """One installation that runs."""

    data: Path
    port: int
    mailbox: Mailbox
    process: subprocess.Popen | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    demo: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("KUTOMO_", "DJANGO_SETTINGS"))}
        env |= {
            "KUTOMO_DATA": str(self.data),
            "KUTOMO_URL": self.url,
            "KUTOMO_MAIL_URL": self.mailbox.url,
            "KUTOMO_MAIL_FROM": "Kutomo <kutomo@example.org>",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "LANG": "C.UTF-8",
        }
        return env | ({"KUTOMO_DEMO": "1"} if self.demo else {})

    def start(self) -> Site:
        """Serve; returns when pages can be had."""
        command = [sys.executable, "-m", "kutomo.config.cli", "serve", "--port", str(self.port)]
        with open(self.data / "log", "ab") as log:
            self.process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log, start_new_session=True)
        last = time.monotonic() + 60
        while time.monotonic() < last:
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as line:
                    line.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                    if line.recv(12):
                        return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start:\n" + self.log)

    def stop(self) -> float:
        """SIGTERM; returns the seconds until the end. Fails when that was no clean stop."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOPS_WITHIN + 6)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise AssertionError(f"the server did not stop:\n{self.log}") from None
        took = time.monotonic() - began
        assert took < STOPS_WITHIN, f"the stop took {took:.1f} s"
        assert status == 0, f"exit status {status}:\n{self.log}"
        return took

    def kill(self) -> None:
        """As a power cut would: the supervisor and all its children at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    @property
    def log(self) -> str:
        path = self.data / "log"
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    def run(self, *words: str) -> str:
        """A command in this installation's environment; returns what it printed."""
        done = subprocess.run([sys.executable, *words], env=self.env, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *words: str) -> str:
        return self.run("-m", "kutomo.config.cli", "manage", *words)


def prepare(data: Path, mailbox: Mailbox) -> None:
    """An empty installation, ready to serve."""
    data.mkdir(parents=True, exist_ok=True)
    Site(data, 0, mailbox).run("-m", "kutomo.config.cli", "prepare")


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """``folder``, made by the first worker that asks; the others wait until it is whole."""
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            part = folder.with_suffix(".part")
            make(part)
            part.rename(folder)
    return folder


def copy_of(template: Path, place: Path, mailbox: Mailbox, **facts: Any) -> Site:
    """An installation of its own from a prepared one: a copy of files, in milliseconds."""
    shutil.copytree(template, place, dirs_exist_ok=True)
    return Site(place, free_port(), mailbox, **facts)


class Guard:
    """Notes what must never happen in a browser: errors, refused code, requests to other hosts."""

    def __init__(self, context: BrowserContext, host: str):
        self.faults: list[str] = []
        self.allowed = 0
        self.expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", lambda request: self._request(request.url, host))

    def _console(self, message: Any) -> None:
        if message.type != "error":
            return
        if any(words in message.text for words in self.expected):
            return
        self.faults.append(f"console at {message.page.url if message.page else '?'}: {message.text}")

    def _request(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
            self.faults.append(f"a request to another host: {url}")

    def expect(self, words: str) -> None:
        """Such a console line is part of the journey (a refusal that the journey provokes)."""
        self.expected.append(words)


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """axe's findings on the page as it stands, one line each; by all rules of TAGS, or by ``rules`` only."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate(
        """only => axe.run(document, {
               runOnly: only, resultTypes: ['violations'], elementRef: false,
           }).then(result => result.violations.map(one => [one.id, one.help,
               one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' :: ' + node.failureSummary)]))""",
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS},
    )
    return [f"{rule}: {words}\n    " + "\n    ".join(nodes) for rule, words, nodes in found]


def sideways(page: Page) -> str:
    """What makes the page wider than the window; empty when nothing does."""
    return page.evaluate(
        """async () => {
            // The window has just been given its width: let the page be laid out before it is measured.
            await document.fonts.ready;
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const wide = document.documentElement.scrollWidth - window.innerWidth;
            if (wide <= 0) return '';
            const guilty = [...document.querySelectorAll('body *')].filter(
                e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(-3)
                .map(e => e.tagName.toLowerCase() + '.' + e.className);
            return wide + ' px too wide: ' + guilty.join(', ');
        }"""
    )


@dataclass
class Visitor:
    """One person with a browser of one's own."""

    site: Site
    context: BrowserContext
    page: Page
    guard: Guard

    def go(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else self.site.url + path)
        return self.page

    def sign_in(self, address: str) -> Page:
        """By the code that comes by mail, as people do."""
        before = len(self.site.mailbox.of(address))
        self.go("/sign-in/")
        self.page.get_by_role("textbox").first.fill(address)
        self.page.get_by_role("textbox").first.press("Enter")
        letter = self.site.mailbox.wait(address, count=before + 1)
        code = re.search(r"(?<!\d)(\d{3}[ -]?\d{3}|\d{6})(?!\d)", letter["Subject"] + "\n" + text_of(letter))
        assert code, f"no code in the letter:\n{text_of(letter)}"
        self.page.get_by_role("textbox").first.fill(code[1])
        if "/sign-in/" in self.page.url:
            self.page.get_by_role("textbox").first.press("Enter")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        return self.page

    def check(self) -> None:
        """axe on the page as it stands, no sideways scroll."""
        found = axe(self.page)
        assert not found, f"{self.page.url}\n" + "\n".join(found)
        assert not (wide := sideways(self.page)), f"{self.page.url}: {wide}"


def visitor(browser: Browser, site: Site, *, width: int = 1440, height: int = 900, **options: Any) -> Visitor:
    """A new context, watched; ``options`` are Playwright's."""
    options = {"locale": "fi-FI", "timezone_id": "Europe/Helsinki", "reduced_motion": "reduce"} | options
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=site.url, **options)
    context.set_default_timeout(10_000)
    guard = Guard(context, f"127.0.0.1:{site.port}")
    return Visitor(site, context, context.new_page(), guard)


def world_in(site: Site) -> dict[str, Any]:
    """Build the crawl's world in the site's database; returns addresses and session cookies (world.py)."""
    return json.loads(site.run("-m", "tests.browser.world").strip().splitlines()[-1])
