#!/usr/bin/env python3
"""The translations: one catalogue a language, locale/{fi,sv}/LC_MESSAGES/django.po.

    python tools/messages.py extract [--prune]      note every string of the source in the catalogues
    python tools/messages.py apply FILE.toml ...    merge translations (format: CONTRIBUTING.md)
    python tools/messages.py missing [PATH] [--toml]  what lacks Finnish or Swedish, with file and line
    python tools/messages.py compile                .po to .mo
    python tools/messages.py check                  exit 1 if anything is missing or wrong

Needs no GNU gettext: Python is read by its own parser, templates by Django's.
"""

import argparse
import ast
import fcntl
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
try:
    import polib
    from django.template.base import Lexer, TokenType
    from django.utils.translation import template as django_patterns, trim_whitespace
except ImportError:
    _python = ROOT / ".venv" / "bin" / "python"
    if not _python.exists() or Path(sys.prefix) == ROOT / ".venv":
        sys.exit("The environment is missing: run `make setup` first.")
    os.execv(_python, [str(_python), *sys.argv])

from kutomo.config.catalogues import compile_stale  # noqa: E402

LOCALE = ROOT / "locale"
SOURCE = ROOT / "src" / "kutomo"
LANGUAGES = ("fi", "sv")
TEMPLATE_ENDINGS = {".html", ".md", ".txt", ".svg", ".xml"}
HEADER = {
    "Project-Id-Version": "kutomo",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# Django's functions, by the places of (context, singular, plural) among their arguments.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CONTEXT = re.compile(r"""\bcontext\s+("[^"]*"|'[^']*')""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Message:
    """One string of the source; ``places`` are (file from the root, line)."""

    id: str
    plural: str = ""
    context: str | None = None
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.id


class Mistake(Exception):
    """A translatable text that no tool can read, such as an f-string."""


# --- reading the source ------------------------------------------------------------------------------


def literal(node: ast.expr, place: str) -> str:
    """The text of a literal (adjacent literals are one for Python)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise Mistake(f"{place}: a translatable text must be one literal, neither built nor formatted before")


def python_messages(text: str, name: str) -> Iterator[Message]:
    """Calls of gettext and its kin, under whatever name they were imported."""
    tree = ast.parse(text, name)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("django.utils.translation", "plain"):
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            function = names.get(called.id)
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            function = called.attr if called.value.id == "translation" and called.attr in FUNCTIONS else None
        else:
            function = None
        if function is None:
            continue
        place = f"{name}:{node.lineno}"
        context, singular, plural = FUNCTIONS[function]
        if len(node.args) <= max(i for i in (context, singular, plural) if i is not None):
            raise Mistake(f"{place}: {function} with too few arguments")
        yield Message(
            literal(node.args[singular], place),
            literal(node.args[plural], place) if plural is not None else "",
            literal(node.args[context], place) if context is not None else None,
            [(name, node.lineno)],
        )


def unquoted(text: str) -> str:
    return text[1:-1] if text[:1] in "\"'" else text


def template_messages(text: str, name: str) -> Iterator[Message]:
    """{% translate %}, {% blocktranslate %} and _("...") of a template, letter or component."""
    block: list[str] | None = None
    forms: list[str] = []
    trimmed, context, started = False, None, 0
    for token in Lexer(text.replace("\r\n", "\n")).tokenize():
        where = [(name, token.lineno)]
        if block is not None:
            if token.token_type == TokenType.BLOCK and django_patterns.endblock_re.match(token.contents):
                forms.append("".join(block))
                texts = [trim_whitespace(form) if trimmed else form for form in forms]
                yield Message(texts[0], texts[1] if len(texts) > 1 else "", context, [(name, started)])
                block, forms = None, []
            elif token.token_type == TokenType.BLOCK and django_patterns.plural_re.match(token.contents):
                forms.append("".join(block))
                block = []
            elif token.token_type == TokenType.VAR:
                block.append(f"%({token.contents})s")
            elif token.token_type == TokenType.TEXT:
                block.append(token.contents.replace("%", "%%"))
            elif token.token_type == TokenType.BLOCK:
                raise Mistake(f"{name}:{token.lineno}: {{% {token.contents} %}} inside blocktranslate")
            continue
        if token.token_type == TokenType.BLOCK:
            if inline := django_patterns.inline_re.match(token.contents):
                said = CONTEXT.search(token.contents)
                yield Message(unquoted(inline[1]).replace("%", "%%"), "", unquoted(said[1]) if said else None, where)
            elif django_patterns.block_re.match(token.contents):
                said = CONTEXT.search(token.contents)
                context = unquoted(said[1]) if said else None
                trimmed, started, block = " trimmed" in token.contents, token.lineno, []
        if token.token_type != TokenType.COMMENT:
            for constant in django_patterns.constant_re.findall(token.contents):
                yield Message(unquoted(constant).replace("%", "%%"), "", None, where)
    if block is not None:
        raise Mistake(f"{name}:{started}: blocktranslate without an end")


def source_files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" in parts or "tests" in parts or "__pycache__" in parts:
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and ("templates" in parts or "letters" in parts)):
            yield path


def read_source() -> tuple[dict[tuple[str | None, str], Message], list[str]]:
    """Every message of the source by (context, id), and the mistakes met."""
    found: dict[tuple[str | None, str], Message] = {}
    mistakes = []
    for path in source_files():
        name = str(path.relative_to(ROOT))
        read = python_messages if path.suffix == ".py" else template_messages
        try:
            for message in read(path.read_text(encoding="utf-8"), name):
                if not message.id:
                    continue
                known = found.setdefault(message.key, Message(message.id, "", message.context))
                known.plural = known.plural or message.plural
                known.places += message.places
        except (Mistake, SyntaxError) as error:
            mistakes.append(str(error))
        except FileNotFoundError:
            continue  # moved away while we read
    return found, mistakes


# --- the catalogues ----------------------------------------------------------------------------------


@contextmanager
def locked() -> Iterator[None]:
    """Only one process at a time changes the catalogues."""
    LOCALE.mkdir(exist_ok=True)
    with open(LOCALE / ".lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def place_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> polib.POFile:
    path = place_of(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    book = polib.POFile(wrapwidth=100)
    book.metadata = {**HEADER, "Language": language}
    return book


def save(book: polib.POFile, language: str) -> None:
    """Sorted by id, so that two people's changes seldom meet on one line."""
    book.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    path = place_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    book.save(str(part))
    os.replace(part, path)


def index(book: polib.POFile) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in book if not entry.obsolete}


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def wrong(message: Message, forms: list[str]) -> str:
    """What is wrong with the translated ``forms``, or an empty text."""
    if len(forms) != (2 if message.plural else 1):
        return f"needs {2 if message.plural else 1} form(s), has {len(forms)}"
    if not all(form.strip() for form in forms):
        return "not translated"
    allowed = [placeholders(message.id)] + ([placeholders(message.plural)] if message.plural else [])
    for form in forms[:-1]:
        if placeholders(form) not in allowed:
            return f"placeholders {placeholders(form)} instead of {allowed[0]}"
    if placeholders(forms[-1]) != allowed[-1]:
        return f"placeholders {placeholders(forms[-1])} instead of {allowed[-1]}"
    if any(form.endswith("\n") != message.id.endswith("\n") for form in forms):
        return "one ends in a line break, the other does not"
    return ""


