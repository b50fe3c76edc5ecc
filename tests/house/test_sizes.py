"""Small enough to be read at one sitting. What outgrows becomes a folder cut by noun, or two rooms."""

from __future__ import annotations

from .source import HOUSE, ROOT, code_lines, functions, length, modules, of_kind, rooms, short, templates

FUNCTION, FILE, VIEW, TEMPLATE, ROOM, README = 60, 600, 40, 200, 3500, 60


def _lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_functions():
    long = [
        f"{short(p)}:{f.lineno} {f.name} {length(f)}" for p in modules() for f in functions(p) if length(f) > FUNCTION
    ]
    assert not long, f"over {FUNCTION} lines:\n" + "\n".join(long)


def test_views():
    long = [
        f"{short(p)}:{f.lineno} {f.name} {length(f)}"
        for p in of_kind("views")
        for f in functions(p)
        if length(f) > VIEW
    ]
    assert not long, f"over {VIEW} lines:\n" + "\n".join(long)


def test_files():
    long = [f"{short(path)} {_lines(path)}" for path in modules() if _lines(path) > FILE]
    assert not long, f"over {FILE} lines:\n" + "\n".join(long)


def test_templates():
    long = [f"{short(path)} {_lines(path)}" for path in templates() if _lines(path) > TEMPLATE]
    assert not long, f"over {TEMPLATE} lines:\n" + "\n".join(long)


def test_rooms():
    big = []
    for room in rooms():
        lines = sum(code_lines(path) for path in modules() if path.is_relative_to(room))
        if lines > ROOM:
            big.append(f"{room.relative_to(HOUSE)} {lines}")
    assert not big, f"over {ROOM} lines of code: {', '.join(big)}"


def test_the_front_door_is_short():
    assert _lines(ROOT / "README.md") <= README
    assert _lines(ROOT / "CONTRIBUTING.md") <= 80
