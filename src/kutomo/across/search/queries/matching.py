"""Entries that match, newest first: the same question in the words of FTS5 and of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from ..rules import Word


def matching(
    words: Sequence[Word], scopes: Sequence[frozenset[str]], *, in_title: bool, most: int
) -> list[tuple[str, int]]:
    """Kind and key of at most ``most`` things that answer every word and lie in every scope, newest entry first.

    ``scopes``: sets of tokens (networks, kinds), of each of which an entry has one; ``in_title``: words are looked
    for in titles only.
    """
    ask = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    sentence, given = ask(words, scopes, "title" if in_title else "body")
    with connection.cursor() as cursor:
        cursor.execute(sentence, [*given, most])
        return [(kind, thing) for kind, thing in cursor.fetchall()]


def _on_sqlite(words: Sequence[Word], scopes: Sequence[frozenset[str]], column: str) -> tuple[str, list[str]]:
    groups = [f"body : ({' OR '.join(map(_quoted, sorted(scope)))})" for scope in scopes]
    for word in words:
        terms = [*map(_quoted, sorted(word.terms)), *(f"{_quoted(start)} *" for start in sorted(word.beginnings))]
        groups.append(f"{column} : ({' OR '.join(terms)})")
    sentence = (
        "SELECT entry.kind, entry.thing FROM (SELECT rowid AS pk FROM search_terms WHERE search_terms MATCH %s "
        "ORDER BY rowid DESC LIMIT %s) AS hit JOIN search_entry AS entry ON entry.id = hit.pk ORDER BY entry.id DESC"
    )
    return sentence, [" AND ".join(groups)]


def _quoted(term: str) -> str:
    return f'"{term}"'  # tokens hold letters, digits and low lines only


def _on_postgresql(words: Sequence[Word], scopes: Sequence[frozenset[str]], column: str) -> tuple[str, list[str]]:
    where = " & ".join(_any(f"'{token}'" for token in sorted(scope)) for scope in scopes)
    asked = []
    for word in words:
        terms = [f"'{term}'" for term in sorted(word.terms)] + [f"'{start}':*" for start in sorted(word.beginnings)]
        asked.append(_any(terms))
    sentence = (
        f"SELECT kind, thing FROM search_entry WHERE body @@ %s::tsquery AND {column} @@ %s::tsquery "
        "ORDER BY id DESC LIMIT %s"
    )
    return sentence, [where, " & ".join(asked)]


def _any(tokens: Iterable[str]) -> str:
    return f"({' | '.join(tokens)})"
