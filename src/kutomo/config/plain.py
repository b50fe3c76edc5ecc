"""Translated words for the command line, before Django is loaded (a command must answer at once)."""

import gettext as standard
import os
import sys
from functools import cache

from .env import locale_folder


@cache
def _catalogue() -> standard.NullTranslations:
    """Of the terminal's language: Finnish, Swedish, else the source's English."""
    wish = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return standard.translation("django", locale_folder(), languages=[wish[:2] or "en"], fallback=True)


def gettext(text: str) -> str:
    """``text`` in the terminal's language."""
    return _catalogue().gettext(text)


def say(words: str) -> None:
    """A line for the one who sits at the terminal."""
    print(words, flush=True)


def stop(words: str, status: int = 1) -> None:
    """End the command with a sentence that says what to do."""
    print(words, file=sys.stderr, flush=True)
    sys.exit(status)
