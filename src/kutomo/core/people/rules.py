"""What is true of people without a database, and what the rooms above keep about a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
WINDOW = timedelta(minutes=15)
# What one may try in a window. A hall of colleagues behind one address of the net must get in.
CODES_AN_ADDRESS = 5
TRIES_AN_ADDRESS = 10
CODES_A_CLIENT = 100
TRIES_A_CLIENT = 300


def digits_of(typed: str) -> str:
    """The code as it was meant: pasted with spaces, dashes, or with words round it."""
    groups = re.findall(r"[0-9](?:[\s\u00a0-]?[0-9])*", typed)
    full = [plain for group in groups if len(plain := re.sub(r"\D", "", group)) == CODE_DIGITS]
    return full[0] if len(full) == 1 else re.sub(r"\D", "", typed)


def missing_digits(code: str) -> int:
    """How many digits lack (negative: too many)."""
    return CODE_DIGITS - len(code)


@dataclass(frozen=True)
class Belonging:
    """What a room keeps about a person. Every room with a key to Person has one (the house tests look).

    ``name``: "room.noun", the file's name in the person's own export; ``label``: what it is, in words;
    ``export``: all rows of this person as plain values; ``leave``: what happens to them when the account goes
    (same transaction): hand over, release, erase; ``stays``: a whole sentence about what stays, or "".
    """

    name: str
    label: Any
    export: Callable[[Any], list[dict[str, Any]]]
    leave: Callable[[Any], None] = lambda person: None
    stays: Any = ""


BELONGINGS: dict[str, Belonging] = {}


def belonging(one: Belonging) -> Belonging:
    """Enter what a room keeps about people; call it where the room is loaded (things.py or actions.py)."""
    BELONGINGS[one.name] = one
    return one


BROWSERS = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")]  # fmt: skip


def device_of(user_agent: str) -> str:
    """ "Firefox, Windows" out of what a browser says about itself; empty when it says nothing known."""
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)
