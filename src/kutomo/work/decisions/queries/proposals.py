"""The list, one decision, and what belongs to it. Drafts are seen by everybody: unfinished is welcome."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.promises import queries as promises
from kutomo.core.promises.models import Promise
from kutomo.core.talk import queries as talk
from kutomo.ground.errors import NotFound

from .. import rules
from ..models import Advice, Decision, Option, StateWord
from ..rules import Deed, Method, State

THING = "decisions.decision"
A_PAGE = 25
POSTS_SHOWN = 5


def _rows() -> QuerySet[Decision]:
    return Decision.objects.select_related("network", "author")


def visible_to(person: Any) -> QuerySet[Decision]:
    """The decisions of the networks that ``person`` may see."""
    return _rows().filter(network__in=networks.visible_to(person))


def get(person: Any, network: Network, pk: int) -> Decision:
    """One decision of ``network``; NotFound for one that ``person`` may not see."""
    found = _rows().select_related("decider", "published_by").filter(network=network, pk=pk).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such decision here."))
    found.network = network  # keeps the roles that were read already
    if found.method in rules.WITH_OPTIONS:
        prefetch_related_objects([found], "options")
    if found.method == Method.ADVICE:
        prefetch_related_objects([found], Prefetch("advice", Advice.objects.select_related("person", "recorded_by")))
    return found


def listing(network: Network, *, show: str = "", method: str = "", words: str = "", page: str = "1") -> Page[Decision]:
    """The network's decisions, 25 a page, latest movement first; constant queries at any number.

    ``show``: a state's code, "archive" for what is over, or everything but the archive; ``words``: of the title.
    """
    rows = Decision.objects.filter(network=network).select_related("author")
    if show == "archive":
        rows = rows.filter(state__in=rules.ARCHIVE)
    elif show in StateWord.values:
        rows = rows.filter(state=show)
    else:
        rows = rows.exclude(state__in=rules.ARCHIVE)
    if method in set(Method):
        rows = rows.filter(method=method)
    for word in words.split()[:5]:
        rows = rows.filter(title__icontains=word)
    found = Paginator(rows.order_by("-moved_at", "-pk"), A_PAGE).get_page(page)
    for row in found:
        row.network = network
    return found


def may_run(person: Any, decision: Decision) -> bool:
    """Its author and its decider run a decision; so do those who lead or host, who are named in the log."""
    if person is None or not gate.may(person, Can.PROPOSE, decision.network):
        return False
    own = person.pk in (decision.author_id, decision.decider_id if decision.decider_since else None)
    return own or gate.may(person, Can.HOST, decision.network)


def options(decision: Decision) -> list[Option]:
    """What there is to choose from, dates in their order."""
    return list(decision.options.all()) if decision.method in rules.WITH_OPTIONS else []


def owners(decision: Decision) -> list[Promise]:
    """Who has promised to carry it out, or been asked to: promises given on the decision, once it is decided."""
    if decision.state in (State.DRAFT, State.OPEN):
        return []
    return promises.on((THING, decision.pk))


def lacks(decision: Decision) -> list[tuple[str, str]]:
    """What it still needs before it can be published."""
    return [(lack.value, code) for lack, code in _lacks(decision)]


def _lacks(decision: Decision) -> list[tuple[rules.Lack, str]]:
    return rules.lacks(
        outcome=decision.outcome,
        why=decision.why,
        review_on=decision.review_on,
        written_in=decision.language,
        languages=decision.network.working_languages,
        summaries=[code for code, row in decision.summaries.items() if row.get("title") and row.get("text")],
    )


def conversation(decision: Decision) -> dict[str, Any]:
    """The talk about it: the thread, or None, and its last posts, oldest first; one query."""
    posts = talk.last_posts((THING, decision.pk), POSTS_SHOWN)
    return {"thread": posts[0].thread if posts else None, "posts": posts}


def acts(person: Any, decision: Decision) -> dict[str, bool]:
    """What ``person`` may do to ``decision`` now, by the name of the page that does it."""
    runs = may_run(person, decision)
    member = gate.may(person, Can.ANSWER, decision.network)
    own = person is not None and decision.author_id == person.pk
    needs_yes = decision.method == Method.ADVICE and decision.decider_since is None
    return {
        "may_change": own and decision.may(Deed.CHANGE),
        "may_open": runs and decision.may(Deed.OPEN) and not (needs_yes),
        "may_drop": runs and decision.may(Deed.DROP),
        "may_write": runs and decision.may(Deed.WRITE),
        "may_reopen": runs and decision.may(Deed.REOPEN),
        "may_review": runs and decision.may(Deed.REVIEW),
        "may_run": runs,
        "may_declare": member and decision.state not in rules.ARCHIVE,
        "may_own": member and decision.state in (State.CLOSED, State.PUBLISHED),
        "may_decide": needs_yes and person is not None and decision.decider_id == person.pk,
        "may_talk": gate.may(person, Can.TALK, decision.network),
    }