def forms_of(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(number, "") for number in range(2)]
    return [entry.msgstr]


def faults(prefix: str = "") -> tuple[list[tuple[Message, str, str]], list[str]]:
    """(message, language, what is wrong) for the strings of files that begin with ``prefix``."""
    found, mistakes = read_source()
    out = []
    for language in LANGUAGES:
        entries = index(load(language))
        for message in found.values():
            if not any(name.startswith(prefix) for name, _ in message.places):
                continue
            entry = entries.get(message.key)
            if entry is None:
                out.append((message, language, "not translated"))
            elif "fuzzy" in entry.flags:
                out.append((message, language, "fuzzy"))
            elif (entry.msgid_plural or "") != message.plural:
                out.append((message, language, f"has another plural: {entry.msgid_plural!r}"))
            elif fault := wrong(message, forms_of(entry)):
                out.append((message, language, fault))
    out.sort(key=lambda fault: (fault[0].places[0], fault[0].id, fault[1]))
    return out, [mistake for mistake in mistakes if mistake.startswith(prefix)]


# --- the commands ------------------------------------------------------------------------------------


def extract(prune: bool) -> int:
    found, mistakes = read_source()
    with locked():
        for language in LANGUAGES:
            book = load(language)
            entries = index(book)
            for key, message in found.items():
                entry = entries.get(key)
                if entry is None:
                    entry = polib.POEntry(msgid=message.id, msgctxt=message.context)
                    book.append(entry)
                if (entry.msgid_plural or "") != message.plural:
                    entry.msgid_plural = message.plural
                    entry.msgstr_plural = {0: entry.msgstr, 1: ""} if message.plural else {}
                    entry.msgstr = "" if message.plural else entry.msgstr
                entry.occurrences = [(name, "") for name in sorted({name for name, _ in message.places})]
                formatted = placeholders(message.id + message.plural)
                entry.flags = [flag for flag in entry.flags if flag != "python-format"]
                if any(mark.startswith("%(") for mark in formatted):
                    entry.flags.append("python-format")
            if prune:
                for key, entry in entries.items():
                    if key not in found:
                        book.remove(entry)
                for entry in book.obsolete_entries():
                    book.remove(entry)
            save(book, language)
        compile_stale(LOCALE)
    print(f"{len(found)} strings in the source, noted for {', '.join(LANGUAGES)}.")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


