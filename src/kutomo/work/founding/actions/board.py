"""On the table: answers into clusters, names for the clusters, notes where they diverge."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.ground.text import whole_number

from .. import events
from ..models import Answer, Canvas, Cluster, Question, StateWord
from ..queries.canvas import question as find

NEW = "new"


def _may_cluster(by: Any, canvas: Canvas) -> None:
    """A member by the table of rights; a guest of a meeting by the meeting that lets them in."""
    person = by.person if isinstance(by, Respondent) else by
    if person is not None or not isinstance(by, Respondent):
        gate.require(person, Can.CLUSTER, canvas.network)


def _on_the_table(canvas: Canvas, number: int) -> Question:
    row = Question.objects.select_related("canvas").get(pk=find(canvas, number).pk)
    if not row.is_revealed:
        raise RuleBroken(_("The answers are grouped when they have been opened to all."))
    if row.canvas.state not in (StateWord.OPEN, StateWord.COMPARING):
        raise RuleBroken(_("The proposal is being agreed: the groups stay as they are."))
    return row


@transaction.atomic
def cluster(
    *,
    by: Any,
    canvas: Canvas,
    question: int,
    answers: list[str] | str,
    into: int | str | None,
    name: str = "",
) -> Cluster | None:
    """Move answers into a cluster; ``into``: its number, "new" for a new one, None to lay them loose again.

    ``by``: a Person, or a Respondent in a meeting; ``answers``: one key or several; ``name``: for a new one.
    Emptied clusters without answers go away. Several people may move things at once: the last move holds.
    """
    _may_cluster(by, canvas)
    row = _on_the_table(canvas, question)
    keys = [answers] if isinstance(answers, str) else list(answers)
    own = Answer.objects.filter(question=row, pk__in=keys)
    if own.count() != len(set(keys)) or not keys:
        raise NotFound(_("There is no such answer to this question."))
    target = _target(row, into, name)
    own.update(cluster=target)
    emptied = Cluster.objects.filter(question=row, answers=None).exclude(pk=target.pk if target else 0)
    emptied.delete()
    return target


def _target(row: Question, into: int | str | None, name: str) -> Cluster | None:
    if into in (None, "", 0, "0"):
        return None
    if into == NEW:
        return Cluster.objects.create(question=row, name=" ".join(name.split())[:80])
    found = Cluster.objects.filter(question=row, pk=whole_number(into) or 0).first()
    if found is None:
        raise NotFound(_("Somebody has dissolved this group meanwhile. Look at the table again."))
    return found


def _cluster(canvas: Canvas, pk: int) -> Cluster:
    rows = Cluster.objects.select_for_update(of=("self",)).filter(question__canvas=canvas, pk=pk)
    found = rows.select_related("question").first()
    if found is None:
        raise NotFound(_("Somebody has dissolved this group meanwhile. Look at the table again."))
    return found


@transaction.atomic
def name_cluster(*, by: Any, canvas: Canvas, cluster: int, name: str, seen: int | None = None) -> Cluster:
    """Give a cluster its name. ``seen``: the version that the form showed.

    Raises RuleBroken when somebody else has named it meanwhile; the form then shows both names.
    """
    _may_cluster(by, canvas)
    found = _cluster(canvas, cluster)
    _on_the_table(canvas, found.question.number)
    name = " ".join(name.split())[:80]
    if not name:
        raise RuleBroken(_("Give the theme a name of a few words."), field="name")
    if seen is not None and seen != found.version and name != found.name:
        raise RuleBroken(
            _("Somebody named this theme “%(name)s” meanwhile. Save again if yours is better."),
            field="name",
            params={"name": found.name},
        )
    if name == found.name:
        return found
    found.name, found.version = name, found.version + 1
    found.save(update_fields=["name", "version"])
    person = by.person if isinstance(by, Respondent) else by
    record(
        events.THEME_NAMED,
        by=person,
        network=canvas.network,
        thing=("founding.canvas", canvas.pk),
        title=name,
    )
    return found


@transaction.atomic
def mark_in_draft(*, by: Any, canvas: Canvas, cluster: int, in_draft: bool) -> Cluster:
    """Say whether the leader's draft speaks of this theme too: the indicators rest on it."""
    _may_cluster(by, canvas)
    found = _cluster(canvas, cluster)
    _on_the_table(canvas, found.question.number)
    found.in_draft = in_draft
    found.save(update_fields=["in_draft"])
    return found


@transaction.atomic
def write_note(*, by: Any, canvas: Canvas, question: int, text: str, seen: int | None = None) -> Question:
    """Write what was said where the answers diverge. Two at once: the second sees the first's words."""
    gate.require(by, Can.CLUSTER, canvas.network)
    _on_the_table(canvas, question)
    row = Question.objects.select_for_update().get(canvas=canvas, number=question)
    if seen is not None and seen != row.note_version and text.strip() != row.note:
        raise RuleBroken(
            _("Somebody wrote here meanwhile: “%(text)s” Put the two together and save again."),
            field="text",
            params={"text": row.note},
        )
    row.note, row.note_version = text.strip()[:2000], row.note_version + 1
    row.save(update_fields=["note", "note_version"])
    record(
        events.NOTE_WRITTEN,
        by=by,
        network=canvas.network,
        thing=("founding.canvas", canvas.pk),
        data={"number": question},
    )
    return row
