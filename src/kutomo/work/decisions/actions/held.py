"""A decision as it stands now, held until the transaction ends: of two who act at once, one is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.activity.kinds import Kind
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import queries
from ..models import Ballot, Decision
from ..rules import Deed

THING = queries.THING


def held(decision: Decision, deed: Deed | None = None) -> Decision:
    """The locked row; RuleBroken when ``deed`` cannot follow any more, with how it stands now."""
    fresh = Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
    fresh.network = decision.network
    if deed is not None and not fresh.may(deed):
        raise RuleBroken(
            _("Somebody was faster: this decision is now %(state)s. Look at its page and go on from there."),
            params={"state": fresh.get_state_display()},
        )
    return fresh


def running(by: Any, decision: Decision) -> None:
    """``by`` runs it: its author, its decider, or whoever leads or hosts."""
    gate.require(by, Can.PROPOSE, decision.network)
    if not queries.may_run(by, decision):
        raise NotAllowed(
            _("Its author runs this decision, or somebody who leads or hosts."),
            can=Can.HOST,
            network=decision.network,
        )


def asking(decision: Decision) -> Ballot:
    """The open ballot, locked; RuleBroken when nothing is asked any more."""
    ballot = (
        Ballot.objects.select_for_update(of=("self",), no_key=True).filter(decision=decision, closed_at=None).first()
    )
    if ballot is None:
        raise RuleBroken(_("This question has been closed. The result stands on the decision's page."))
    ballot.decision = decision
    if ballot.round is not None:
        ballot.round.network = decision.network
    return ballot


def moved(decision: Decision, *fields: str) -> None:
    """Save ``fields`` and that the decision has moved: it comes first in the list, and older forms are too old."""
    decision.moved_at, decision.revision = now(), decision.revision + 1
    decision.save(update_fields=[*fields, "moved_at", "revision"])


def tell(*, by: Any, kind: Kind, decision: Decision, **data: Any) -> None:
    """One line in the log."""
    record(kind, by=by, network=decision.network, thing=(THING, decision.pk), title=decision.title, data=data)
