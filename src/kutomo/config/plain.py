"""Translated words for the command line, before Django is loaded (a command must answer at once)."""

import gettext as standard
import os
import sys
from functools import cache

from .env import locale_folder


def language() -> str:
    """The terminal's: Finnish, Swedish, else the source's English."""
    wish = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return wish[:2] if wish[:2] in ("fi", "sv") else "en"


@cache
def _catalogue() -> standard.NullTranslations:
    return standard.translation("django", locale_folder(), languages=[language()], fallback=True)


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
