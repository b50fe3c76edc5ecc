"""The example network's first meeting, held on the screens from the arrival word to the pulse; and the next one."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.utils import translation

from kutomo.core.people.demo import Cast
from kutomo.work.founding import demo as founding
from kutomo.work.relations import demo as relations

from . import actions, queries
from .models import Meeting, Participant, Step
from .rules import kinds
from .rules.kinds import Kind

Slips = dict[str, str]


def convene(cast: Cast, days_ago: int) -> None:
    """The first meeting is called: the long agenda, in a room and from afar."""
    words = cast.material["meeting"]
    cast.things["meeting"] = actions.convene(
        by=cast.leader,
        network=cast.network,
        title=words["title"],
        starts_at=cast.moment(days_ago, 12),
        template="full",
        place=words["place"],
    )


def hold(cast: Cast, days_ago: int) -> None:
    """Three hours, step by step: 29 phones and two people for whom the recorder writes."""
    host, hour = cast.people[cast.material["meeting"]["host"]], 11.75
    meeting = actions.open(by=host, meeting=_fresh(cast))
    here = _come_in(cast, meeting)
    for step in Step.objects.filter(meeting=meeting).order_by("position"):
        cast.at(days_ago, hour, _go, step, host)
        cast.at(days_ago, hour + 0.05, _take_part, here, step, host)
        hour += step.minutes / 60
    cast.at(days_ago, hour, _close, host)


def _go(cast: Cast, step: Step, host: Any) -> None:
    actions.go(by=host, meeting=_fresh(cast), step=step)


def _close(cast: Cast, host: Any) -> None:
    actions.close(by=host, meeting=_fresh(cast))


def _fresh(cast: Cast) -> Meeting:
    return Meeting.objects.select_related("network").get(pk=cast.things["meeting"].pk)


def _come_in(cast: Cast, meeting: Meeting) -> dict[str, Participant]:
    """Everybody who is present, by name. Those without a phone come in on paper."""
    here, recorder = {}, cast.people[cast.material["canvas"]["recorder"]]
    for row in cast.material["people"]["person"]:
        if row["present"] and row["email"]:
            with translation.override(row["language"]):  # as her own phone speaks
                here[row["name"]] = actions.join(meeting=meeting, name=row["name"], person=cast.people[row["name"]])
        elif row["present"]:
            here[row["name"]] = actions.join_on_paper(by=recorder, meeting=meeting, name=row["name"])
    return here


def _take_part(cast: Cast, here: dict[str, Participant], step: Step, host: Any) -> None:
    """What phones send in this step, and what the host then shows."""
    step.refresh_from_db()
    if step.kind == Kind.PAIRS:
        for _round in range(step.rounds):
            actions.draw_pairs(by=host, meeting=_fresh(cast), step=step)
            _get_acquainted(cast, here, step)
        return
    if step.kind == Kind.PROMISES:
        _promise(cast, here)
        return
    said = _slips(cast, step, list(here))
    recorder = cast.people[cast.material["canvas"]["recorder"]]
    for name, values in said:
        who = here[name]
        actions.answer(
            by=who,
            step_id=step.pk,
            code=secrets.token_urlsafe(18),
            values=values,
            recorder=recorder if who.is_paper else None,
        )
    if said and step.kind != Kind.PULSE:
        actions.reveal(by=host, meeting=_fresh(cast), step=step)
    if step.kind == Kind.CANVAS:
        founding.gather_themes(cast, step.question)


def _get_acquainted(cast: Cast, here: dict[str, Participant], step: Step) -> None:
    """Few say at once that they know whom to call; pairs that both do are among those of the first survey."""
    step.refresh_from_db()
    homes = {row["name"]: row.get("organisation", 0) for row in cast.material["people"]["person"]}
    number = {one.pk: homes[name] for name, one in here.items()}
    know_each_other = relations.known_pairs(cast, 1)
    for group in queries.groups(step):
        for one in group:
            for other in group:
                pair = (min(number[one.pk], number[other.pk]), max(number[one.pk], number[other.pk]))
                if number[one.pk] < number[other.pk] or (pair in know_each_other and one.pk != other.pk):
                    actions.know(by=one, known=other.pk)


def _promise(cast: Cast, here: dict[str, Participant]) -> None:
    words, recorder = cast.material["meeting"], cast.people[cast.material["canvas"]["recorder"]]
    for row in [*words["promise"], *words["proposal"]]:
        doer, speaker = here[row["person"]], here[row.get("by", row["person"])]
        actions.propose(
            by=speaker,
            doer=doer,
            what=row["what"],
            by_on=cast.day(words["day"]) + dt.timedelta(days=row["days"]),
            code=secrets.token_urlsafe(18),
            recorder=recorder if speaker.is_paper else None,
        )


def _slips(cast: Cast, step: Step, names: list[str]) -> list[tuple[str, Slips]]:
    """Who sends what in this step: name and values by slot."""
    words = cast.material["meeting"]
    if step.kind == Kind.CANVAS:
        said = founding.said_by(cast, step.question)
        return [(name, {"answer": said[name][0]}) for name in names if name in said]
    if step.kind == Kind.HARVEST:
        return [(row["person"], {"need": row["need"], "offer": row["offer"]}) for row in words["harvest"]]
    if step.kind == Kind.RULES:
        return [(name, {"rule": ",".join(cards)}) for name, cards in _picks(cast, names).items()]
    columns: dict[str, tuple[str, ...]] = {
        Kind.ARRIVAL: ("arrival",),
        Kind.VOICES: ("voices",),
        Kind.SKILLS: ("have", "lack"),
        Kind.UPKEEP: ("light", "medium", "heavy"),
        Kind.GOAL: ("rungs", "enough_answers"),
        Kind.PULSE: ("pulse_p1", "pulse_p2"),
        Kind.WORD: ("word",),
    }
    slots = [slot.code for slot in kinds.slots(step.kind)] if step.kind in columns else []
    rows = [words[key] for key in columns.get(step.kind, ()) if key in words]
    if step.kind == Kind.UPKEEP:
        rows = [list(column) for column in zip(*words["upkeep"], strict=True)]
    return _deal(names, slots, rows)


def _deal(names: list[str], slots: list[str], rows: list[list[Any]]) -> list[tuple[str, Slips]]:
    """Row k goes into slot k; the n-th value of each to the n-th person."""
    dealt: list[tuple[str, Slips]] = []
    for place, name in enumerate(names):
        values = {slot: str(row[place]) for slot, row in zip(slots, rows, strict=True) if place < len(row)}
        if values:
            dealt.append((name, values))
    return dealt


def _picks(cast: Cast, names: list[str]) -> dict[str, list[str]]:
    """Which cards of the deck each phone chooses: as many choosers a card as the story says, seven cards at most."""
    rows = cast.material["rules"]
    picks: dict[str, list[str]] = {name: [] for name in names}
    for row in sorted([*rows["rule"], *rows["also"]], key=lambda row: -row["choosers"]):
        for name in sorted(names, key=lambda name: len(picks[name]))[: row["choosers"]]:
            picks[name].append(row["card"])
    return {name: cards for name, cards in picks.items() if cards}


def write_up(cast: Cast) -> None:
    """The day after: the notes are finished and sent to everybody."""
    words, meeting = cast.material["meeting"], _fresh(cast)
    decided = "\n\n".join(f"## {row['heading']}\n\n{row['text']}" for row in words["notes"])
    meeting = actions.write_notes(
        by=cast.people[cast.material["canvas"]["recorder"]],
        meeting=meeting,
        notes=f"{decided}\n\n{meeting.notes}",
        version=meeting.notes_version,
        goal_rung=words["rung"],
        goal_enough=words["enough"],
        small_win=words["small_win"],
    )
    actions.send_notes(by=cast.leader, meeting=meeting)


def plan_next(cast: Cast, days_ahead: int) -> None:
    """The next meeting stands in the calendar; somebody else invites."""
    words = cast.material["meeting"]
    meeting = actions.convene(
        by=cast.leader,
        network=cast.network,
        title=words["next_title"],
        starts_at=cast.moment(-days_ahead, 12.5),
        place=words["next_place"],
    )
    for row in words["next_step"]:
        actions.add_step(
            by=cast.leader,
            meeting=meeting,
            kind=row["kind"],
            minutes=row["minutes"],
            title=row.get("title", ""),
            text=row.get("text", ""),
        )
