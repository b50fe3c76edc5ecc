"""The form profile: asked in rounds, answered without a name, read once at closing."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import today
from kutomo.ground.errors import RuleBroken

from . import events
from .models import BOX, OneView, ProfileAnswer, ProfileRound, ProfileTurn
from .queries import Read, latest, open_round, read
from .rules import form

ROUND_DAYS = 14


@transaction.atomic
def open(*, by: Any, network: Network, closes_on: date | None = None, fewest: int = 5) -> ProfileRound:
    """Ask all members for their view. ``closes_on``: two weeks on if None; ``fewest``: 5-8, see A8."""
    gate.require(by, Can.LEAD_FOUNDING, network)
    if open_round(network) is not None:
        raise RuleBroken(_("The form profile is being asked already."))
    closes_on = closes_on or today() + timedelta(days=ROUND_DAYS)
    if closes_on < today():
        raise RuleBroken(_("Choose a day that has not passed."), field="closes_on")
    row = ProfileRound.objects.create(
        network=network,
        number=ProfileRound.objects.filter(network=network).count() + 1,
        opened_by=by,
        opened_on=today(),
        closes_on=closes_on,
        fewest=min(max(fewest, form.FEWEST_PEOPLE), 8),
    )
    turns = [ProfileTurn(round=row, respondent=f"person:{person.pk}") for person in networks.members(network)]
    random.SystemRandom().shuffle(turns)
    ProfileTurn.objects.bulk_create(turns)
    record(events.PROFILE_OPENED, by=by, network=network, thing=("profiles.round", row.pk))
    return row


@transaction.atomic
def answer(
    *,
    by: Respondent,
    round: ProfileRound,
    now: Mapping[str, int],
    wanted: Mapping[str, int],
    code: str = "",
) -> bool:
    """Give one's seven readings, now and wanted. They are stored without a name, so they cannot be changed.

    ``code``: a device's random code makes a repeated sending harmless. Returns whether it was new.
    Raises RuleBroken when the round is closed, a reading is missing, or the respondent has answered.
    """
    if by.person is not None:
        gate.require(by.person, Can.ANSWER, round.network)
    if not form.is_whole(now) or not form.is_whole(wanted):
        raise RuleBroken(_("Choose one step for each of the seven, now and wanted."))
    row = ProfileRound.objects.select_for_update().get(pk=round.pk)
    key = BOX.name(row.pk, code or secrets.token_urlsafe(16))
    if ProfileAnswer.objects.filter(pk=key).exists():
        return False
    if not row.is_open:
        raise RuleBroken(_("The round has been closed. The result stands on its page."))
    turn, _made = ProfileTurn.objects.get_or_create(round=row, respondent=by.key)
    if turn.has_answered:
        raise RuleBroken(_("You have answered already. Nobody can tell which answer is yours, so it stays."))
    turn.has_answered = True
    turn.save(update_fields=["has_answered"])
    ProfileAnswer.objects.create(key=key, round=row, body=BOX.close({"now": dict(now), "wanted": dict(wanted)}))
    return True


@transaction.atomic
def close(*, by: Any, round: ProfileRound) -> Read | None:
    """Close the round and compute its result once; all see it at the same time. ``by`` None: the clock.

    A late answer changes nothing any more. Closing twice gives the same result.
    """
    if by is not None:
        gate.require(by, Can.LEAD_FOUNDING, round.network)
    row = ProfileRound.objects.select_for_update().get(pk=round.pk)
    row.network = round.network
    if not row.is_open:
        return read(row)
    if by is None and row.closes_on >= today():
        raise RuleBroken(_("There is still time to answer."))
    found = _result(row)
    row.result = asdict(found)
    row.closed_on = today()
    row.save(update_fields=["result", "closed_on"])
    _shuffle(row)
    record(events.PROFILE_CLOSED, by=by, network=row.network, thing=("profiles.round", row.pk))
    return found


def _result(row: ProfileRound) -> Read:
    """What may be shown of this round, and nothing finer: the exact figures are not kept in the result."""
    answers = [answer.readings() for answer in row.answers.all()]
    all_now, all_wanted = [now for now, _wanted in answers], [wanted for _now, wanted in answers]
    turns = list(row.turns.all())
    spoken = {turn.respondent for turn in turns if turn.has_answered}
    seats = networks.seats(row.network)
    organisations = sum(any(f"person:{r.person_id}" in spoken for r in s.representations.all()) for s in seats)
    how = form.shown(len(answers), organisations, fewest=row.fewest)
    now, wanted = form.middle(all_now), form.middle(all_wanted)
    if how is form.Shown.NOTHING or now is None or wanted is None:
        return Read(how=form.Shown.NOTHING, now=None, wanted=None, answered=len(answers), invited=len(turns))
    best_now, best_wanted = form.match(now), form.match(wanted)
    before = latest(row.network)
    earlier = read(before) if before else None
    return Read(
        how=how,
        now=form.coarse(now, how),
        wanted=form.coarse(wanted, how),
        best_now=best_now.nearest if best_now else (),
        best_wanted=best_wanted.nearest if best_wanted else (),
        gap=form.gap(now, wanted),
        disagreements=form.disagreements(all_now),
        answered=len(answers),
        invited=len(turns),
        has_drifted=bool(earlier and earlier.now and form.has_drifted(earlier.now, now)),
        goal_spread=_goal_spread(all_now),
    )


def _goal_spread(answers: list[dict[str, int]]) -> float | None:
    """Roughly how far apart the answers lie on the goal: 0, 1 or 2 (two or more), no finer."""
    if len(answers) < form.FEWEST_PEOPLE:
        return None
    return float(min(2, int(form.spread(answers, "G"))))


def _shuffle(row: ProfileRound, *, keep_keys: bool = False) -> None:
    """Write both tables anew, each in an order of its own, so that none tells of the other."""
    turns, answers = list(row.turns.all()), list(row.answers.all())
    row.turns.all().delete()
    row.answers.all().delete()
    dice = random.SystemRandom()
    dice.shuffle(turns)
    dice.shuffle(answers)
    ProfileTurn.objects.bulk_create(
        ProfileTurn(round=row, respondent=turn.respondent, has_answered=turn.has_answered) for turn in turns
    )
    for answer in answers:
        now, wanted = answer.readings()
        answer.key = answer.key if keep_keys else secrets.token_hex(32)
        answer.body = BOX.close({"now": now, "wanted": wanted})
    ProfileAnswer.objects.bulk_create(answers)


@transaction.atomic
def mix(*, round: ProfileRound) -> None:
    """Lay who and what of an open round anew in shuffled order (ADR 22). No gate, no line: nothing changes."""
    row = ProfileRound.objects.select_for_update().get(pk=round.pk)
    if row.is_open and row.answers.exists():
        _shuffle(row, keep_keys=True)


@transaction.atomic
def give_view(
    *, by: Any, network: Network, now: Mapping[str, int], wanted: Mapping[str, int], is_shared: bool = False
) -> OneView:
    """Keep one's own view, for example the leader's while drafting. Shown to others only if ``is_shared``."""
    gate.require(by, Can.ANSWER, network)
    if not form.is_whole(now) or not form.is_whole(wanted):
        raise RuleBroken(_("Choose one step for each of the seven, now and wanted."))
    view, _made = OneView.objects.update_or_create(
        network=network,
        person=by,
        defaults={
            "now": dict(now),
            "wanted": dict(wanted),
            "is_shared": is_shared,
            "given_on": today(),
        },
    )
    if is_shared:
        record(events.VIEW_SHARED, by=by, network=network)
    return view


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: the own view goes, and an open round no longer waits for ``by``."""
    own = Respondent.of(by).key
    ProfileTurn.objects.filter(respondent=own, has_answered=False, round__closed_on=None).delete()
    OneView.objects.filter(person=by).delete()
    ProfileRound.objects.filter(opened_by=by).update(opened_by=None)


@transaction.atomic
def erase_raw(*, limit: date) -> int:
    """The clock: erase the readings of rounds closed on ``limit`` or before, and who answered; the result stays.

    Returns how many readings went.
    """
    over = ProfileRound.objects.filter(closed_on__lte=limit)
    ProfileTurn.objects.filter(round__in=over).delete()
    erased, _rows = ProfileAnswer.objects.filter(round__in=over).delete()
    return erased
