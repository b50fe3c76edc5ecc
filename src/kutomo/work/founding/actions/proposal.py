"""From themes to an agreed text: sentences, consent, what changed and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_lazy as _, override

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.consent.models import Round
from kutomo.core.consent.rules import Outcome
from kutomo.ground import jobs
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotFound, RuleBroken

from .. import events
from ..models import Answer, Canvas, Sentence, StateWord, Wording
from ..models.board import Standing
from ..queries.canvas import question as find, questions
from ..queries.proposal import canvas_text, lines, proposal_text, wording as find_wording
from ..rules.canvas import State
from .canvas import LETTERS, THING, _held, _move

REVIEW_DAYS = 365


def _may_write(by: Any, canvas: Canvas) -> None:
    gate.require(by, Can.PROPOSE, canvas.network)
    canvas = _held(canvas)
    if canvas.state not in (StateWord.OPEN, StateWord.COMPARING):
        raise RuleBroken(_("The proposal is written after the reveal and before the consent round."))


@transaction.atomic
def write_sentence(
    *,
    by: Any,
    canvas: Canvas,
    question: int,
    text: str,
    sentence: int | None = None,
    answers: Sequence[str] = (),
    seen: int | None = None,
) -> Wording:
    """Write a sentence of the proposal, or a new wording of one.

    ``sentence``: which one, None for a new one at the end; ``answers``: keys of the answers behind it;
    ``seen``: the wording that the form showed. If another wording has come meanwhile, both are kept: the
    other stays in the proposal and this one stands beside it until somebody chooses.
    """
    _may_write(by, canvas)
    row = find(canvas, question)
    text = " ".join(text.split())
    if not row.is_revealed:
        raise RuleBroken(_("The proposal is written after the reveal and before the consent round."))
    if not text or len(text) > 400:
        raise RuleBroken(_("Write one sentence of at most 400 characters."), field="text")
    line, before = _line(row, sentence)
    _link(line, row, answers, is_new=before is None)
    if before is not None and before.text == text:
        return before
    is_late = before is not None and seen is not None and before.pk != seen
    if before is not None and not is_late:
        before.standing = Standing.EARLIER
        before.save(update_fields=["standing"])
    new = Wording.objects.create(
        sentence=line,
        text=text,
        by=by,
        at=now(),
        standing=Standing.BESIDE if is_late else Standing.CURRENT,
    )
    record(
        events.SENTENCE_WRITTEN,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"number": question},
    )
    return new


def _line(row: Any, pk: int | None) -> tuple[Sentence, Wording | None]:
    if pk is None:
        last = Sentence.objects.filter(question=row).aggregate(last=Max("place"))["last"]
        return Sentence.objects.create(question=row, place=(last or 0) + 1), None
    line = Sentence.objects.select_for_update().filter(question=row, pk=pk, is_dropped=False).first()
    if line is None:
        raise NotFound(_("There is no such sentence in this proposal."))
    return line, line.wordings.filter(standing=Standing.CURRENT).first()


def _link(line: Sentence, row: Any, keys: Sequence[str], *, is_new: bool) -> None:
    """Links are added by whoever writes; only one who writes the sentence alone takes them away."""
    behind = list(Answer.objects.filter(question=row, pk__in=keys))
    if len(behind) != len(set(keys)):
        raise NotFound(_("There is no such answer to this question."))
    line.answers.add(*behind)


@transaction.atomic
def choose_wording(*, by: Any, canvas: Canvas, wording: int) -> Wording:
    """Take a wording that stands beside (or an earlier one) into the proposal; the other is kept as earlier."""
    _may_write(by, canvas)
    chosen = find_wording(canvas, wording)
    line = Sentence.objects.select_for_update().get(pk=chosen.sentence_id)
    if line.is_dropped:
        raise NotFound(_("There is no such sentence in this proposal."))
    line.wordings.exclude(pk=chosen.pk).update(standing=Standing.EARLIER)
    chosen.standing = Standing.CURRENT
    chosen.save(update_fields=["standing"])
    record(
        events.WORDING_CHOSEN,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"number": chosen.sentence.question.number},
    )
    return chosen


@transaction.atomic
def drop_sentence(*, by: Any, canvas: Canvas, sentence: int) -> None:
    """Leave a sentence out; its wordings stay in the history."""
    _may_write(by, canvas)
    line = Sentence.objects.select_for_update().filter(question__canvas=canvas, pk=sentence).first()
    if line is None:
        raise NotFound(_("There is no such sentence in this proposal."))
    line.is_dropped = True
    line.save(update_fields=["is_dropped"])
    record(
        events.SENTENCE_DROPPED,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"number": line.question.number},
    )


@transaction.atomic
def propose(
    *,
    by: Any,
    canvas: Canvas,
    closes_at: datetime | None = None,
    silent_until: datetime | None = None,
    note: str = "",
) -> Round:
    """Bring the proposal to the consent round: is it good enough for twelve months?

    Whoever leads the founding may; after an objection its author may too, as a writer of the new text.
    ``note``: what has changed since the last round, and why (needed from the second round on).
    Refused while two wordings of a sentence still stand side by side, and without any sentence.
    """
    canvas = _held(canvas)
    last = rounds.latest((THING, canvas.pk))
    if last is None or by not in rounds.co_writers(last):
        gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    found = lines(questions(canvas))
    if any(line.beside for own in found.values() for line in own):
        raise RuleBroken(_("Two wordings of a sentence stand side by side. Choose one first."))
    text = canvas_text(canvas, found)
    if not text:
        raise RuleBroken(_("Write at least one sentence into the proposal."))
    _move(canvas, State.PROPOSED)
    canvas.proposed_on = today()
    canvas.save(update_fields=["state", "proposed_on"])
    record(events.CANVAS_PROPOSED, by=by, network=canvas.network, thing=(THING, canvas.pk))
    return _ask(by, canvas, last, text, note, silent_until, closes_at)


def _ask(
    by: Any,
    canvas: Canvas,
    last: Round | None,
    text: str,
    note: str,
    silent_until: datetime | None,
    closes_at: datetime | None,
) -> Round:
    if last is not None:
        return consent.reopen(by=by, round=last, text=text, note=note, silent_until=silent_until, closes_at=closes_at)
    with override(canvas.language):
        title = gettext("Founding canvas, version %(number)s") % {"number": canvas.number}
    return consent.open(
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        title=title,
        text=text,
        silent_until=silent_until,
        closes_at=closes_at,
        language=canvas.language,
    )


def _ended(by: Any, canvas: Canvas, last: Round) -> Outcome:
    """How the round ended; it ends now when every voice is in. Refused while one is missing and there is time."""
    last.network = canvas.network
    return consent.close(by=by, round=last) if last.is_open else rounds.outcome(last)


@transaction.atomic
def rework(*, by: Any, canvas: Canvas) -> Canvas:
    """Write the proposal again after a round that did not agree. Those who objected are co-writers.

    Who leads may end a round in which every voice is in; before that it runs to its last day.
    """
    canvas = _held(canvas)
    last = rounds.latest((THING, canvas.pk))
    if last is None or by not in rounds.co_writers(last):
        gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    if last is not None and _ended(by, canvas, last).adopted:
        raise RuleBroken(_("The text has been agreed."))
    _move(canvas, State.COMPARING)
    canvas.save(update_fields=["state"])
    record(events.CANVAS_REWORKED, by=by, network=canvas.network, thing=(THING, canvas.pk))
    return canvas


@transaction.atomic
def agree(*, by: Any, canvas: Canvas, what_changed: str, review_on: date | None = None) -> Canvas:
    """Write the adopted proposal down as agreed. A round in which every voice is in ends with this.

    ``what_changed``: what changed from the draft, and why; all see it. ``review_on``: twelve months on if
    None. The version before it is replaced.
    """
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    last = rounds.latest((THING, canvas.pk))
    if last is None or not _ended(by, canvas, last).adopted:
        raise RuleBroken(_("The consent round has not agreed on this text yet."))
    if not what_changed.strip():
        raise RuleBroken(_("Say what changed from the draft, and why."), field="what_changed")
    review_on = review_on or today() + timedelta(days=REVIEW_DAYS)
    if review_on <= today():
        raise RuleBroken(_("Choose a review day in the future."), field="review_on")
    _supersede(canvas)
    _move(canvas, State.AGREED)
    canvas.agreed_on, canvas.review_on = today(), review_on
    canvas.text, canvas.what_changed = last.text, what_changed.strip()
    canvas.save()
    _write_down(canvas, last.text)
    record(
        events.CANVAS_AGREED,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"day": f"{review_on.day}.{review_on.month}.{review_on.year}"},
    )
    jobs.later(LETTERS, canvas.pk, "agreed")
    return canvas


def _supersede(canvas: Canvas) -> None:
    old = Canvas.objects.select_for_update().filter(network=canvas.network, state=StateWord.AGREED).first()
    if old is not None:
        _move(old, State.SUPERSEDED)
        old.save(update_fields=["state"])


def _write_down(canvas: Canvas, text: str) -> None:
    """The agreed text question by question, when the round agreed on the sentences as they stand.

    A text that was mended in the consent room itself is kept whole on the canvas instead.
    """
    rows = questions(canvas)
    found = lines(rows)
    if canvas_text(canvas, found) != text:
        return
    for row in rows:
        row.agreed = proposal_text(found[row.number])
        row.save(update_fields=["agreed"])
