"""After the asking: what was decided and why, published, and looked at again when its day comes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks import queries as networks
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import RuleBroken

from .. import events, queries, rules
from ..models import Decision, Verdict
from ..rules import Deed, Lack, State
from .held import held, moved, running, tell
from .letters import write_to, write_to_all
from .proposals import check_seen

LACKS = {
    Lack.OUTCOME: _("Write what was decided."),
    Lack.WHY: _("Write why: a decision without a reason is not published."),
    Lack.REVIEW: _("Choose the day when it is looked at again."),
    Lack.SUMMARY: _("A summary is missing in a working language of the network."),
}


@transaction.atomic
def write(
    *,
    by: Person,
    decision: Decision,
    seen: int,
    outcome: str,
    why: str,
    not_chosen: str = "",
    review_on: date | None = None,
    summaries: dict[str, dict[str, str]] | None = None,
) -> Decision:
    """Write what was decided; it may stay unfinished and is seen as such until it is published.

    ``why``: the reasons, with answers to what was objected; ``not_chosen``: what was not chosen, and why;
    ``review_on``: when to look again; ``summaries``: {"sv": {"title", "text"}} in the network's other languages;
    ``seen``: the revision that the form showed, so that two do not overwrite each other.
    """
    decision = held(decision, Deed.WRITE)
    running(by, decision)
    check_seen(decision, seen)
    for field, words in (("outcome", outcome), ("why", why), ("not_chosen", not_chosen)):
        if len(words.strip()) > rules.LONGEST:
            most = {"most": rules.LONGEST}
            raise RuleBroken(_("Say it in at most %(most)s characters."), field=field, params=most)
    if review_on is not None and review_on <= today():
        raise RuleBroken(_("Choose a day ahead."), field="review_on")
    decision.outcome, decision.why, decision.not_chosen = outcome.strip(), why.strip(), not_chosen.strip()
    decision.review_on = review_on
    decision.summaries = {
        code: {"title": row["title"].strip()[:160], "text": row["text"].strip()[: rules.LONGEST]}
        for code, row in (summaries or {}).items()
        if row["title"].strip() or row["text"].strip()
    }
    moved(decision, "outcome", "why", "not_chosen", "review_on", "summaries")
    tell(by=by, kind=events.OUTCOME_WRITTEN, decision=decision)
    return decision


@transaction.atomic
def publish(*, by: Person, decision: Decision, seen: int) -> Decision:
    """Make the outcome known to all, with its why and in every working language.

    Raises RuleBroken while a reason, a review day or a summary is missing, or when somebody else was faster.
    """
    decision = held(decision, Deed.PUBLISH)
    running(by, decision)
    check_seen(decision, seen)
    for lack, _code in queries.lacks(decision):
        raise RuleBroken(LACKS[Lack(lack)])
    decision.state, decision.published_at, decision.published_by = State.PUBLISHED, now(), by
    moved(decision, "state", "published_at", "published_by")
    tell(by=by, kind=events.PUBLISHED, decision=decision)
    write_to_all("outcome", decision, decision.ballots.first(), networks.members(decision.network), but=by, nudge=True)
    return decision


@transaction.atomic
def come_back(*, by: None, decision: Decision) -> bool:
    """The clock: the review day has come. Who runs it and who carries it out are written to, once for each day."""
    decision = held(decision)
    if not decision.is_due or decision.came_back_on == decision.review_on:
        return False
    decision.came_back_on = decision.review_on
    moved(decision, "came_back_on")
    tell(by=None, kind=events.CAME_BACK, decision=decision)
    people: list[Any] = [decision.author, decision.decider, *(row.doer for row in queries.owners(decision))]
    for person in {one.pk: one for one in people if one is not None}.values():
        write_to("review", decision, person, turn=str(decision.review_on))
    return True


@transaction.atomic
def review(*, by: Person, decision: Decision, keeps: bool, words: str, review_on: date | None = None) -> Decision:
    """Look at a decision again: keep it until a new day, or end it. To decide anew, reopen it."""
    decision = held(decision, Deed.REVIEW)
    running(by, decision)
    if not words.strip():
        raise RuleBroken(_("Say what you saw: why it is kept or ended."), field="words")
    if keeps and (review_on is None or review_on <= today()):
        raise RuleBroken(_("Choose a day ahead."), field="review_on")
    Verdict.objects.create(
        decision=decision,
        keeps=keeps,
        words=words.strip()[:600],
        review_on=review_on if keeps else None,
        by=by,
        at=now(),
    )
    if keeps:
        decision.review_on = review_on
    else:
        decision.state = State.ENDED
    moved(decision, "review_on", "state")
    tell(by=by, kind=events.REVIEWED if keeps else events.ENDED, decision=decision)
    return decision
