"""Keys point down, rows are named, no migration is missing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
# Rows of the log and of trails say who and where; nothing below needs them (ADR 3).
UPWARD = {("activity", "people"), ("activity", "networks"), ("things", "people"), ("things", "networks")}
# A letter may be about a network, which stands above it; the row is kept when the network goes.
UPWARD |= {("letters", "networks"), ("mail", "people"), ("mail", "networks")}


@cache
def _layers(contract: str) -> list[str]:
    """The layers of one of the import contracts, low to high: the walls that imports keep, keys keep too."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (found,) = [one["layers"] for one in told if one["id"] == contract]
    return list(reversed(found))


def _rows(storey: str) -> list[set[str]]:
    return [set(re.findall(r"\w+", row)) for row in _layers(storey)] if storey in ("core", "work", "across") else []


def _place(model) -> tuple[int, int, str]:
    """(storey, row in the storey, room) of one of our models."""
    _house, storey, room = model.__module__.split(".")[:3]
    row = next((number for number, names in enumerate(_rows(storey)) if room in names), 0)
    return _layers("storeys").index(storey), row, room


def _ours(model) -> bool:
    return model.__module__.startswith("kutomo.")


def test_foreign_keys_point_down():
    upward = []
    for model in filter(_ours, apps.get_models()):
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "related_model", None)
            if not (target and getattr(field, "concrete", False) and isinstance(target, type) and _ours(target)):
                continue
            mine, its = _place(model), _place(target)
            if mine[2] != its[2] and mine[:2] <= its[:2] and (mine[2], its[2]) not in UPWARD:
                upward.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not upward, "a key points up or sideways: " + ", ".join(upward)


@pytest.mark.django_db
def test_no_migration_is_missing():
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("models and migrations differ: run `python manage.py makemigrations`")
