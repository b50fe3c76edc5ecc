"""What a phone shows, and the very cheap answer to its question "is there anything new?"

The part of the page that is the same for all phones is drawn once a version and language and kept in the
process; only pairs and promises are drawn for each. Also called in front of Django (config/front.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import translation

from kutomo.ground.clock import now

from .. import queries
from ..models import Meeting, Participant
from ..queries.live import Stand
from ..rules import agenda, kinds
from ..rules.kinds import Kind
from .host import results

SALT = "meetings.live"
OWN = "<!--own-->"
KEPT = 64
"""Drawn parts kept in one process."""

_drawn: dict[tuple[int, str, str], str] = {}


def cookie(code: str) -> str:
    """The name of the cookie that holds this phone's place in the meeting with that code."""
    return f"live-{code}"


def signed(code: str, uid: str) -> str:
    """The value of that cookie."""
    return signing.Signer(salt=SALT + code).sign(uid)


def uid_in(cookies: Mapping[str, str], code: str) -> str:
    """The participant's secret from the phone's cookie; empty when there is none or it is forged."""
    value = cookies.get(cookie(code), "")
    try:
        return signing.Signer(salt=SALT + code).unsign(value) if value else ""
    except signing.BadSignature:
        return ""


def whole(text: str | None) -> int:
    """A whole number from a form's field; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def context(meeting: Meeting, participant: Participant | None, language: str) -> dict[str, Any]:
    """Everything that a phone's page shows of the step where the meeting stands."""
    step = meeting.step if meeting.is_open else None
    own = queries.own(participant, step) if participant else queries.Own()
    found: dict[str, Any] = {
        "network": meeting.network,
        "meeting": meeting,
        "step": step,
        "participant": participant,
        "own": own,
        "now": now(),
        "pulse": queries.pulse(meeting, language) if meeting.is_closed else [],
    }
    return found | (_of_step(meeting, step, language) if step else {"closing": queries.word_list(meeting)})


def _of_step(meeting: Meeting, step: Any, language: str) -> dict[str, Any]:
    words = step.words(language)
    rows = queries.steps(meeting)
    is_shown = queries.is_shown(step)
    found: dict[str, Any] = {
        "words": words,
        "number": [row.pk for row in rows].index(step.pk) + 1,
        "total": len(rows),
        "asks": kinds.is_asking(step.kind),
        "is_shown": is_shown and step.is_revealed,
        "seconds": agenda.seconds_left(meeting.timer_ends_at, meeting.timer_held, now()),
        "prompt": words.prompts[step.round_no - 1] if 0 < step.round_no <= len(words.prompts) else "",
        "fields": queries.fields(step, language),
    }
    if step.kind == Kind.PROMISES:
        found["people"] = queries.people_in(meeting)
    if step.is_revealed:
        found["answers"] = queries.shown_answers(step, language)
    found |= queries.table(step, meeting.network)
    return found | results(step, found["is_shown"], language)


@dataclass
class Beat:
    """The answer to one question of a phone."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def beat(stand: Stand | None, code: str, version: str, language: str, uid: str) -> Beat:
    """204 when the phone shows ``version`` already; else the new part.

    404 for a code that never was and for a phone that is not in: whoever guesses codes learns nothing here.
    """
    if stand is None or not uid:
        return Beat(404)
    if version == stand.version:
        return Beat(204, headers={"Cache-Control": "no-store"})
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        body = part(stand, code, language, uid)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "X-Version": stand.version,
        "X-Now": str(round(now().timestamp() * 1000)),
        "X-Over": "" if stand.is_open else "1",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Beat(200, body.encode(), headers)


def part(stand: Stand, code: str, language: str, uid: str) -> str:
    """The phone's part: what is common, with the phone's own lines in their place."""
    key = (stand.meeting, stand.version, language)
    drawn = _drawn.get(key)
    if drawn is None:
        common = context(queries.standing(code), None, language)
        drawn = render_to_string("meetings/phone_part.html", common | {"is_common": True})
        while len(_drawn) >= KEPT:
            _drawn.pop(next(iter(_drawn)), None)
        _drawn[key] = drawn
    if OWN not in drawn:
        return drawn
    participant = queries.participant_of(stand.meeting, uid)
    mine = ""
    if participant is not None:
        meeting = queries.standing(code)
        own = {"own": queries.own(participant, meeting.step), "meeting": meeting, "step": meeting.step}
        mine = render_to_string("meetings/phone_own.html", own)
    return drawn.replace(OWN, mine)
