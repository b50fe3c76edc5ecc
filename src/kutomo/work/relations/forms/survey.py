"""What a screen of the survey sends: one radio group a partner. Read by hand, because the roster makes the names."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.utils.translation import gettext_lazy as _

from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

SALT = "relations.screen"


def answers(data: Mapping[str, str], letter: str = "s") -> tuple[dict[int, int], list[int]]:
    """Values by key, and the keys whose answer is taken back, from fields named ``s12``. Raises RuleBroken."""
    values, cleared = {}, []
    for name, said in data.items():
        key = name.removeprefix(letter)
        if key == name or not (key.isascii() and key.isdigit()):
            continue
        if said == "":
            cleared.append(int(key))
        elif len(said) == 1 and said.isascii() and said.isdigit():
            values[int(key)] = int(said)
        else:
            raise RuleBroken(_("There is no such answer."))
    return values, cleared


def stamp() -> str:
    """When a screen was shown, signed, so that the time on it can be logged without a script."""
    return signing.dumps(int(now().timestamp()), salt=SALT)


def seconds_since(stamped: str) -> float:
    """Seconds since the screen was shown; -1 when that is not known."""
    try:
        return float(now().timestamp() - signing.loads(stamped, salt=SALT, max_age=86400))
    except (signing.BadSignature, TypeError):
        return -1
