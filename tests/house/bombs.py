"""What a hostile or careless sender puts into a form, and the forms that a page holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

LONG = "Ääkkösiä " * 3_000  # 27,000 characters
BOMBS: dict[str, Any] = {
    "NUL": "a\x00b",
    "lines": "Aino\r\nBcc: victim@example.org\r\n\r\nHei",
    "long": LONG,
    "number": "9" * 30,
    "endless number": "9" * 5000,  # more digits than int() takes
    "day": "9999-12-31",
    "digits": "²٣",  # characters that isdigit() takes and int() may not
}
NOT_UTF8 = b"%FF%FE%C0%AF%ED%A0%80"


@dataclass
class Form:
    """A form that posts: where to, and its fields with what they hold."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    has_file: bool = False

    @property
    def open_fields(self) -> list[str]:
        return [name for name in self.fields if name != "csrfmiddlewaretoken"]


class Forms(HTMLParser):
    """The posting forms of a page; fields outside by their ``form`` attribute too."""

    def __init__(self, source: str, place: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.place = place
        self._form: Form | None = None
        self._area: tuple[Form, str] | None = None
        self._select: tuple[Form, str] | None = None
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = None
            if given.get("method", "").lower() == "post":
                self._form = Form(given.get("action") or self.place)
                self.found.append(self._form)
                self.by_id[given.get("id", "")] = self._form
            return
        into = self.by_id.get(given["form"]) if "form" in given else self._form
        name = given.get("name", "")
        if tag == "option" and self._select:
            form, name = self._select
            if "selected" in given or not form.fields[name]:
                form.fields[name] = [given.get("value", "")]
        if into is None or not name or tag not in ("input", "textarea", "select", "button"):
            return
        held = into.fields.setdefault(name, [])
        if tag == "textarea":
            self._area = into, name
        elif tag == "select":
            self._select = into, name
        elif given.get("type") == "file":
            into.has_file = True
            del into.fields[name]
        elif given.get("type") not in ("checkbox", "radio") or "checked" in given or not held:
            into.fields[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area:
            form, name = self._area
            form.fields[name] = [*form.fields[name], data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area:
            form, name = self._area
            form.fields[name] = ["".join(form.fields[name]).removeprefix("\n")]
            self._area = None
        elif tag == "select":
            self._select = None
