"""The letters of ideas, to authors who signed; an anonymous author gets none, for nobody knows the address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today

from ..models import Answer, Idea, MaturityWord, ReplyWord

FOLDER = "ideas/letters"


def tell_author(idea: Idea, answer: Answer) -> None:
    """Somebody asked, added or connected; at most a letter a week, like all that nobody asked for."""
    if idea.author is not None and idea.author_id != answer.by_id:
        _send("answered", idea, str(answer.pk), answer=answer)


def ask_author(idea: Idea) -> None:
    """Two weeks of silence: rest, reshape, or ask in a meeting?"""
    if idea.author is not None:
        _send("silent", idea, f"{idea.pk}:{idea.revision}")


def _send(name: str, idea: Idea, key: str, **more: Any) -> None:
    letters.send(
        letter=f"{FOLDER}/{name}.md",
        to=letters.Addressee.of(idea.author),
        network=idea.network,
        context={"idea": idea, **more},
        key=f"{FOLDER}/{name}:{key}",
        nudge=True,
    )


def _example() -> dict[str, Any]:
    network = Network(pk=1, name="Kynnyksen yli", slug="kynnyksen-yli")
    unto = Person(name="Unto Rauhalampi", language="fi")
    idea = Idea(
        pk=1, network=network, title="Soittorinki", text="Radioamatöörit kuulevat toisensa vuorotellen.", author=unto,
        maturity=MaturityWord.SPARK, language="fi", made_on=today(), moved_on=today(),
    )  # fmt: skip
    text = "Voisiko rinki toimia lankapuhelimella?"
    return {"network": network, "idea": idea, "answer": Answer(idea=idea, kind=ReplyWord.ASK, text=text, at=now())}


preview(f"{FOLDER}/answered.md", _example, title=_("Somebody helped your idea to grow"))
preview(f"{FOLDER}/silent.md", _example, title=_("Your idea has been silent for two weeks"))
