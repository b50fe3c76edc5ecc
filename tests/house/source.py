"""Reads the house's own source for the tests of its walls."""

from __future__ import annotations

import ast
import io
import tokenize
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "kutomo"
ROOM_STOREYS = ("core", "work", "across")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def modules() -> list[Path]:
    """Every Python file of the product, without migrations and tests."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).parts
        if "migrations" not in parts and "tests" not in parts:
            found.append(path)
    return found


@cache
def code_lines(path: Path) -> int:
    """Lines of code: without blank lines, comments and docstrings, which a room is never too big for (ADR 16)."""
    source, told = path.read_text(encoding="utf-8"), set()
    for node in ast.walk(tree(path)):
        first = getattr(node, "body", None)
        if isinstance(node, DOCUMENTED) and first and isinstance(first[0], ast.Expr):
            value = first[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                told |= set(range(first[0].lineno, (first[0].end_lineno or 0) + 1))
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SILENT:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - told)


@cache
def rooms() -> list[Path]:
    """The folders that are rooms."""
    return sorted(
        folder
        for storey in ROOM_STOREYS
        for folder in (HOUSE / storey).iterdir()
        if folder.is_dir() and (folder / "__init__.py").exists()
    )


def of_kind(kind: str) -> list[Path]:
    """The files of that name in all rooms: ``actions.py``, or those of the folder ``actions``."""
    found = []
    for room in rooms():
        if (room / f"{kind}.py").exists():
            found.append(room / f"{kind}.py")
        found += sorted((room / kind).rglob("*.py")) if (room / kind).is_dir() else []
    return found


@cache
def templates() -> list[Path]:
    """Every template; letters (Markdown) too."""
    return sorted(
        path
        for path in HOUSE.rglob("templates/**/*")
        if path.is_file() and path.suffix in {".html", ".md", ".txt", ".svg"}
    )


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1
