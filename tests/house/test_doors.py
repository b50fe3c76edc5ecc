"""Who may touch what: writes go through actions, reads through queries, pages through both."""

from __future__ import annotations

import ast

import pytest

from .source import HOUSE, functions, modules, of_kind, rooms, short, tree

FILES = {
    "__init__", "rules", "events", "models", "queries", "actions", "forms", "tasks", "things", "demo", "views", "urls",
    "apps", "outside", "templates", "static", "content", "migrations", "tests", "templatetags", "middleware",
}  # fmt: skip
OPEN_MODELS = {"models", "queries", "actions", "tasks", "demo", "things", "migrations"}
WRITES = {"save", "delete", "bulk_create", "update_or_create", "get_or_create"}
BANNED_NAMES = {"utils", "helpers", "common", "base", "misc", "services", "managers"}
# Files that are in a room for a reason of their own; each needs a line here that says why.
OWN_FILES = {
    "core/access": {"gate", "respondents"},  # the gate itself, and who answers without an account
    "core/activity": {"kinds"},  # what a kind of event is
    "core/things": {"register"},  # what a kind of thing is
    "core/people": {"adapters", "backends", "signals_of_allauth", "allauth"},  # the sign-in library asks for them
}


def _kind(path) -> str:
    """The file's name in its room: "views" for views.py and for everything in the folder views."""
    parts = path.relative_to(HOUSE).parts
    return parts[2].removesuffix(".py") if len(parts) > 2 else ""


def test_rooms_have_only_the_known_files():
    strange = []
    for room in rooms():
        own = OWN_FILES.get(str(room.relative_to(HOUSE)), set())
        for entry in room.iterdir():
            name = entry.name.removesuffix(".py")
            if entry.name != "__pycache__" and name not in FILES | own:
                strange.append(short(entry))
    assert not strange, "a new file name in rooms needs an ADR: " + ", ".join(strange)


def test_no_file_without_a_subject():
    assert not [short(path) for path in modules() if path.stem in BANNED_NAMES]


def test_every_room_says_what_it_is_for():
    silent = [
        short(room) for room in rooms() if len((ast.get_docstring(tree(room / "__init__.py")) or "").split("\n")) < 3
    ]
    assert not silent, "say in __init__.py what the room is for and what it never does: " + ", ".join(silent)


def test_rows_are_opened_only_by_models_queries_and_actions():
    opened = []
    for path in modules():
        parts = path.relative_to(HOUSE).parts
        if parts[0] not in ("core", "work", "across") or _kind(path) in OPEN_MODELS:
            continue
        empty = {  # a field for choosing rows begins with none
            node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "none"
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager") and node not in empty:
                opened.append(f"{short(path)}:{node.lineno}")
    assert not opened, "ask queries or actions instead of .objects: " + ", ".join(opened)


def test_views_write_nothing_and_catch_nothing():
    faults = []
    for path in of_kind("views"):
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in WRITES:
                faults.append(f"{short(path)}:{node.lineno}: .{called.attr}()")
        for view in functions(path):
            if view.args.args and view.args.args[0].arg == "request":
                for node in ast.walk(view):
                    if isinstance(node, ast.Try):
                        faults.append(f"{short(path)}:{node.lineno}: try (the middleware turns refusals into pages)")
    assert not faults, "\n".join(faults)


def test_forms_keep_nothing():
    faults = []
    for path in of_kind("forms"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save":
                faults.append(f"{short(path)}:{node.lineno}: .save()")
    assert not faults, "\n".join(faults)


def _is_deed(node: ast.FunctionDef) -> bool:
    """A public function of actions that opens a transaction or writes a line of the log."""
    if node.name.startswith("_"):
        return False
    if any("atomic" in ast.unparse(mark) for mark in node.decorator_list):
        return True
    calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return any(ast.unparse(called) in ("record", "activity.record", "transaction.atomic") for called in calls)


def _deeds():
    for path in of_kind("actions"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and _is_deed(node):
                yield path, node


# Deeds without a doer among the people; each with the reason.
WITHOUT_DOER: dict[str, str] = {
    "letters.send": "the house writes; the letter says on whose behalf",
    "people.make": "a code is asked for by somebody who is not signed in",
    "people.check": "the same",
    "people.meet": "finds the person behind an address",
    "meetings.join": "somebody without an account comes in with the meeting's code",
    "meetings.enter": "the same",
    "networks.forget_past": "the clock keeps the promised times (methods § A14)",
    "founding.erase_raw": "the same",
    "meetings.erase_raw": "the same",
    "profiles.erase_raw": "the same",
    "notices.forget_old": "the clock erases what has come back by itself",
    "founding.mix": "the clock takes the order of storing away while answers are open (ADR 22)",
    "meetings.mix": "the same",
    "profiles.mix": "the same",
}


def test_deeds_are_keyword_only_and_name_the_doer():
    faults = []
    for path, node in _deeds():
        room = path.relative_to(HOUSE).parts[1]
        names = [argument.arg for argument in node.args.kwonlyargs]
        positional = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
        if f"{room}.{node.name}" in WITHOUT_DOER or room == "activity":
            continue
        if positional:
            faults.append(f"{short(path)}:{node.lineno}: {node.name}({', '.join(positional)}, ...) is not keyword-only")
        elif "by" not in names:
            faults.append(f"{short(path)}:{node.lineno}: {node.name}() does not say by whom")
        elif names[0] != "by":
            faults.append(f"{short(path)}:{node.lineno}: {node.name}(): by= comes first")
    assert not faults, "\n".join(faults)


def test_deeds_say_what_they_do_and_what_they_take():
    faults = []
    for path, node in _deeds():
        if not ast.get_docstring(node):
            faults.append(f"{short(path)}:{node.lineno}: {node.name}() has no docstring")
        bare = [argument.arg for argument in node.args.kwonlyargs if argument.annotation is None]
        if bare or node.returns is None:
            faults.append(
                f"{short(path)}:{node.lineno}: {node.name}() lacks types: {', '.join(bare) or 'of the result'}"
            )
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("kind", ["queries", "rules"])
def test_queries_and_rules_have_types(kind: str):
    faults = []
    for path in of_kind(kind):
        for node in functions(path):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [one.arg for one in arguments if one.annotation is None and one.arg not in ("self", "cls")]
            if bare or (node.returns is None and node.name != "__init__"):
                faults.append(f"{short(path)}:{node.lineno}: {node.name}()")
    assert not faults, "\n".join(faults)
