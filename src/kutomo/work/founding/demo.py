"""The founding of the example network: the leader's draft, answers, proposal, agreed text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.consent.demo import weave as weave_consent
from kutomo.core.people.demo import Cast

from . import actions, queries
from .models import Answer


def draft(cast: Cast) -> None:
    """Alone: the draft that nobody else sees yet."""
    canvas = actions.begin(by=cast.leader, network=cast.network)
    for row in cast.material["canvas"]["question"]:
        actions.draft(by=cast.leader, canvas=canvas, question=row["number"], text=row["draft"])


def open_questions(cast: Cast, days_ago: int) -> None:
    """Two sparring partners read the draft; then the five questions open, with a letter to everybody."""
    canvas = queries.current(cast.network)
    for name in cast.material["canvas"]["sparring"]:
        actions.name_sparring(by=cast.leader, canvas=canvas, person=cast.people[name])
    last = cast.material["canvas"]["open_days"]
    actions.open(by=cast.leader, canvas=canvas, closes_on=cast.day(days_ago) + dt.timedelta(days=last))


def said_by(cast: Cast, question: int) -> dict[str, tuple[str, str]]:
    """Who answers what, by name: the text and its language. Each language's answers go round its speakers."""
    row = cast.material["canvas"]["question"][question - 1]
    said = [pair for theme in row["theme"] for answer in theme["answers"] for pair in answer.items()]
    given: dict[str, tuple[str, str]] = {}
    for language in ("fi", "sv", "en"):
        texts = [text for spoken, text in said if spoken == language]
        speakers = [one["name"] for one in _respondents(cast) if one["language"] == language]
        turned = speakers[question:] + speakers[:question]
        given |= {name: (text, language) for name, text in zip(turned, texts, strict=False)}
    return given


def _respondents(cast: Cast) -> list[dict[str, Any]]:
    """Those who answer: everybody in the room but the leader and the host, and two who are not there."""
    silent, absent = cast.material["canvas"]["silent"], cast.material["canvas"]["absent"]
    rows = cast.material["people"]["person"]
    return [row for row in rows if (row["present"] or row["name"] in absent) and row["name"] not in silent]


def answer_from_afar(cast: Cast) -> None:
    """One by the link of the letter, and one on a printed card that the recorder types in."""
    canvas = queries.current(cast.network)
    by_link, on_paper = (cast.people[name] for name in cast.material["canvas"]["absent"])
    code = actions.new_code()
    for number in range(1, 6):
        text, language = said_by(cast, number).get(by_link.name, ("", ""))
        if not text:
            actions.pass_question(by=Respondent.of(by_link), canvas=canvas, question=number)
            continue
        own = f"{code}.{number}-1"
        actions.answer(
            by=Respondent.of(by_link), canvas=canvas, question=number, text=text, code=own, language=language
        )
    card = {number: [said_by(cast, number).get(on_paper.name, ("", ""))[0]] for number in range(1, 6)}
    actions.enter_paper(
        by=cast.people[cast.material["canvas"]["recorder"]],
        canvas=canvas,
        respondent=Respondent.of(on_paper),
        code=actions.new_code(),
        answers=card,
    )


def gather_themes(cast: Cast, question: int) -> None:
    """Members make themes of the answers to one question and say which of them the draft speaks of too."""
    canvas, row = queries.current(cast.network), cast.material["canvas"]["question"][question - 1]
    hands = [cast.people[name] for name in cast.material["canvas"]["hands"]]
    keys = {
        answer.text: answer.pk for answer in Answer.objects.filter(question__canvas=canvas, question__number=question)
    }
    for place, theme in enumerate(row["theme"]):
        by = hands[place % len(hands)]
        texts = [text for answer in theme["answers"] for text in answer.values()]
        made = actions.cluster(
            by=by,
            canvas=canvas,
            question=question,
            answers=[keys[text] for text in texts],
            into="new",
            name=theme["name"],
        )
        if theme["in_draft"]:
            actions.mark_in_draft(by=by, canvas=canvas, cluster=made.pk, in_draft=True)


def write_proposal(cast: Cast) -> None:
    """Sentences, each with the answers behind it, by several hands."""
    canvas = queries.current(cast.network)
    writers = [cast.people[name] for name in cast.material["canvas"]["hands"]]
    for row in cast.material["canvas"]["question"]:
        behind = _keys_by_theme(canvas, row["number"])
        for place, sentence in enumerate(row["sentence"]):
            actions.write_sentence(
                by=writers[(row["number"] + place) % len(writers)],
                canvas=canvas,
                question=row["number"],
                text=sentence["text"],
                answers=[key for theme in sentence["themes"] for key in behind[theme]],
            )


def propose(cast: Cast, days_ago: int) -> None:
    """The consent round: a day of silence, a week in all. One concern; one objection that its author lets rest."""
    canvas = queries.current(cast.network)
    actions.propose(
        by=cast.leader,
        canvas=canvas,
        silent_until=cast.moment(days_ago - 1, 9),
        closes_at=cast.moment(days_ago - 6, 16),
    )
    weave_consent(cast, days_ago, ("founding.canvas", canvas.pk), cast.material["consent"]["canvas"])


def _keys_by_theme(canvas: Any, question: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = Answer.objects.filter(question__canvas=canvas, question__number=question).select_related("cluster")
    for answer in rows:
        found.setdefault(answer.cluster.name if answer.cluster else "", []).append(answer.pk)
    return found


def agree(cast: Cast) -> None:
    """The round is closed, and the text is written down with what changed and why."""
    canvas = queries.current(cast.network)
    consent.close(by=cast.leader, round=rounds.current(("founding.canvas", canvas.pk)))
    story = cast.material["canvas"]
    actions.agree(by=cast.leader, canvas=queries.current(cast.network), what_changed=story["why_changed"])
