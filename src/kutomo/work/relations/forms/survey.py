"""What a screen of the survey sends: one radio group a partner. Read by hand, because the roster makes the names."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.utils.translation import gettext_lazy as _

from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

SALT = "relations.screen"


def answers(data: Mapping[str, str]) -> dict[int, int | None]:
    """Values by key from fields named ``s12``; None where the answer is taken back. Raises RuleBroken."""
    values: dict[int, int | None] = {}
    for name, said in data.items():
        key = name.removeprefix("s")
        if key == name or not (key.isascii() and key.isdigit() and len(key) < 19):
            continue
        if len(said) > 1 or not (said == "" or (said.isascii() and said.isdigit())):
            raise RuleBroken(_("There is no such answer."))
        values[int(key)] = int(said) if said else None
    return values


def stamp() -> str:
    """When a screen was shown, signed, so that the time on it can be logged without a script."""
    return signing.dumps(int(now().timestamp()), salt=SALT)


def seconds_since(stamped: str) -> float:
    """Seconds since the screen was shown; -1 when that is not known."""
    try:
        return float(now().timestamp() - signing.loads(stamped, salt=SALT, max_age=86400))
    except (signing.BadSignature, TypeError):
        return -1
