"""A person with a plain browser: reads pages and fills forms over HTTP, with cookies and without scripts.

Thirty of these cost less than one Chromium, and they prove that a page works without JavaScript.
"""

from __future__ import annotations

import http.cookiejar
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext, ngettext, override


def words(text: str, language: str = "fi", **values: Any) -> str:
    """An interface text as the reader sees it."""
    with override(language):
        return gettext(text) % values if values else gettext(text)


def plural(one: str, many: str, n: int, language: str = "fi", **values: Any) -> str:
    with override(language):
        return ngettext(one, many, n) % ({"n": n} | values)


@dataclass
class Form:
    """One form as the page offers it: where it goes, and what would be sent untouched."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = self.area = ""
        self.picked: str | None = None
        self.first: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = Form(given.get("action", ""))
            self.forms.append(self.open)
        if self.open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            kind, value = given.get("type", "text"), given.get("value", "")
            if kind in ("checkbox", "radio"):
                self.open.choices.setdefault(name, []).append(given.get("value", "on"))
                if "checked" in given:
                    self.open.fields.append((name, given.get("value", "on")))
            elif kind not in ("submit", "button", "file"):
                self.open.fields.append((name, value))
        elif tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select, self.picked, self.first = name, None, None
        elif tag == "option" and self.select:
            value = given.get("value", "")
            self.open.choices.setdefault(self.select, []).append(value)
            self.first = value if self.first is None else self.first
            self.picked = value if "selected" in given else self.picked

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.open is None:
            return
        if tag == "textarea" and self.area:
            self.open.fields.append((self.area, self.text.removeprefix("\n")))
            self.area = ""
        elif tag == "select" and self.select:
            chosen = self.picked if self.picked is not None else self.first
            if chosen is not None:
                self.open.fields.append((self.select, chosen))
            self.select = ""
        elif tag == "form":
            self.open = None


@dataclass
class Seen:
    """A page that was read."""

    url: str
    status: int
    text: str
    headers: Any
    seconds: float

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.url).path

    def form(self, about: str = "") -> Form:
        """The first form that is neither language nor theme, whose address ends so."""
        parser = _Forms()
        parser.feed(self.text)
        own = [form for form in parser.forms if form.action not in ("/language/", "/theme/")]
        found = [form for form in own if form.action.endswith(about)]
        assert found, f"{self.url} ({self.status}) has no form for {about!r}, only {[form.action for form in own]}"
        return found[0]


class Reader:
    """A person somewhere with a browser of one's own."""

    def __init__(self, site: Any, language: str = "fi"):
        self.base = site.url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opener.addheaders = [("Accept-Language", language), ("User-Agent", "reader")]

    def get(self, path: str) -> Seen:
        return self._fetch(urllib.parse.urljoin(self.base, path), None)

    def send(self, seen: Seen, about: str = "", *, live: bool = False, **values: Any) -> Seen:
        """Fill the form and send it; a list gives one name several values."""
        form = seen.form(about)
        data = [(name, value) for name, value in form.fields if name not in values]
        for name, value in values.items():
            data += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self._fetch(urllib.parse.urljoin(seen.url, form.action), data, {"X-Live": "1"} if live else {})

    def _fetch(self, url: str, data: Any, headers: dict[str, str] | None = None) -> Seen:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(url, body, {"Referer": url} | (headers or {}))
        began = time.monotonic()
        try:
            with self.opener.open(request, timeout=30) as answer:
                text = answer.read().decode("utf-8", "replace")
                return Seen(answer.url, answer.status, text, answer.headers, time.monotonic() - began)
        except urllib.error.HTTPError as refused:
            text = refused.read().decode("utf-8", "replace")
            return Seen(refused.url, refused.code, text, refused.headers, time.monotonic() - began)


class Phone(Reader):
    """A guest's phone in a live meeting."""

    def __init__(self, site: Any, code: str, name: str, organisation: str, language: str = "fi"):
        super().__init__(site, language)
        self.code, self.name, self.organisation = code, name, organisation
        self.page: Seen | None = None

    def join(self) -> Seen:
        """By the code that stands on the big screen."""
        entered = self.send(self.get("/live/"), code=f"{self.code[:3]} {self.code[3:]}")
        self.page = self.send(entered, "/join/", name=self.name, organisation=self.organisation)
        return self.page

    def look(self) -> Seen:
        """The phone as it stands now (a reload)."""
        self.page = self.get(f"/live/{self.code}/")
        return self.page

    def answer(self, **values: Any) -> Seen:
        """Send the answer field of the step, as the page's own script would."""
        assert self.page is not None
        return self.send(self.page, "/answer/", live=True, **values)


def at_once(deed: Callable[[Any], Any], things: Iterable[Any]) -> list[Any]:
    """All in the same instant, each in a thread of its own; in the order of ``things``."""
    every = list(things)
    gate = threading.Barrier(len(every))

    def one(thing: Any) -> Any:
        gate.wait()
        return deed(thing)

    with ThreadPoolExecutor(len(every)) as pool:
        return list(pool.map(one, every))
