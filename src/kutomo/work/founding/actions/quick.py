"""The quick door for a live meeting: two statements an answer, with the same rules as ``answer``.

Two hundred phones press "send" in one second. The meeting has let them in and has read the question once for
all that are written in the same transaction.
"""

from __future__ import annotations

import uuid

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kutomo.core.access.respondents import Respondent
from kutomo.ground.commit import shared
from kutomo.ground.errors import RuleBroken

from ..models import Answer, Question, Sealed, Turn, TurnState, name_of, shut
from ..rules import claims
from ..rules.canvas import MOST_ANSWERS
from .answers import _code, _words

_SEALED = (
    f"INSERT INTO {Sealed._meta.db_table} (key, question_id, body) SELECT %s, %s, %s"
    f" WHERE NOT EXISTS (SELECT 1 FROM {Answer._meta.db_table} WHERE key = %s) ON CONFLICT (key) DO NOTHING"
)
_TURN = (
    f"INSERT INTO {Turn._meta.db_table} (id, question_id, respondent, state, sent) VALUES (%s, %s, %s, %s, 1)"
    " ON CONFLICT (question_id, respondent) DO UPDATE SET state = excluded.state,"
    f" sent = {Turn._meta.db_table}.sent + 1 WHERE {Turn._meta.db_table}.sent < {MOST_ANSWERS}"
)


def answer_quickly(*, by: Respondent, question: Question, text: str, code: str, language: str) -> None:
    """Answer ``question`` (read, with its canvas, in the transaction that is open) without a name.

    The same ``code`` again stores nothing. Raises RuleBroken when closed, empty, too long, or for a fourth
    answer; the caller's savepoint then takes the answer back.
    """
    text, code = _words(text), _code(code)
    _hold(question)
    if question.is_revealed:
        raise RuleBroken(_("This question has been closed: the answers are open to all."))
    if not question.canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))
    key, name = claims.key_of(code), name_of(code)
    answer = Answer(
        key=key,
        question=question,
        voice=claims.voice_of(question.canvas_id, question.number, code),
        text=text,
        language=language,
    )
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [name, question.pk, shut(answer), key])
        if not cursor.rowcount:
            cursor.execute(f"SELECT question_id FROM {Sealed._meta.db_table} WHERE key = %s", [name])
            if cursor.fetchone() != (question.pk,):
                raise RuleBroken(_("This claim code belongs to another answer."), field="code")
            return
        cursor.execute(_TURN, [uuid.uuid4().hex, question.pk, by.key, TurnState.ANSWERED.value])
        if not cursor.rowcount:
            raise RuleBroken(_("You have given three answers to this question. Change one of them instead."))


def _hold(question: Question) -> None:
    """Keep the reveal waiting until this transaction's commit: once for all answers that it carries.

    On SQLite there is nothing to do: its one writer keeps answers and the reveal apart.
    """
    if connection.vendor != "postgresql":
        return
    known, held = shared(), ("founding.held", question.pk)
    if held not in known:
        question.hold()
        question.refresh_from_db(fields=["revealed_on"])
        known[held] = question.revealed_on
    question.revealed_on = known[held]