def merge(book: polib.POFile, entries: dict, message: Message, forms: list[str]) -> str:
    """Put one translation in; returns "new", "changed" or "same"."""
    entry = entries.get(message.key)
    outcome = "new"
    if entry is None:
        entry = polib.POEntry(msgid=message.id, msgctxt=message.context)
        entries[message.key] = entry
        book.append(entry)
    elif any(forms_of(entry)):
        outcome = "same" if forms_of(entry) == forms and (entry.msgid_plural or "") == message.plural else "changed"
    entry.msgid_plural = message.plural
    if message.plural:
        entry.msgstr, entry.msgstr_plural = "", dict(enumerate(forms))
    else:
        entry.msgstr, entry.msgstr_plural = forms[0], {}
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return outcome


def apply(files: list[Path]) -> int:
    refused = 0
    counts = {"new": 0, "changed": 0, "same": 0}
    with locked():
        books = {language: load(language) for language in LANGUAGES}
        indexes = {language: index(book) for language, book in books.items()}
        for file in files:
            try:
                rows = tomllib.loads(file.read_text(encoding="utf-8")).get("message", [])
            except (OSError, tomllib.TOMLDecodeError) as error:
                print(f"{file}: {error}", file=sys.stderr)
                refused += 1
                continue
            for row in rows:
                message = Message(row.get("id", ""), row.get("plural", ""), row.get("context"))
                for language in LANGUAGES:
                    given = row.get(language)
                    if not message.id or given in (None, "", ["", ""]):
                        continue
                    forms = [given] if isinstance(given, str) else list(given)
                    if fault := wrong(message, forms):
                        print(f"{file}: {language} of {message.id!r}: {fault}", file=sys.stderr)
                        refused += 1
                        continue
                    outcome = merge(books[language], indexes[language], message, forms)
                    counts[outcome] += 1
                    if outcome == "changed":
                        print(f"changed: {language} of {message.id!r} is now {forms}")
        for language, book in books.items():
            save(book, language)
        compile_stale(LOCALE)
    print(f"{counts['new']} new, {counts['changed']} changed, {counts['same']} as before, {refused} refused.")
    return 1 if refused else 0


def quoted(text: str) -> str:
    """A TOML basic string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(letter, letter) for letter in text) + '"'


def missing(prefix: str, toml: bool) -> int:
    prefix = os.path.relpath(prefix, ROOT) if os.path.isabs(prefix) else prefix.removeprefix("./")
    found, mistakes = faults(prefix)
    if toml:
        rows: dict[tuple[str | None, str], tuple[Message, set[str]]] = {}
        for message, language, _ in found:
            rows.setdefault(message.key, (message, set()))[1].add(language)
        for message, languages in rows.values():
            print(f"[[message]]  # {message.places[0][0]}:{message.places[0][1]}\nid = {quoted(message.id)}")
            if message.context:
                print(f"context = {quoted(message.context)}")
            if message.plural:
                print(f"plural = {quoted(message.plural)}")
            empty = '["", ""]' if message.plural else '""'
            for language in sorted(languages):
                print(f"{language} = {empty}")
            print()
    else:
        for message, language, fault in found:
            print(f"{message.places[0][0]}:{message.places[0][1]}: {language}: {fault}: {message.id!r}")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    print(f"{len(found)} missing or wrong, {len(mistakes)} unreadable.", file=sys.stderr)
    return 1 if found or mistakes else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract").add_argument("--prune", action="store_true", help="drop what the source lost")
    commands.add_parser("apply").add_argument("files", nargs="+", type=Path)
    lists = commands.add_parser("missing")
    lists.add_argument("prefix", nargs="?", default="")
    lists.add_argument("--toml", action="store_true", help="as a file to fill in and apply")
    commands.add_parser("compile")
    commands.add_parser("check")
    given = parser.parse_args()
    if given.command == "extract":
        return extract(given.prune)
    if given.command == "apply":
        return apply(given.files)
    if given.command == "missing":
        return missing(given.prefix, given.toml)
    if given.command == "compile":
        with locked():
            for path in compile_stale(LOCALE):
                print(path.relative_to(ROOT))
        return 0
    return missing("", False)


if __name__ == "__main__":
    sys.exit(main())
